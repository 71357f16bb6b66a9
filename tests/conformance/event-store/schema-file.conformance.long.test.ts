// Long tier: it installs many schemas, each in a database of its own.
/** A file of one's own in `--schema`: what `verify` says of it, and of what cannot be one. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { IdType } from '../../../src/model/event-store/ids.ts';
import { schemaOf } from '../../../src/sql/event-store/schema.ts';
import { pgtwin } from '../../support/pgtwin.ts';
import { seed } from '../campaign.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pgtwin-'));
});
afterAll(() => rm(folder, { recursive: true }));

const verify = (...more: string[]) =>
  pgtwin(
    ...['verify', '--engine', 'event-store', '--samples', '5', '--workers', '1', '--seed', String(seed)],
    ...['--out', join(folder, 'out'), ...more],
  );

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** Our own schema, changed; fails where there is nothing to be changed. */
function changed(idType: IdType, from: string | RegExp, to: string): string {
  const sql = schemaOf(idType);
  const other = sql.replace(from, to);
  expect(other).not.toBe(sql);
  return other;
}

test('a schema tells what ids its deciders have, and agrees with the model', async () => {
  const path = await file('uuid.sql', `\ufeff${schemaOf('uuid')}`);
  const { status, out } = await verify('--schema', path);
  expect(out).toMatch(/event-store uuid, 1 migration/);
  expect(out).toContain(`the SQL is from ${path}`);
  expect(out).toContain('The SQL agrees with the model');
  expect(status).toBe(0);
});

test('a schema with a bug is found out, and its trace is replayed on it again', async () => {
  const path = await file('late.sql', changed('text', 'locked_until < now()', 'locked_until <= now()'));
  const { status, out } = await verify('--schema', path, '--samples', '100');
  expect(out).toContain('The SQL differs from the model');
  expect(status).toBe(1);
  const [, line = ''] = /^replay {2}npx pgtwin (.*)$/m.exec(out) ?? [];
  expect(line).toContain(`--schema ${path}`);
  expect((await pgtwin(...line.split(' '))).status).toBe(1);
  const [, trace = ''] = line.split(' ');
  expect((await pgtwin('replay', trace)).status).toBe(0);
});

const noFunctions = 'create table events (v_decider_id text); create table locks ()';

test.each<[string, () => Promise<string[]>, RegExp]>([
  [
    'a file that is not there',
    async () => ['--schema', join(folder, 'none.sql')],
    /none\.sql cannot be read \(ENOENT\): --schema expects a file of SQL that creates an event store/,
  ],
  [
    'a directory',
    async () => ['--schema', folder],
    /cannot be read \(EISDIR\): --schema expects a file of SQL/,
  ],
  [
    'a file that is no text',
    async () => ['--schema', await file('bytes.sql', new Uint8Array([0xff, 0xfe, 0x00, 0x41]))],
    /bytes\.sql is not text in UTF-8/,
  ],
  [
    'a file that is no SQL',
    async () => ['--schema', await file('prose.sql', 'Dear reader, v_decider_id text follows.')],
    /prose\.sql:1: cannot be installed: syntax error at or near "Dear" \(SQLSTATE 42601\)/,
  ],
  [
    'a schema that does not say what ids deciders have',
    async () => ['--schema', await file('empty.sql', 'select 1;')],
    /empty\.sql: not an event store with ids of type text\. The schema public lacks: deciders, .* append_event\(.*\), /,
  ],
  [
    'a schema with no functions',
    async () => ['--schema', await file('bare.sql', noFunctions)],
    /bare\.sql: not an event store with ids of type text\. The schema public lacks: deciders, views, register_decider_event\(text, text, text, bigint\), append_event\(.*\), get_events\(.*\), .* schedule_nack_event\(text, text, bigint\)$/,
  ],
  [
    'a schema without one of the functions',
    async () => [
      '--schema',
      await file('part.sql', changed('text', 'function nack_event', 'function give_back')),
    ],
    /part\.sql: not an event store with ids of type text\. The schema public lacks: nack_event\(text, text\)$/,
  ],
  [
    'a schema with ids of another type than was named',
    async () => ['--release', 'uuid', '--schema', await file('text.sql', schemaOf('text'))],
    /text\.sql: .* with ids of type uuid\. The schema public lacks: .*append_event\(text, uuid, text, uuid, jsonb, uuid, uuid, bigint\), /,
  ],
  [
    'a release that there is not',
    async () => ['--release', 'integer'],
    /unknown release "integer" of event-store; modelled: uuid, text/,
  ],
  [
    'a schema for an engine that has migrations',
    async () => ['--engine', 'pgflow', '--schema', await file('own.sql', schemaOf('text'))],
    /pgflow has no schema file: remove --schema/,
  ],
  [
    'a schema for an engine that is installed from a package',
    async () => [
      '--engine',
      'pgmq',
      '--release',
      '1.11.1',
      '--schema',
      await file('own.sql', schemaOf('text')),
    ],
    /pgmq has no schema file: remove --schema/,
  ],
  [
    'migrations for an event store',
    async () => ['--release', 'text', '--migrations', folder],
    /event-store has no migrations: remove --migrations, and name its SQL with --schema/,
  ],
  [
    'migrations for an event store whose ids are not told',
    async () => ['--migrations', folder],
    /event-store has no migrations: remove --migrations, and name its SQL with --schema/,
  ],
  [
    'a schema and migrations at once',
    async () => ['--schema', await file('own.sql', schemaOf('text')), '--migrations', folder],
    /--schema and --migrations exclude each other/,
  ],
  [
    'a schema for all releases at once',
    async () => ['--release', 'all', '--schema', await file('own.sql', schemaOf('text'))],
    /--release all cannot be used with --migrations, --schema, --recording or --intended: name one engine and one release/,
  ],
  ['no file', async () => ['--schema'], /'--schema <file>' argument missing/],
])('%s is told of in one line, with exit status 2', async (_, line, message) => {
  const { status, err, out } = await verify(...(await line()));
  expect(err).toMatch(/^pgtwin: [^\n]*\n$/);
  expect(err.trimEnd()).toMatch(message);
  expect(out).toBe('');
  expect(status).toBe(2);
});
