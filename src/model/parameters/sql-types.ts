/** The parameter types of SQL functions as zod schemas, shared by every engine. */
import * as z from 'zod';
import { beyondIndex, fitsIntoIndex } from '../kernel/indexed-text.ts';
import type { Jsonb } from '../kernel/jsonb.ts';

/** `integer`. */
export const int4 = z.int32();
/** `bigint`, as far as a JavaScript number is exact. */
export const int8 = z.int();
/** `text`: any string that can be encoded as UTF-8; U+0000 is left for the SQL to refuse. */
export const text = z.string().refine((value) => !/\p{Surrogate}/u.test(value), {
  error: 'a lone surrogate has no UTF-8 encoding',
});
/** `text` that is stored in an index. */
export const indexedText = text.refine(fitsIntoIndex, { error: `expected a text of ${beyondIndex}` });
/** `uuid`, written as Postgres prints it. */
export const uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, {
  error: 'expected a uuid in lower case, such as 00000000-0000-4000-8000-000000000001',
});
/** Deeper JSON is refused by Postgres sooner or later, but how deep depends on its stack. */
const deepest = 500;
/** `jsonb`: any JSON value. SQL NULL is written by leaving the key out. */
export const jsonb = z.custom<Jsonb>().superRefine((value, context) => {
  const fault = faultOf(value);
  if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
});

/** Why it is no JSON value that the model follows, if it is none. */
function faultOf(value: unknown, depth = 0): string | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return undefined;
  if (typeof value === 'number')
    return Number.isFinite(value) ? undefined : `${value} is no JSON value: a number must be finite`;
  if (value === undefined) return 'is missing';
  if (typeof value !== 'object') return `expected a JSON value, not ${typeof value}`;
  if (depth === deepest) return `JSON nested more than ${deepest} deep is not modelled`;
  for (const item of Object.values(value)) {
    const fault = faultOf(item, depth + 1);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
