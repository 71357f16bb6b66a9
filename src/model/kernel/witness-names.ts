/** The names of branches as they are reached: where, and which. */
export const witnessNames = (branches: Readonly<Record<string, readonly string[]>>): string[] =>
  Object.entries(branches).flatMap(([where, names]) => names.map((name) => `${where}/${name}`));
