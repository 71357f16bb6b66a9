/** What binding the parameters of a call refuses before the function has even begun. */
import { type Jsonb, jsonbRefusal } from './jsonb.ts';
import { nulInText, type SqlError } from './sql-error.ts';

/** Parameters in the order of the SQL function's signature: the first one that cannot be bound decides. */
export interface Signature {
  readonly parameters: readonly string[];
  /** Which of them are of type jsonb, or an array of it. */
  readonly jsonb: ReadonlySet<string>;
}

export function parameterRefusal(command: object, signature: Signature): SqlError | undefined {
  for (const name of signature.parameters) {
    const value = (command as Record<string, unknown>)[name];
    const refusal = signature.jsonb.has(name) ? jsonbRefusal(value as Jsonb | undefined) : textRefusal(value);
    if (refusal) return refusal;
  }
  return undefined;
}

function textRefusal(value: unknown): SqlError | undefined {
  if (typeof value === 'string') return value.includes('\0') ? nulInText : undefined;
  if (!Array.isArray(value)) return undefined;
  return value.some((item) => typeof item === 'string' && item.includes('\0')) ? nulInText : undefined;
}
