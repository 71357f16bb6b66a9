/** Scripts of our own that bring pgmq into a database. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export const installPgmq = { name: 'pgmq', sql: 'create extension pgmq;' };

/** The extension where it is what is tested. */
export async function pgmqExtension() {
  const nothingMore = { scripts: [installPgmq], migrations: 0, remarks: [] };
  const directory = packageDirectory();
  // Opening a database tells what to install.
  if (directory === undefined) return nothingMore;
  const { version } = JSON.parse(await readFile(join(directory, '..', 'package.json'), 'utf8'));
  return {
    ...nothingMore,
    // It is installed from this archive.
    tested: [await readFile(join(directory, 'pgmq.tar.gz'), 'latin1')],
    origin: { from: `@electric-sql/pglite-pgmq ${version}`, license: 'PostgreSQL' },
  };
}

function packageDirectory(): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite-pgmq'));
  } catch {
    return undefined;
  }
}

/**
 * pgflow before 0.8.0 was written for pgmq 1.4, whose `message_record` has five columns, and its functions fill
 * that type by position. Since pgmq 1.10 a column stands in the middle, and every read of theirs that finds a
 * message fails. The type that they were written for stands in under its name; pgmq's own functions go on
 * returning the installed one, which they refer to by identity.
 */
export const standInMessageRecord = {
  name: 'message_record as in pgmq 1.4',
  sql: `
    alter type pgmq.message_record rename to message_record_installed;
    create type pgmq.message_record as (
      msg_id bigint, read_ct integer, enqueued_at timestamptz, vt timestamptz, message jsonb
    );`,
};
