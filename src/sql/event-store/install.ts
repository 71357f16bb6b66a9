/** What a database for an event store is made of: our own schema, or a file with another. */
import { basename } from 'node:path';
import type { IdType } from '../../model/event-store/ids.ts';
import type { SqlDriver } from '../driver.ts';
import { DriverError } from '../driver.ts';
import { readScript } from '../read-script.ts';
import { tokensOf } from '../script-statements.ts';
import { SetupError } from '../setup-error.ts';
import { signaturesOf } from './calls.ts';
import { schemaOf } from './schema.ts';

const option = '--schema expects a file of SQL that creates an event store';

export async function installEventStore(id: IdType, file: string | undefined) {
  const script =
    file === undefined
      ? { name: `event-store-${id}.sql`, sql: schemaOf(id) }
      : { name: basename(file), sql: await readScript(file, option) };
  return {
    scripts: [script],
    migrations: 1,
    remarks: file === undefined ? [] : [`the SQL is from ${file}`],
    check: (driver: SqlDriver) => checkSchema(driver, id, file ?? script.name),
  };
}

/**
 * What `decider_id` is in the schema of a file. Text where it does not say, as it then lacks functions, and which it
 * lacks is told when it is installed.
 */
export async function tellIdType(file: string): Promise<IdType> {
  const sql = await readScript(file, option);
  let previous = '';
  for (const { start, end } of tokensOf(sql)) {
    const word = sql.slice(start, end).toLowerCase().replaceAll('"', '');
    if (previous === 'v_decider_id' && (word === 'uuid' || word === 'text')) return word;
    previous = word;
  }
  return 'text';
}

const tables = ['deciders', 'events', 'views', 'locks'];

/** Throws {@link SetupError} with what the schema lacks. */
async function checkSchema(driver: SqlDriver, id: IdType, file: string): Promise<void> {
  const functions = signaturesOf(id);
  const text = `select wanted from unnest($1::text[]) as wanted where to_regclass('public.' || wanted) is null
    union all select wanted from unnest($2::text[]) as wanted where to_regprocedure('public.' || wanted) is null`;
  const array = (items: readonly string[]) => `{${items.map((item) => `"${item}"`).join(',')}}`;
  const { results } = await driver.run({
    at: 0,
    queries: [{ text, params: [array(tables), array(functions)] }],
  });
  const [result] = results;
  if (result?.kind !== 'rows') throw new DriverError(`the schema cannot be read: ${JSON.stringify(result)}`);
  const missing = result.rows.map(([name]) => name);
  if (missing.length === 0) return;
  throw new SetupError(
    `${file}: not an event store with ids of type ${id}. The schema public lacks: ${missing.join(', ')}`,
  );
}
