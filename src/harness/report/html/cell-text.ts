/** Values of rows as the texts of a page's cells. */

import type { Drawing } from '../../contract/drawing.ts';
import { canonical } from '../../lockstep/difference.ts';
import { showInstant } from '../../lockstep/values.ts';

/** The text of SQL NULL, which no other value has. */
export const sqlNullText = 'NULL';

/**
 * A value as a person would write it: text without quotes, unless it could be taken for something that is no text.
 * Two values of a column have the same text only if they are the same.
 */
export function cellText(value: unknown, type: ReturnType<Drawing['columnType']>, startedAt: number): string {
  if (value === undefined || (value === null && type !== 'jsonb')) return sqlNullText;
  if (typeof value === 'string' && !isMistakable(value)) return value;
  return type === 'instant' && typeof value === 'number' ? showInstant(value - startedAt) : canonical(value);
}

function isMistakable(text: string): boolean {
  return text === sqlNullText || text.trim() !== text || text === '' || isJson(text);
}

/** What JSON is but for texts, arrays and objects. An attempt that fails is slow, and every uuid would be one. */
const scalar = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;

function isJson(text: string): boolean {
  if (!/^["[{]/.test(text)) return scalar.test(text);
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
