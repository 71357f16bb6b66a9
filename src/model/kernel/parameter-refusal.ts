/** What binding the parameters of a call refuses before the function has even begun. */
import { type Jsonb, jsonbRefusal } from './jsonb.ts';
import type { Signature } from './signature.ts';
import { nulInText, type SqlError } from './sql-error.ts';

export function parameterRefusal(command: object, signature: Signature): SqlError | undefined {
  const { parameters, jsonb } = signature;
  for (let i = 0; i < parameters.length; i++) {
    const value = (command as Record<string, unknown>)[parameters[i]!];
    // Neither holds text.
    if (typeof value === 'number' || value === undefined) continue;
    const refusal = jsonb[i] ? jsonbRefusal(value as Jsonb | undefined) : textRefusal(value);
    if (refusal) return refusal;
  }
  return undefined;
}

function textRefusal(value: unknown): SqlError | undefined {
  if (typeof value === 'string') return value.includes('\0') ? nulInText : undefined;
  if (!Array.isArray(value)) return undefined;
  return value.some((item) => typeof item === 'string' && item.includes('\0')) ? nulInText : undefined;
}
