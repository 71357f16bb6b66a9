/** The parser of Postgres itself, as WebAssembly: loaded when mutants are asked for, by nobody else. */
import { SetupError } from '../../../sql/setup-error.ts';

/** A node of a syntax tree as the parser prints it: its fields, and `location` where it starts. */
export type Fields = Readonly<Record<string, unknown>>;

/** A token; offsets in bytes of UTF-8. */
export interface ScannedToken {
  readonly start: number;
  readonly end: number;
  readonly tokenName: string;
  readonly keywordKind: number;
}

export interface SqlParser {
  /** The tree of a script; throws for what is no SQL. */
  parse(sql: string): Fields;
  /** The tree of a CREATE FUNCTION in PL/pgSQL. */
  parsePlPgSql(sql: string): Fields;
  scan(sql: string): readonly ScannedToken[];
}

/** @throws SetupError where the package is not installed */
export async function loadSqlParser(): Promise<SqlParser> {
  const parser = await import('libpg-query').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new SetupError('the package libpg-query is not installed: npm install -D libpg-query@18.1.5');
  });
  if (!('loadModule' in parser && 'scanSync' in parser && 'parsePlPgSQLSync' in parser)) {
    throw new SetupError('the installed libpg-query is too old: npm install -D libpg-query@18.1.5');
  }
  await parser.loadModule();
  return {
    parse: (sql) => parser.parseSync(sql) as unknown as Fields,
    parsePlPgSql: (sql) => parser.parsePlPgSQLSync(sql) as unknown as Fields,
    scan: (sql) => parser.scanSync(sql).tokens,
  };
}
