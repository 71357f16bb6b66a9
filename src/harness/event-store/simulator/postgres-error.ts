/** A refusal as a client of Postgres throws it: code that looks at `error.code` runs unchanged. */

/** The property names are those of `pg` and PGlite, and beside them those of `postgres`. */
export class PostgresError extends Error {
  override readonly name = 'PostgresError';
  readonly severity = 'ERROR';
  /** The SQLSTATE: `23505` where somebody else was faster. */
  readonly code: string;
  readonly schema: string | undefined;
  readonly table: string | undefined;
  readonly column: string | undefined;
  readonly constraint: string | undefined;

  constructor(message: string, code: string, where: Where = {}) {
    super(message);
    this.code = code;
    this.schema = where.table === undefined ? undefined : 'public';
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

interface Where {
  readonly table?: string | undefined;
  readonly column?: string | undefined;
  readonly constraint?: string | undefined;
}
