/** The functions of a schema, or of several, as they are in force, whichever of the scripts defined them last. */
import type { SqlDriver } from '../../sql/driver.ts';
import { DriverError } from '../../sql/driver.ts';
import type { Installation } from '../contract/sql.ts';
import type { SqlFunction } from './parsing/sql-function.ts';

/** In the order of their signatures. */
export async function functionsInForce(
  driver: SqlDriver,
  schema: string | readonly string[],
  { scripts }: Installation,
): Promise<SqlFunction[]> {
  const text = `select pg_proc.oid::regprocedure::text, proname, lanname, pg_get_functiondef(pg_proc.oid), prosrc
    from pg_catalog.pg_proc join pg_catalog.pg_language on pg_language.oid = prolang
    where pronamespace in (select oid from pg_catalog.pg_namespace where nspname = any($1::text[])) and prokind in ('f', 'p')
    order by pg_proc.oid::regprocedure::text collate "C"`;
  const [result] = (
    await driver.run({ at: 0, queries: [{ text, params: [`{${[schema].flat().join(',')}}`] }] })
  ).results;
  if (result?.kind !== 'rows')
    throw new DriverError(`its functions cannot be read: ${JSON.stringify(result)}`);
  return result.rows.map(([signature, name, language, definition, body]) => ({
    signature: signature!,
    name: name!,
    language: language!,
    definition: definition!,
    origin: originOf(body!, scripts),
  }));
}

/** A body is kept by the server as it was written, but for the quotes that single quotes around it double. */
function originOf(body: string, scripts: Installation['scripts']): SqlFunction['origin'] {
  if (body.trim() === '') return undefined;
  for (const written of [body, body.replaceAll("'", "''")]) {
    const script = scripts.findLast(({ sql }) => sql.includes(written));
    if (!script) continue;
    return { file: script.name, line: script.sql.slice(0, script.sql.indexOf(written)).split('\n').length };
  }
  return undefined;
}
