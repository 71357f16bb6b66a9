/** What a database for an event store is made of: our own schema, or a file with another. */
import { basename } from 'node:path';
import { readScript } from '../../files/read-script.ts';
import type { IdType } from '../../model/event-store/ids.ts';
import { addedIn, notCompared } from '../added.ts';
import { type Definition, definitionsIn } from '../definitions.ts';
import type { SqlDriver } from '../driver.ts';
import { rememberInstalled } from '../installed-state.ts';
import { missingIn } from '../missing.ts';
import { notificationRemark } from '../notifications.ts';
import { tokensOf } from '../script-statements.ts';
import { SetupError } from '../setup-error.ts';
import { forgetCalls } from '../supabase/calls.ts';
import { neededStandIns, standInRemark, standInScripts } from '../supabase/needed.ts';
import { signaturesOf } from './calls.ts';
import { schemaOf } from './schema.ts';
import { upstreamRulesAndTriggers } from './upstream-names.ts';

const option = '--schema expects a file of SQL that creates an event store';

/** `others` are names of stand-ins that another schema, which it is compared with, needs. */
export async function installEventStore(
  id: IdType,
  file: string | undefined,
  others: readonly string[] = [],
) {
  const script =
    file === undefined
      ? { name: `event-store-${id}.sql`, sql: schemaOf(id) }
      : { name: basename(file), sql: await readScript(file, option) };
  const standIns = neededStandIns([script.sql], others);
  const additions = file === undefined ? [] : newIn(script.sql, id);
  const isOurs = file === undefined && standIns.length === 0;
  return {
    scripts: [...standInScripts(standIns), script, ...(isOurs ? [] : [forgetCalls, rememberInstalled()])],
    tested: [script.sql],
    standIns: standIns.map(({ name }) => name),
    additions,
    migrations: 1,
    ...(file === undefined && { origin: { from: "pgtwin's own schema", license: null } }),
    remarks: [
      ...(file === undefined ? [] : [`the SQL is from ${file}`, ...notCompared(additions)]),
      ...standInRemark(standIns.filter(({ name }) => !others.includes(name))),
      ...notificationRemark([script.sql]),
    ],
    check: (driver: SqlDriver) => checkSchema(driver, id, file ?? script.name),
  };
}

/** What the store does not have; functions of triggers are named by these. */
function newIn(sql: string, id: IdType): string[] {
  const isOfStore = ({ schema = 'public' }: Definition) => schema === 'public';
  const known = definitionsIn(schemaOf(id)).filter(isOfStore);
  const found = definitionsIn(sql).filter(
    (each) => isOfStore(each) && !/\breturns\s+"?trigger\b/i.test(each.statement),
  );
  return addedIn(
    found.map((each) => ({ ...each, schema: 'public' })),
    [...known.map((each) => ({ ...each, schema: 'public' })), ...upstreamRulesAndTriggers],
  );
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
const schema = 'public.';

/** Throws {@link SetupError} with what the schema lacks. */
async function checkSchema(driver: SqlDriver, id: IdType, file: string): Promise<void> {
  const inPublic = (name: string) => `${schema}${name}`;
  const missing = await missingIn(driver, {
    tables: tables.map(inPublic),
    functions: signaturesOf(id).map(inPublic),
  });
  if (missing.length === 0) return;
  const names = missing.map((name) => name.slice(schema.length));
  throw new SetupError(
    `${file}: not an event store with ids of type ${id}. The schema public lacks: ${names.join(', ')}`,
  );
}
