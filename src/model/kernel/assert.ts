/**
 * A contradiction inside the model: only a mistake of ours can provoke it, so nothing catches it.
 * What a caller can provoke is a refusal (`SqlError`) in the result instead.
 */
export class ModelBug extends Error {
  override readonly name = 'ModelBug';
}

export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new ModelBug(message);
}

/** Closes a switch over a union: adding a member makes every such switch a compile error. */
export function unreachable(value: never): never {
  throw new ModelBug(`unreachable: ${JSON.stringify(value)}`);
}
