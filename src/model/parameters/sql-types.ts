/** The parameter types of SQL functions as zod schemas, shared by every engine. */
import * as z from 'zod';
import type { Jsonb } from '../kernel/jsonb.ts';

/** `integer`. */
export const int4 = z.int32();
/** `bigint`, as far as a JavaScript number is exact. */
export const int8 = z.int();
/** `text`: any string that can be encoded as UTF-8; U+0000 is left for the SQL to refuse. */
export const text = z.string().refine((value) => !/\p{Surrogate}/u.test(value), {
  error: 'a lone surrogate has no UTF-8 encoding',
});
/** `uuid`, written as Postgres prints it. */
export const uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, {
  error: 'expected a uuid in lower case, such as 00000000-0000-4000-8000-000000000001',
});
/** Deeper JSON is refused by Postgres sooner or later, but how deep depends on its stack. */
const deepest = 500;
/** `jsonb`: any JSON value. SQL NULL is written by leaving the key out. */
export const jsonb = z.custom<Jsonb>((value) => isJson(value), {
  error: `expected a JSON value, nested at most ${deepest} deep`,
});

function isJson(value: unknown, depth = 0): value is Jsonb {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth === deepest) return false;
  return Object.values(value).every((item) => isJson(item, depth + 1));
}
