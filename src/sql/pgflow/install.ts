/** What a database for pgflow is made of: the queue, our stand-ins, and the migrations as they are. */
import { installPgmq, standInMessageRecord } from '../pgmq/install.ts';
import { neededStandIns, standInScripts } from '../supabase/needed.ts';
import { realtime } from '../supabase/realtime.ts';
import { definitionsIn } from './definitions.ts';
import { type MigrationDirectory, readDirectory } from './directory.ts';
import { type Migration, packagedMigrations } from './migrations.ts';
import { describeSeries, publishedFiles, releaseOf } from './releases.ts';

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
}

/** Throws SetupError where a directory cannot be installed from, or a package is missing. */
export async function installPgflow(options: InstallOptions) {
  const { release, migrations: directory, messageRecord } = options;
  const { migrations, published, remarks } =
    directory === undefined ? await packaged(release!) : await readDirectory(directory);
  const standsIn = messageRecord === undefined && pollsThroughMessageRecord(migrations);
  const standIns = neededStandIns(migrations.map(({ sql }) => sql));
  const standIn = standsIn ? [standInMessageRecord] : [];
  return {
    scripts: [installPgmq, ...standIn, realtime, ...standInScripts(standIns), ...migrations],
    migrations: migrations.length,
    remarks: [
      ...otherRelease(release, published),
      ...(standsIn ? [messageRecordStandsIn] : []),
      ...(standIns.length === 0 ? [] : [`${standsInFor}: ${standIns.map(({ name }) => name).join(', ')}`]),
      ...remarks,
    ],
  };
}

const messageRecordStandsIn =
  'pgmq.message_record is replaced by a type with the five columns of pgmq 1.4, because this SQL was written for pgmq 1.4';
const standsInFor = 'replaced by stubs that only record the calls';

async function packaged(release: string): Promise<MigrationDirectory> {
  const migrations = await packagedMigrations(release);
  return { migrations, published: publishedFiles(migrations.map(({ name }) => name)), remarks: [] };
}

function otherRelease(release: string | undefined, published: MigrationDirectory['published']): string[] {
  if (release === undefined || published.length === 0 || releaseOf(published) === release) return [];
  return [`the SQL is ${describeSeries(published)}; it is compared with the model of ${release}`];
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
