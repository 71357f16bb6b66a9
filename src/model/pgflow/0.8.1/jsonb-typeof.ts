/** `jsonb_typeof`. */
import type { NullableJsonb } from '../../kernel/jsonb.ts';

/** The type as Postgres names it; `null` for SQL NULL as well, which is how the messages of this release write it. */
export function jsonbTypeof(value: NullableJsonb): string {
  if (value === null || value === undefined) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
