/** The parameters of each command in the order of its SQL function, read off the schemas. */
import type { Signature } from '../kernel/parameter-refusal.ts';

export const jsonbParameters: ReadonlySet<string> = new Set(['msg', 'msgs', 'headers', 'conditional']);

interface ObjectSchema {
  readonly shape: Readonly<Record<string, unknown>>;
}

/** Signatures by command type. */
export function signaturesOf(
  schemas: readonly ObjectSchema[],
  jsonb: ReadonlySet<string>,
): ReadonlyMap<string, Signature> {
  const signatures = new Map<string, Signature>();
  for (const { shape } of schemas) {
    const { type, ...parameters } = shape;
    const [name] = (type as { values: ReadonlySet<string> }).values;
    const names = Object.keys(parameters);
    signatures.set(name!, { parameters: names, jsonb: names.map((each) => jsonb.has(each)) });
  }
  return signatures;
}
