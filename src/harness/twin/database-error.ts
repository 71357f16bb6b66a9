/** The database's errors as a client of Postgres throws them: code that looks at `error.code` runs unchanged. */

/** What a client throws whose statement was refused, or never arrived. */
export class DatabaseError extends Error {
  override readonly name = 'PostgresError';
  /** The SQLSTATE of a refusal: `23505` if somebody else was faster. */
  readonly code: string | undefined;

  constructor(message: string, code?: string) {
    super(message);
    this.code = code;
  }
}

/** A refusal. It has the property names of `pg` and PGlite, and those of `postgres`. */
export class PostgresError extends DatabaseError {
  declare readonly code: string;
  readonly severity = 'ERROR';
  readonly schema: string | undefined;
  readonly table: string | undefined;
  readonly column: string | undefined;
  readonly constraint: string | undefined;

  constructor(message: string, code: string, where: Where = {}) {
    super(message, code);
    this.schema = where.schema;
    this.table = where.table;
    this.column = where.column;
    this.constraint = where.constraint;
  }

  /** The same as `code`. */
  get sqlstate(): string {
    return this.code;
  }
  get schema_name(): string | undefined {
    return this.schema;
  }
  get table_name(): string | undefined {
    return this.table;
  }
  get column_name(): string | undefined {
    return this.column;
  }
  get constraint_name(): string | undefined {
    return this.constraint;
  }
}

export interface Where {
  readonly schema?: string | undefined;
  readonly table?: string | undefined;
  readonly column?: string | undefined;
  readonly constraint?: string | undefined;
}
