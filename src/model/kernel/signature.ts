/** The parameters of an engine's commands in the order of their SQL functions. */

/** Parameters in the order of the SQL function's signature: the first one that cannot be bound decides. */
export interface Signature {
  readonly parameters: readonly string[];
  /** For each of them, whether it is of type jsonb, or an array of it. */
  readonly jsonb: readonly boolean[];
}

type NamesOf<Command> = readonly Exclude<keyof Command, 'type'>[];

/** The names of the parameters by command type. */
export type ParameterNames<Command extends { readonly type: string }> = {
  readonly [Type in Command['type']]: NamesOf<Extract<Command, { readonly type: Type }>>;
};

/** Signatures by command type. */
export function signaturesOf(
  names: Readonly<Record<string, readonly string[]>>,
  jsonb: ReadonlySet<string>,
): ReadonlyMap<string, Signature> {
  return new Map(
    Object.entries(names).map(([type, parameters]) => [
      type,
      { parameters, jsonb: parameters.map((each) => jsonb.has(each)) },
    ]),
  );
}

interface ObjectSchema {
  readonly shape: Readonly<Record<string, unknown>>;
}

/** The same table read off the schemas. */
export function namesInSchemas(schemas: readonly ObjectSchema[]): Record<string, readonly string[]> {
  const names: Record<string, readonly string[]> = {};
  for (const { shape } of schemas) {
    const { type, ...parameters } = shape;
    const [name] = (type as { values: ReadonlySet<string> }).values;
    names[name!] = Object.keys(parameters);
  }
  return names;
}
