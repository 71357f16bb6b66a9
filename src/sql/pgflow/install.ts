/** What a database for pgflow is made of: the queue, our stand-ins, and the migrations as they are. */

import { definitionsIn } from '../definitions.ts';
import type { SqlDriver } from '../driver.ts';
import { rememberInstalled } from '../installed-state.ts';
import { missingIn } from '../missing.ts';
import { notificationRemark } from '../notifications.ts';
import { installPgmq, standInMessageRecord } from '../pgmq/install.ts';
import { isDroppedAlong, keepQueues } from '../pgmq/own-queues.ts';
import { SetupError } from '../setup-error.ts';
import { forgetCalls } from '../supabase/calls.ts';
import {
  neededStandIns,
  standInRemark,
  standInScript,
  standInScripts,
  standInsBehind,
} from '../supabase/needed.ts';
import { realtime } from '../supabase/realtime.ts';
import type { StandIn } from '../supabase/stand-in.ts';
import { type MigrationDirectory, readDirectory } from './directory.ts';
import { type Migration, packagedMigrations, packageOrigin } from './migrations.ts';
import { describeSeries, publishedFiles, quoted, releaseOf } from './releases.ts';

export interface InstallOptions {
  /**
   * The release whose migrations are taken from the installed package, unless there is a directory; with one, the
   * release that its SQL is held against, if any.
   */
  readonly release?: string | undefined;
  readonly migrations?: string | undefined;
  /**
   * Whether `pgmq.message_record` may be the one that the SQL was written for. Where it is left out, the SQL
   * decides.
   */
  readonly messageRecord?: 'as in pgmq 1.11';
  /** Names of stand-ins that are installed though the SQL does not need them: another that it is compared with does. */
  readonly standIns?: readonly string[] | undefined;
}

/** Throws SetupError where a directory cannot be installed from, or a package is missing. */
export async function installPgflow(options: InstallOptions) {
  const { release, migrations: directory, messageRecord, standIns: others } = options;
  const { migrations, published, remarks, additions } =
    directory === undefined ? await packaged(release!) : await readDirectory(directory);
  const standsIn = messageRecord === undefined && pollsThroughMessageRecord(migrations);
  // Broadcasts are what the engine itself makes.
  const texts = migrations.map(({ sql }) => sql);
  const standIns = without(realtime, neededStandIns(texts, others));
  const isPackaged = directory === undefined && standIns.length === 0;
  const standIn = standsIn ? [standInMessageRecord] : [];
  return {
    scripts: [
      installPgmq,
      ...standIn,
      standInScript(realtime),
      ...standInScripts(standIns),
      ...migrations.flatMap((file) => [file, ...(file.mayFail ? standInsBehind(file.sql, texts) : [])]),
      ...(isPackaged
        ? []
        : [forgetCalls, keepQueues(isNoFlow, 'pgflow.flows'), rememberInstalled(isDroppedAlong)]),
    ],
    tested: texts,
    standIns: standIns.map(({ name }) => name),
    additions,
    // Files that only use pgflow are none of its migrations.
    migrations: migrations.filter(({ mayFail }) => !mayFail).length,
    remarks: [
      ...otherRelease(release, published, directory),
      ...(standsIn ? [messageRecordStandsIn] : []),
      ...standInRemark(standIns.filter(({ name }) => !others?.includes(name))),
      ...notificationRemark(texts),
      ...remarks,
    ],
    ...(directory === undefined && { origin: await packageOrigin() }),
    ...(directory !== undefined && { check: (driver: SqlDriver) => checkTables(driver, directory) }),
  };
}

/** What every release has. */
const tables = ['flows', 'steps', 'deps', 'runs', 'step_states', 'step_tasks'];

/** A migration may drop what others have made. */
async function checkTables(driver: SqlDriver, directory: string): Promise<void> {
  const missing = await missingIn(driver, { tables: tables.map((name) => `pgflow.${name}`).sort() });
  if (missing.length > 0) {
    throw new SetupError(
      `migrations ${directory}: with all files installed, pgflow lacks ${missing.join(', ')}; remove the statement that drops it`,
    );
  }
}

const messageRecordStandsIn =
  'pgmq.message_record is replaced by a type with the five columns of pgmq 1.4, because this SQL was written for pgmq 1.4';

const without = (one: StandIn, all: readonly StandIn[]) => all.filter(({ name }) => name !== one.name);

/** Of a queue that no flow made. */
const isNoFlow = `lower(queue_name) not in (select lower(flow_slug) from pgflow.flows)`;

async function packaged(release: string): Promise<MigrationDirectory> {
  const migrations = await packagedMigrations(release);
  return {
    migrations,
    published: publishedFiles(migrations.map(({ name }) => name)),
    remarks: [],
    additions: [],
  };
}

function otherRelease(
  release: string | undefined,
  published: MigrationDirectory['published'],
  directory: string | undefined,
): string[] {
  if (release === undefined || published.length === 0 || releaseOf(published) === release) return [];
  // Variants of a release have the same SQL.
  const [plain] = release.split('-on-');
  const told = `the SQL is ${describeSeries(published)}; it is compared with the model of ${release}`;
  if (releaseOf(published) === plain || directory === undefined) return [told];
  return [
    `${told}. To see how it differs, SQL against SQL: pgtwin diff --from ${plain} --to ${quoted(directory)}`,
  ];
}

/**
 * Whether polling goes through pgflow's own `read_with_poll`, which fills the type by position with the columns it
 * had in pgmq 1.4. From 0.3.0 on `poll_for_tasks` gives nothing, and reading is up to the caller.
 */
export function pollsThroughMessageRecord(migrations: readonly Migration[]): boolean {
  const polling = migrations
    .flatMap(({ sql }) => definitionsIn(sql))
    .findLast(
      ({ schema, name, verb }) => schema === 'pgflow' && name === 'poll_for_tasks' && verb !== 'alter',
    );
  return polling?.verb === 'create' && /\bpgflow"?\s*\.\s*"?read_with_poll\b/.test(polling.statement);
}
