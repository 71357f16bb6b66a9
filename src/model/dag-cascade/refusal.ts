/** What ends a command in the middle of whatever it does, as an error ends a statement. */
import type { SqlError } from '../kernel/sql-error.ts';

/** No Error, as nobody reads its stack, and there are many. */
export class Refusal {
  readonly error: SqlError;

  constructor(error: SqlError) {
    this.error = error;
  }
}

const stackDepth: SqlError = { sqlstate: '54001', message: 'stack depth limit exceeded' };

export function refuse(error: SqlError): never {
  throw new Refusal(error);
}

/** What comes of it, or why it was refused. */
export function attempt<T>(work: () => T): T | Refusal {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    // A cascade through very many nodes, in which each trigger is called by the one before. Postgres ends it at a depth of its own.
    if (error instanceof RangeError) return new Refusal(stackDepth);
    throw error;
  }
}
