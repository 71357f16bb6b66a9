// Long tier: each case is a directory of its own, installed in databases of its own.
/** What Supabase provides around pgflow: installed on both sides of a comparison, and compared in what it is called for. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { installPgflow } from '../../../src/sql/pgflow/install.ts';
import { openPGlite } from '../../../src/sql/pglite/open.ts';
import { firstMigrations, migrationDirectory } from '../../support/migration-directory.ts';
import { onRunDone, webhook } from '../../support/own-sql.ts';
import { pgtwin } from '../../support/pgtwin.ts';
import { seed } from '../campaign.ts';

const trace = join(
  import.meta.dirname,
  'traces',
  'a-run-is-read-whole-and-deleted-when-it-is-completed.json',
);
const project = (sql: string, others: Readonly<Record<string, string>> = {}) =>
  migrationDirectory(firstMigrations(12), { '20990101000000_own.sql': sql, ...others });
const diff = (from: string, to: string) => pgtwin('diff', '--from', from, '--to', to, '--trace', trace);
const verify = (directory: string) =>
  pgtwin(
    ...['verify', '--migrations', directory, '--samples', '15', '--workers', '1', '--seed', String(seed)],
    ...['--out', `${directory}/out`],
  );

const hook = `create trigger hook after update on pgflow.runs for each row when (new.status = 'completed')
  execute function supabase_functions.http_request('https://example.com', 'POST', '{}', '{}', '1000');`;
/** Of a function of pgflow's, whose answer stays the same. */
const replaced = `create or replace function pgflow.calculate_retry_delay(base_delay numeric, attempts_count integer)
  returns integer language sql as $$ select net.http_get('https://example.com')::integer $$;
  create or replace function pgflow.is_valid_slug(slug text) returns boolean language plpgsql as $$
  begin perform net.http_get('https://example.com'); return true; end $$;`;

test.each<[string, string, string]>([
  ['a job', onRunDone(`perform cron.schedule('a', '* * * * *', 'select 1');`), 'calls cron.schedule'],
  [
    'a job put in by hand',
    onRunDone(`insert into cron.job (schedule, command) values ('* * * * *', 'select 1');`),
    'calls insert of cron.job',
  ],
  ['a request of a function that is replaced', replaced, 'calls net.http_get'],
  ['a webhook', hook, 'calls supabase_functions.http_request'],
  ['one more broadcast', onRunDone(`perform realtime.send('{}', 'own', 'topic');`), 'sent own'],
  [
    'a broadcast of what changed',
    onRunDone(
      `perform realtime.broadcast_changes('t', 'own', tg_op, tg_table_name, tg_table_schema, new, old);`,
    ),
    'sent own',
  ],
  [
    'a message of realtime put in by hand',
    onRunDone(`insert into realtime.messages (topic, extension) values ('a', 'broadcast');`),
    'calls insert of realtime.messages',
  ],
  ['a secret', onRunDone(`perform vault.create_secret('s', new.run_id::text);`), 'calls vault.create_secret'],
  [
    'a secret put in by hand',
    onRunDone(`insert into vault.secrets (secret) values ('s');`),
    'calls insert of vault.secrets',
  ],
  [
    'a bucket',
    onRunDone(`insert into storage.buckets (id, name) values (new.run_id, new.run_id);`),
    'calls insert of storage.buckets',
  ],
  [
    'what a job did, put in by hand',
    onRunDone(`insert into cron.job_run_details (status) values ('failed');`),
    'calls insert of cron.job_run_details',
  ],
  [
    'an answer put in by hand',
    onRunDone('insert into net._http_response (status_code) values (200);'),
    'calls insert of net._http_response',
  ],
  ['a table that is emptied', onRunDone('truncate cron.job;'), 'calls truncate of cron.job'],
  ['a user', onRunDone('insert into auth.users (id) values (new.run_id);'), 'calls insert of auth.users'],
])('%s is a difference from what does without', async (_, sql, place) => {
  const directory = await project(sql);
  const { status, out } = await diff('0.8.1', directory);
  expect(out).toContain(`: ${place} only in ${directory}`);
  expect(status).toBe(1);
  // The model calls nothing either.
  const replayed = await pgtwin('replay', trace, '--migrations', directory);
  expect(replayed.out).toMatch(place.startsWith('calls ') ? / {2}calls\n/ : / {2}sent\[\d\]\n/);
  expect(replayed.out).not.toMatch(/not compared.*(supabase|table|row)/);
  expect(replayed.status).toBe(1);
});

test('a request is a difference whichever side makes it, and none where both make the same', async () => {
  const [one, same] = [await project(webhook), await project(webhook)];
  const swapped = await diff(one, '0.8.1');
  expect(swapped.out).toContain(`calls net.http_post only in ${one}`);
  expect(swapped.status).toBe(1);
  expect((await diff(one, same)).status).toBe(0);
  const elsewhere = await diff(one, await project(webhook.replace('/hook', '/other')));
  expect(elsewhere.out).toMatch(/complete_task: calls net\.http_post\.url/);
  expect(elsewhere.status).toBe(1);
});

test('a table in the publication of realtime behaves as one that is not, as long as its rows can be told apart', async () => {
  const published = 'alter publication supabase_realtime add table pgflow.runs, pgflow.step_states;';
  const { status, out } = await verify(await project(published));
  expect(out).toContain('also installed, because they define something in pgflow: 20990101000000_own.sql');
  expect(status).toBe(0);
  const beside = await project(`${published} create index mine on pgflow.runs (status);`);
  expect((await verify(beside)).status).toBe(0);
  // Postgres refuses to change rows that cannot be told apart, but for that they may be put in.
  const log = `create table pgflow.my_log (run_id uuid);
    alter publication supabase_realtime add table pgflow.my_log;`;
  const kept = onRunDone('insert into pgflow.my_log values (new.run_id);');
  expect((await verify(await project(log + kept))).status).toBe(0);
  const changed = onRunDone('update pgflow.my_log set run_id = new.run_id;');
  const refused = await pgtwin('replay', trace, '--migrations', await project(log + changed));
  expect(refused.out).toContain('"sqlstate":"55000"');
  expect(refused.status).toBe(1);
});

test('files that only use pgflow are installed, or skipped with the reason', async () => {
  const directory = await project('grant usage on schema pgflow, missing to authenticated, my_own_role;', {
    '20990102000000_flow.sql': `select pgflow.create_flow('greet'); select pgflow.add_step('greet', 'hello');`,
    '20990103000000_grants.sql': 'grant select on all tables in schema pgflow to anon;',
    '20990104000000_start.sql': `create function public.start() returns trigger language plpgsql as $$
        begin perform pgflow.start_flow('greet', to_jsonb(new)); return new; end $$;
      create trigger start after insert on public.orders execute function public.start();`,
    '20990105000000_job.sql': `select cron.schedule('x', '* * * * *', $$select pgflow.start_flow('greet', '{}')$$);`,
    '20990106000000_none.sql': '-- pgflow is not used here\ncreate table public.other (id integer);',
  });
  const { status, out } = await verify(directory);
  expect(out).toContain(
    'also installed as far as they can be, because they name pgflow: 20990101000000_own.sql, 20990102000000_flow.sql, 20990103000000_grants.sql, 20990104000000_start.sql, 20990105000000_job.sql',
  );
  expect(out).toContain('skipped, because they do not name pgflow: 20990106000000_none.sql');
  expect(out).toContain(
    'skipped, because it does not install: 20990101000000_own.sql:1: schema "missing" does not exist (SQLSTATE 3F000)',
  );
  expect(out).toContain(
    'skipped, because it does not install: 20990104000000_start.sql:3: relation "public.orders" does not exist (SQLSTATE 42P01)',
  );
  expect(out.match(/does not install/g)).toHaveLength(2);
  expect(status).toBe(0);
});

const withExtensions = `
  create extension if not exists "uuid-ossp" with schema extensions;
  create extension if not exists moddatetime schema extensions;
  create extension if not exists "pg_graphql" with schema "graphql";
  create table pgflow.my_log (
    id uuid primary key default uuid_generate_v4(), token bytea default extensions.gen_random_bytes(8),
    hash text default encode(digest('a', 'sha256'), 'hex'), changed_at timestamptz default '2000-01-01'
  );
  create trigger changed before update on pgflow.my_log for each row
    execute function extensions.moddatetime(changed_at);
  ${onRunDone(`insert into pgflow.my_log default values; update pgflow.my_log set hash = hash;`)}`;

test('extensions that the embedded Postgres brings along are real, on its clock and from its seed', async () => {
  const directory = await project(withExtensions);
  const { status, out } = await verify(directory);
  expect(out).toContain('replaced by stubs that only record the calls: empty extensions\n');
  expect(status).toBe(0);

  const { scripts } = await installPgflow({ release: '0.8.1', migrations: directory });
  const driver = await openPGlite({ scripts });
  try {
    const rows = async () => {
      const { results } = await driver.run({
        at: Date.UTC(2030, 0, 1),
        restartClock: true,
        queries: [
          { text: 'insert into pgflow.my_log default values' },
          { text: 'update pgflow.my_log set hash = hash' },
          { text: 'select * from pgflow.my_log' },
          { text: 'delete from pgflow.my_log' },
        ],
      });
      return results[2]?.kind === 'rows' ? results[2].rows : results;
    };
    const first = await rows();
    expect(first).toMatchObject([
      [
        /^[0-9a-f-]{13}-4/,
        /^\\x[0-9a-f]{16}$/,
        'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',
        '2030-01-01 00:00:00+00',
      ].map((each) => (typeof each === 'string' ? each : expect.stringMatching(each))),
    ]);
    expect(await rows()).toEqual(first);
  } finally {
    await driver.close();
  }
});

test('an extension that is created for the first time by a migration is, and so is one that Supabase has anyway', async () => {
  const sql = (create: string) => `${create} create index mine on pgflow.runs (digest(status, 'md5'));`;
  for (const create of ['create extension pgcrypto;', 'create extension if not exists pgcrypto;', '']) {
    expect((await verify(await project(sql(create)))).status).toBe(0);
  }
});
