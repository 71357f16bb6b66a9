// Long tier: it installs many directories of migrations, each in a database of its own.
/** A project's own migrations, as `pgflow install` and its people left them: what `verify` says of them. */
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { run } from '../../../src/harness/cli/main.ts';
import { installPgflow } from '../../../src/sql/pgflow/install.ts';
import { openPGlite } from '../../../src/sql/pglite/open.ts';
import {
  firstMigrations,
  installedMigrations,
  migrationDirectory,
} from '../../support/migration-directory.ts';
import { seed } from '../campaign.ts';

const compiled = `select pgflow.create_flow('greet'); select pgflow.add_step('greet', 'hello');`;
const functionThatAlwaysAgrees = (body: string) =>
  `create or replace function pgflow.is_valid_slug(slug text) returns boolean language plpgsql as $$ ${body} $$;`;

async function pgtwin(...line: string[]) {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const { signal } = new AbortController();
  const status = await run(line, { stdout, stderr, env: {}, signal });
  return { status, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') };
}

const verify = (directory: string, ...more: string[]) =>
  pgtwin(
    ...['verify', '--migrations', directory, '--samples', '40', '--workers', '1', '--seed', String(seed)],
    ...['--out', `${directory}/out`, ...more],
  );

test('pgflow among the migrations of a project agrees with the model, and the rest is named', async () => {
  const directory = await migrationDirectory(installedMigrations(12), {
    '20250101000000_users.sql': 'create table auth.users (id uuid); this is not even SQL',
    '20260401000000_create_greet_flow.sql': compiled,
  });
  const { status, out } = await verify(directory);
  expect(out).toMatch(/pgflow 0\.8\.1, 12 migrations/);
  expect(out).toContain('skipped, because they do not name pgflow: 20250101000000_users.sql');
  expect(out).toContain(
    'also installed as far as they can be, because they name pgflow: 20260401000000_create_greet_flow.sql',
  );
  expect(out).toContain(`(seed ${seed},`);
  expect(status).toBe(0);
});

test('a change of their own is installed and found', async () => {
  const directory = await migrationDirectory(installedMigrations(12), {
    '20260401000000_any_slug.sql': functionThatAlwaysAgrees('begin return true; end'),
  });
  const { status, out } = await verify(directory);
  expect(out).toContain(
    'also installed, because they define something in pgflow: 20260401000000_any_slug.sql',
  );
  expect(out).toContain('The SQL differs from the model');
  expect(status).toBe(1);
});

test('a flow that a changed migration leaves behind is not there when a trace starts', async () => {
  const directory = await migrationDirectory(firstMigrations(12), {
    '20260401000000_both.sql': `${compiled} create index more on pgflow.runs (started_at);`,
  });
  expect((await verify(directory)).status).toBe(0);
});

const fails = `create function public.h() returns trigger language plpgsql as $$ begin new.status := 'failed'; return new; end $$;
  do $$ begin execute format('create trigger t before update on %I.%I for each row execute function public.h()', 'pgflow', 'runs'); end $$;`;

test('a role that nobody creates keeps no change from being found', async () => {
  const directory = await migrationDirectory(firstMigrations(12), {
    '20990101000000_own.sql': `${fails} grant select on pgflow.runs to reporting;`,
  });
  const { status, out } = await verify(directory);
  expect(out).toContain('replaced by stubs that only record the calls: roles (also reporting)');
  expect(out).toContain('The SQL differs from the model');
  expect(status).toBe(1);
});

test('a trigger finds the table, and the queue, that other files of the project make', async () => {
  const directory = await migrationDirectory(firstMigrations(12), {
    '20980101000000_audit.sql': 'create table public.audit (run_id uuid);',
    '20980102000000_queue.sql': `select pgmq.create('notifications');`,
    '20990101000000_own.sql': `create function public.on_done() returns trigger language plpgsql as $$ begin
        insert into public.audit values (new.run_id); perform pgmq.send('notifications', to_jsonb(new)); return new; end $$;
      create trigger on_done after insert or update on pgflow.runs for each row execute function public.on_done();`,
  });
  const { status, out } = await verify(directory);
  expect(out).toContain(
    'because they define what those files of the project name: 20980101000000_audit.sql, 20980102000000_queue.sql',
  );
  expect(status).toBe(0);
});

test('what a file makes that is skipped is there for those that have to install', async () => {
  const directory = await migrationDirectory(firstMigrations(12), {
    '20990101000000_a.sql': `create role app; create extension pgcrypto; select pgflow.create_flow('f'); create table t (at geography);`,
    '20990102000000_b.sql':
      'create index i on pgflow.runs (status); grant select on pgflow.runs to app; select extensions.gen_random_bytes(3);',
  });
  const { status, out } = await verify(directory, '--samples', '5');
  expect(out).toContain('skipped, because it does not install: 20990101000000_a.sql:1: type "geography"');
  expect(status).toBe(0);
});

test('roles whose names are put in are left to whoever makes them', async () => {
  const directory = await migrationDirectory(firstMigrations(12), {
    '20990101000000_a.sql': `do $$ declare r text; begin foreach r in array array['reader', 'writer'] loop
        execute format('create role %I nologin', r); end loop; end $$;
      grant usage on schema pgflow to reader, writer, made_by_hand;`,
  });
  const { status, out } = await verify(directory, '--samples', '5');
  expect(out).toContain('roles (also made_by_hand)');
  expect(status).toBe(0);
});

test('what a change tells the world outside is seen', async () => {
  const directory = await migrationDirectory(firstMigrations(12), {
    '20260401000000_outside.sql': `
      create extension if not exists pg_net with schema extensions;
      create extension pg_cron; create extension "supabase_vault";
      select cron.schedule('old', '* * * * *', 'select 1');
      select vault.create_secret('s', 'token');
      create function pgflow.tell() returns trigger language plpgsql as $f$ begin
        perform net.http_post(
          'http://there', headers => jsonb_build_object('token', decrypted_secret)
        ) from vault.decrypted_secrets where name = 'token';
        return new;
      end $f$;
      create trigger told after insert on pgflow.workers execute function pgflow.tell();
      create policy mine on pgflow.runs to authenticated using (auth.uid() is not null);`,
  });
  const { status, out } = await verify(directory);
  expect(out).toContain('replaced by stubs that only record the calls: roles, auth, cron, net, vault');
  expect(out).toMatch(/pgflow\.workers|insert into pgflow\.workers/);
  expect(out).toContain('"http://there"');
  expect(out).not.toContain('cron.schedule(');
  expect(status).toBe(1);
});

test('jobs, requests and secrets are kept, and what is not there is refused', async () => {
  const migrations = await migrationDirectory(firstMigrations(12), {
    'x.sql': 'create index i on pgflow.runs (status); -- cron net vault',
  });
  const { scripts } = await installPgflow({ release: '0.8.1', migrations });
  const driver = await openPGlite({ scripts });
  try {
    const ask = async (text: string) => {
      const { results } = await driver.run({ at: Date.UTC(2030, 0, 1), queries: [{ text }] });
      const [result] = results;
      return result?.kind === 'rows' ? result.rows.flat() : result;
    };
    expect(await ask(`select cron.schedule('a', '1 second', 'select 1')`)).toEqual(['1']);
    expect(await ask(`select cron.schedule('* * * * *', 'select 2')`)).toEqual(['2']);
    expect(await ask(`select cron.schedule('a', '2 seconds', 'select 3')`)).toEqual(['1']);
    expect(await ask('select schedule from cron.job order by jobid')).toEqual(['2 seconds', '* * * * *']);
    expect(await ask(`select cron.unschedule('a')`)).toEqual(['t']);
    expect(await ask(`select cron.unschedule('a')`)).toMatchObject({ sqlstate: 'P0001' });
    expect(await ask('select cron.unschedule(2)')).toEqual(['t']);
    const id = (await ask(`select vault.create_secret('s', 'n')`)) as string[];
    await ask(`select vault.update_secret('${id[0]}', 't')`);
    expect(await ask('select name, decrypted_secret from vault.decrypted_secrets')).toEqual(['n', 't']);
    for (const method of ['get', 'post', 'delete'])
      expect(await ask(`select net.http_${method}('http://x')`)).toHaveLength(1);
    expect(await ask('select function from supabase.calls order by id')).toEqual([
      ...['cron.schedule', 'cron.schedule', 'cron.schedule', 'cron.unschedule', 'cron.unschedule'],
      ...['vault.create_secret', 'vault.update_secret', 'net.http_get', 'net.http_post', 'net.http_delete'],
    ]);
  } finally {
    await driver.close();
  }
});

test.each<[string, number, Record<string, string>, string[], RegExp]>([
  [
    'a release that is not modelled',
    9,
    {},
    [],
    /its SQL is pgflow 0\.6\.0 \(9 migrations\), which has no model.*pgtwin diff --from 0\.8\.1 --to \S+\n$/,
  ],
  [
    'no pgflow in it',
    0,
    { '1.sql': 'select 1' },
    ['--release', '0.8.1'],
    /none of its 1 \.sql files installs pgflow/,
  ],
  [
    'a change that needs what is skipped',
    12,
    {
      '1_hook.sql': 'create function hook() returns trigger as $$ $$',
      '20990101000000_t.sql': 'create trigger t after insert on pgflow.runs execute function hook();',
    },
    [],
    /20990101000000_t\.sql:1: cannot be installed: function hook\(\) does not exist/,
  ],
  [
    'a change that cannot be read, beside what does not install',
    12,
    { '20990101000000_own.sql': `${fails} grant select on pgflow.nothing to reporting;` },
    [],
    /20990101000000_own\.sql:2: cannot be installed: relation "pgflow\.nothing" does not exist .*grant select/,
  ],
  [
    'an extension that nothing stands in for',
    12,
    { '20990101000000_t.sql': 'create extension timescaledb; create index i on pgflow.runs (status);' },
    [],
    /20990101000000_t\.sql:1: cannot be installed: extension "timescaledb" is not available/,
  ],
  [
    'a materialized view that cannot be refreshed when a trace starts',
    12,
    {
      '20990101000000_t.sql':
        'create materialized view pgflow.m as select 1 / (extract(year from now()) - 2029)::int as n;',
    },
    [],
    /cannot be reset before a trace: the materialized view pgflow\.m cannot be refreshed: division by zero \(SQLSTATE 22012\); change the view/,
  ],
])('%s: exit status 2 and one line', async (_, count, others, more, line) => {
  const directory = await migrationDirectory(firstMigrations(count), others);
  const { status, err } = await verify(directory, ...more);
  expect(err).toMatch(line);
  expect(err.trim().split('\n')).toHaveLength(1);
  expect(status).toBe(2);
});
