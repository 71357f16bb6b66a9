/** Which stand-ins SQL needs, without a database. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { eventStoreDiff } from '../../../src/harness/event-store/diff.ts';
import { pgflowDiff } from '../../../src/harness/pgflow/diff.ts';
import { installEventStore } from '../../../src/sql/event-store/install.ts';
import { schemaOf } from '../../../src/sql/event-store/schema.ts';
import { extensionsOf } from '../../../src/sql/pglite/extensions.ts';
import { findPackages } from '../../../src/sql/pglite/packages.ts';
import { neededStandIns, standInRemark, standIns, standInsBehind } from '../../../src/sql/supabase/needed.ts';
import { ownRoles } from '../../../src/sql/supabase/roles.ts';
import { textOf } from '../../support/documents.ts';

const needed = (...texts: string[]) => neededStandIns(texts).map(({ name }) => name);

describe('a stand-in is needed where SQL names what it stands for', () => {
  test.each<[string, string[]]>([
    ['grant select on x to authenticated', ['roles']],
    ['using (auth.uid() = id)', ['auth']],
    ['id uuid references "auth"."users"', ['auth']],
    [`select cron.schedule('a', 'b', 'c')`, ['cron']],
    ['create extension if not exists pg_net', ['net']],
    ['create extension supabase_vault', ['vault']],
    [`perform realtime.send('{}', 'a', 'b')`, ['realtime']],
    ['perform realtime.broadcast_changes()', ['realtime', 'realtime.messages']],
    ['create policy p on realtime.messages', ['realtime', 'realtime.messages']],
    ['alter publication supabase_realtime add table t', ['publication supabase_realtime']],
    ['execute function supabase_functions.http_request()', ['supabase_functions']],
    [`insert into storage.buckets values ('a')`, ['storage']],
    ['create extension if not exists "uuid-ossp" with schema extensions', ['schema extensions', 'uuid-ossp']],
    ['select uuid_generate_v4()', ['uuid-ossp']],
    [`select crypt('a', gen_salt('bf'))`, ['pgcrypto']],
    ['create extension moddatetime schema extensions', ['schema extensions']],
    ['execute procedure extensions.moddatetime(a)', ['schema extensions', 'moddatetime']],
    ['create extension "pg_graphql" with schema "graphql"', ['empty extensions']],
    ['create table digests (storage text, crypt int, networking int, encrypted bool)', []],
  ])('%s', (sql, names) => {
    expect(needed('select 1', sql)).toEqual(names);
  });

  test('or where another database has it', () => {
    expect(
      neededStandIns(['select auth.uid()'], ['net', 'realtime.messages']).map(({ name }) => name),
    ).toEqual([...['auth', 'net', 'realtime', 'realtime.messages']]);
  });

  test('but not where the SQL makes it itself', () => {
    expect(needed('create extension pgcrypto', 'select gen_random_bytes(3)')).toEqual([]);
    expect(needed('create extension if not exists pgcrypto')).toEqual(['pgcrypto']);
    expect(needed('do $$ begin create extension "pgcrypto"; end $$')).toEqual([]);
  });

  test('which a comment or a string does not', () => {
    expect(needed('-- nobody has to create extension pgcrypto\nselect 1')).toEqual(['pgcrypto']);
    expect(needed(`comment on table t is 'create extension pgcrypto'`)).toEqual(['pgcrypto']);
    expect(needed('do $$ begin /* create extension pgcrypto */ end $$')).toEqual(['pgcrypto']);
  });
});

describe('roles that the SQL names and nobody creates are made', () => {
  test.each<[string, string[]]>([
    ['grant select on pgflow.runs to reporting with grant option', ['reporting']],
    ['grant execute on function f(int) to "Re-Port", group Other, public', ['Re-Port', 'other']],
    ['grant readers to writer', ['writer', 'readers']],
    ['revoke all on all tables in schema pgflow from reader cascade', ['reader']],
    [
      'alter default privileges for role maker in schema s grant select on tables to reader',
      ['reader', 'maker'],
    ],
    ['create policy "to all" on t for select to a, b using (x = (select 1))', ['a', 'b']],
    ['alter table t owner to keeper', ['keeper']],
    [
      `do $$ begin if true then grant usage on schema s to a; end if; execute 'grant select on t to b'; end $$`,
      ['a', 'b'],
    ],
    ['create role a; grant select on t to a', []],
    [`do $$ begin if not exists (select) then create role a; end if; end $$; grant select on t to a`, []],
    ['alter policy p on t rename to q; alter table a rename to b', []],
    ['grant select on t to anon, public, postgres, current_user, pg_monitor', []],
    [`-- grant a to b\nselect 'grant a to b'`, []],
    ['alter table t rename column owner to author; alter table t rename owner to a', []],
    ['alter function f(int) owner to "K", b', ['K']],
    [`do $$ begin raise notice 'grant a to b'; end $$`, []],
    [
      `do $$ begin foreach r in array array['a1','a2'] loop execute format('create role %I', r); end loop; end $$;
       grant usage on schema s to a1, a2, by_hand`,
      ['by_hand'],
    ],
    [`do $$ begin execute format('create role "app_%s"', r); end $$; grant x to app_a, b`, ['b', 'x']],
    [`do $$ begin execute 'create role app_' || r; end $$; grant usage on schema s to app_a, b`, ['b']],
    [`do $$ begin execute format('create user %I', 'app_' || r); end $$; alter table t owner to app_a`, []],
    [
      `create function make(n text) returns void language plpgsql as $$ begin execute 'create role ' || n; end $$;
       select make(n) from unnest('{a1, "a2"}'::text[]) as n; grant usage on schema s to a1, a2, b`,
      ['b'],
    ],
    [
      `do $$ begin foreach r in array array['a1','a2'] loop execute format('create role %I', r); end loop; end $$;
       insert into t values ('b'); grant usage on schema s to a1, a10, b`,
      ['a10', 'b'],
    ],
    [
      `do $$ begin execute format('create role %I', concat(r, '_app')); end $$; grant x to a_app, app`,
      ['app', 'x'],
    ],
    [
      `do $$ begin execute format('create role %I', format('%s_app', r)); end $$; grant x to a_app, app`,
      ['app', 'x'],
    ],
  ])('%s', (sql, names) => {
    expect(ownRoles([sql])).toEqual(names);
  });

  test('and made behind the file that makes them, in case that it was skipped', () => {
    const file = 'create role a; create role unused; create extension pgcrypto; grant select on t to a';
    const texts = [file, 'grant select on t to a; select gen_random_bytes(1)'];
    expect(neededStandIns(texts)).toEqual([]);
    const [script] = standInsBehind(file, texts);
    expect(script?.sql).toMatch(/create extension if not exists "pgcrypto"[\s\S]*create role "a" nologin;/);
    expect(script?.sql).not.toContain('unused');
    expect(standInsBehind(texts[1]!, texts)).toEqual([]);
    // What another file makes as well is left to that.
    expect(standInsBehind(file, [...texts, 'create role a; create extension pgcrypto'])).toEqual([]);
  });

  test('and named with the others', () => {
    const found = neededStandIns(['grant select on t to reporting']);
    expect(standInRemark(found)).toEqual([
      'replaced by stubs that only record the calls: roles (also reporting)',
    ]);
    expect(found[0]?.sql).toContain('create role "reporting" nologin;');
  });
});

describe('every engine has the same list', () => {
  let folder: string | undefined;
  afterAll(async () => folder && rm(folder, { recursive: true }));

  test('an event store is installed with what its schema names', async () => {
    folder = await mkdtemp(join(tmpdir(), 'pgtwin-'));
    const file = join(folder, 'own.sql');
    await writeFile(
      file,
      `create extension pg_net; ${schemaOf('text')}; grant select on events to authenticated;
       create function my_report() returns int language sql as 'select 1';
       create function on_event() returns trigger language plpgsql as 'begin return new; end';`,
    );
    const { standIns, remarks, scripts } = await installEventStore('text', file);
    expect(standIns).toEqual(['roles', 'net']);
    expect(remarks).toEqual([
      `the SQL is from ${file}`,
      'not compared, because the engine does not have them: function public.my_report',
      'replaced by stubs that only record the calls: roles, net',
    ]);
    expect(scripts.map(({ name }) => name)).toEqual([
      ...['calls of stand-ins', 'stand-in for roles', 'stand-in for net', 'own.sql'],
      ...['calls of the installation', 'state just after installing'],
    ]);
  });

  test('a release has none of its own, and gets those of the other side of a comparison', async () => {
    const text = await eventStoreDiff.installation({ release: 'text' });
    expect(text.standIns).toEqual([]);
    expect(text.scripts).toHaveLength(1);
    const pgflow = await pgflowDiff.installation({ release: '0.8.1' });
    expect(pgflow.standIns).toEqual([]);
    for (const support of [eventStoreDiff, pgflowDiff]) {
      const [release = ''] = (await support.releases()).slice(-1);
      const beside = await support.installation({ release }, ['net', 'cron']);
      expect(beside.standIns).toEqual(['cron', 'net']);
      // Nobody asked for them here.
      expect(beside.remarks).toEqual([]);
      expect(beside.scripts.map(({ name }) => name)).toContain('stand-in for cron');
    }
  });
});

test('the page on stand-ins lists each of them', async () => {
  const page = await textOf('docs/stand-ins.md');
  const [, table = ''] = /<!-- stand-ins -->\n([\s\S]*)\n<!-- \/stand-ins -->/.exec(page) ?? [];
  const listed = [...table.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name);
  expect(listed.toSorted()).toEqual(standIns.map(({ name }) => name).toSorted());
});

test('an extension is loaded where a script creates it, if the embedded database has it', () => {
  const loaded = (...texts: string[]) =>
    Object.keys(
      extensionsOf(
        texts.map((sql) => ({ sql })),
        findPackages(),
      ),
    );
  expect(loaded('create extension pgmq', 'create extension pg_net')).toEqual([]);
  expect(loaded('create extension if not exists "uuid-ossp"; CREATE EXTENSION moddatetime;')).toEqual([
    ...['moddatetime', 'uuid-ossp'],
  ]);
  expect(loaded('create extension earthdistance cascade')).toEqual(['cube', 'earthdistance']);
});
