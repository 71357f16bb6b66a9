/** Equality of what came out of the database with what a test expects: as JSON, so that the order of keys is none of it. */
import { jsonbEqual } from '../../model/kernel/jsonb.ts';
import { throughJson } from './json.ts';

/** False as well where what is expected is no JSON. */
export function sameJson(actual: unknown, expected: unknown): boolean {
  try {
    return jsonbEqual(throughJson(actual).value, throughJson(expected).value);
  } catch {
    return false;
  }
}
