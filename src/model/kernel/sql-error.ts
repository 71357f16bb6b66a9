/**
 * A refusal as a value: what Postgres tells a caller whose statement it did not carry out.
 *
 * `message` is filled in where the text is part of the engine's interface (RAISE); for errors that Postgres
 * words itself the SQLSTATE and the constraint or column identify it.
 */
export interface SqlError {
  readonly sqlstate: string;
  readonly constraint?: string;
  readonly column?: string;
  readonly message?: string;
}

export const checkViolation = (constraint: string): SqlError => ({ sqlstate: '23514', constraint });
export const foreignKeyViolation = (constraint: string): SqlError => ({ sqlstate: '23503', constraint });
export const uniqueViolation = (constraint: string): SqlError => ({ sqlstate: '23505', constraint });
export const notNullViolation = (column: string): SqlError => ({ sqlstate: '23502', column });

/** RAISE EXCEPTION without a code of its own. */
export const raised = (message: string): SqlError => ({ sqlstate: 'P0001', message });

export const undefinedTable: SqlError = { sqlstate: '42P01' };
/** The name belongs to an index or a sequence. */
export const wrongObjectType: SqlError = { sqlstate: '42809' };
export const undefinedColumn: SqlError = { sqlstate: '42703' };
/** An integer, a double or a timestamp left its range. */
export const outOfRange: SqlError = { sqlstate: '22003' };
/** `format('%I', NULL)`. */
export const nullIdentifier: SqlError = { sqlstate: '22004' };
export const negativeLimit: SqlError = { sqlstate: '2201W' };
/** A subquery used as a value gave more than one row. */
export const moreThanOneRow: SqlError = { sqlstate: '21000' };
/** A text parameter with U+0000 in it, which UTF8 in Postgres cannot hold. */
export const nulInText: SqlError = { sqlstate: '22021' };
