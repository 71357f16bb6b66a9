/** Small constructors for what a transition gives back. */
import type { SqlError } from './sql-error.ts';
import type { Refused, Result, Row } from './transition.ts';

export const rows = (list: readonly Row[]): Result => ({ ok: true, rows: list });
export const refused = (refusal: SqlError): Refused => ({ ok: false, refusal });

/** `select * from f(...)` of a function that returns one value: a row with a column named after it. */
export const scalar = (name: string, value: unknown): Result => rows([{ [name]: value }]);

/** The same for a function that returns void: in PL/pgSQL that prints as the empty string, in SQL it is null. */
export const nothing = (name: string, language: 'plpgsql' | 'sql'): Result =>
  scalar(name, language === 'sql' ? null : '');

/** Tells a refusal from what a function returns when all went well. */
export function isRefusal(value: unknown): value is SqlError {
  return typeof value === 'object' && value !== null && 'sqlstate' in value;
}

/** The refusal, if it is one. */
export const refusalOf = (value: unknown): SqlError | undefined => (isRefusal(value) ? value : undefined);
