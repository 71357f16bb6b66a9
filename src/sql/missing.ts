/** What a database lacks of what the calls of an engine need. */
import { DriverError, type SqlDriver } from './driver.ts';

export interface Needed {
  /** With their schemas. */
  readonly tables: readonly string[];
  /** With their schemas, and the types of their parameters. */
  readonly functions?: readonly string[];
}

/** The names of what is not there: tables, then functions. Throws {@link DriverError} where nothing can be asked. */
export async function missingIn(
  driver: SqlDriver,
  { tables, functions = [] }: Needed,
): Promise<readonly string[]> {
  const text = `select wanted from unnest($1::text[]) as wanted where to_regclass(wanted) is null
    union all select wanted from unnest($2::text[]) as wanted where to_regprocedure(wanted) is null`;
  const array = (items: readonly string[]) => `{${items.map((item) => `"${item}"`).join(',')}}`;
  const { results } = await driver.run({
    at: 0,
    queries: [{ text, params: [array(tables), array(functions)] }],
  });
  const [result] = results;
  if (result?.kind !== 'rows') throw new DriverError(`the SQL cannot be read: ${JSON.stringify(result)}`);
  return result.rows.map(([name]) => name!);
}
