/** What ends a command in the middle: a refusal by the SQL, or the end of the process that carries it out. */
import type { SqlError } from '../../kernel/sql-error.ts';

/** No Error, as nobody reads its stack, and there are many. */
export class Refusal {
  readonly error: SqlError;
  /** Whether what was written before stays: each write is a transaction of its own. */
  readonly isAfterWrites: boolean;

  constructor(error: SqlError, isAfterWrites = false) {
    this.error = error;
    this.isAfterWrites = isAfterWrites;
  }
}

export function refuse(error: SqlError): never {
  throw new Refusal(error);
}

/** What comes of it, or why it was refused. */
export function attempt<T>(work: () => T): T | Refusal {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
