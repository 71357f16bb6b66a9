/** What a database for pgflow is made of: the queue, our stand-ins, and the migrations as they are. */
import { installPgmq, standInMessageRecord } from '../pgmq/install.ts';
import { realtime } from '../supabase/realtime.ts';
import { type Migration, migrationsIn, packagedMigrations } from './migrations.ts';

export interface InstallOptions {
  /** The release whose migrations are taken from the installed package, unless there is a directory. */
  readonly release: string;
  readonly migrations?: string | undefined;
  /** Whether `pgmq.message_record` is the one that the release was written for, or the one installed. */
  readonly messageRecord: 'as in pgmq 1.4' | 'as in pgmq 1.11';
}

export async function installPgflow(options: InstallOptions) {
  const { release, migrations: directory, messageRecord } = options;
  const migrations: readonly Migration[] =
    directory === undefined ? await packagedMigrations(release) : await migrationsIn(directory);
  const standsIn = messageRecord === 'as in pgmq 1.4';
  return {
    scripts: [installPgmq, ...(standsIn ? [standInMessageRecord] : []), realtime, ...migrations],
    migrations: migrations.length,
    remarks: standsIn
      ? [
          'pgmq.message_record stands in with the five columns of pgmq 1.4, for which this release was written',
        ]
      : [],
  };
}
