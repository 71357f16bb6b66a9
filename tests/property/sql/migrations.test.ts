/** A directory of migrations without a database: what is installed of it, which release it is, what is refused. */
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readDirectory, tellRelease } from '../../../src/sql/pgflow/directory.ts';
import { installPgflow } from '../../../src/sql/pgflow/install.ts';
import { packagedMigrations } from '../../../src/sql/pgflow/migrations.ts';
import { SetupError } from '../../../src/sql/setup-error.ts';
import {
  firstMigrations,
  installedMigrations,
  migrationDirectory,
  migrationNames,
} from '../../support/migration-directory.ts';

const modelled = ['0.1.20-on-pgmq-1.11', '0.1.20', '0.8.1'];
const patch =
  'create or replace function pgflow.is_valid_slug(slug text) returns boolean language sql as $$ $$;';
/** One of a release after all that are known. */
const later = '20990101000000_pgflow_of_tomorrow.sql';

/** The one line with which it is refused, without the directory's name. */
async function refusal(directory: string, work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => new Error('it was not refused'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(SetupError);
  const { message } = error as Error;
  expect(message).not.toContain('\n');
  return message.replaceAll(directory, 'DIR');
}

const installed = async (directory: string) =>
  (await readDirectory(directory)).migrations.map(({ name }) => name);

describe('what is installed', () => {
  test('pgflow under its own names and under those that its installer gives are the same', async () => {
    const own = await readDirectory(await migrationDirectory(firstMigrations(12)));
    const copied = await readDirectory(await migrationDirectory(installedMigrations(12)));
    expect(copied.migrations.map(({ sql }) => sql)).toEqual(own.migrations.map(({ sql }) => sql));
    expect(own.migrations).toEqual(await packagedMigrations('0.8.1'));
    expect([...own.remarks, ...copied.remarks]).toEqual([]);
  });

  test('files that use pgflow may fail, and those of other projects are skipped, with why', async () => {
    const directory = await migrationDirectory(installedMigrations(1), {
      '20250101000000_users.sql': 'create table users (id int); -- nothing else',
      '20260401000000_create_greet_flow.sql': `select pgflow.create_flow('greet');`,
      '20260402000000_pgflow_grants.sql': 'grant usage on schema pgflow to authenticated;',
      '20260403000000_notes.sql': 'create table notes (id int); -- nothing of pgflow',
      'README.md': 'pgflow',
    });
    const { migrations, remarks } = await readDirectory(directory);
    expect(migrations.map(({ mayFail = false }) => mayFail)).toEqual([false, true, true]);
    expect(remarks).toEqual([
      'also installed as far as they can be, because they name pgflow: 20260401000000_create_greet_flow.sql, 20260402000000_pgflow_grants.sql',
      'skipped, because they do not name pgflow: 20250101000000_users.sql, 20260403000000_notes.sql',
    ]);
  });

  test("a user's own change to pgflow is installed, in its place, and named", async () => {
    const directory = await migrationDirectory(installedMigrations(2), {
      '20260301120000_a_patch.sql': patch,
      '20260401000000_queue.sql':
        'create or replace function pgmq.pop(a text) returns void language sql as $$ $$;',
      '20260402000000_rls.sql': 'alter table pgmq.q_mine enable row level security;',
    });
    const [first, second] = migrationNames;
    expect(await installed(directory)).toEqual([
      `20260301120000_${first}`,
      '20260301120000_a_patch.sql',
      `20260301120001_${second}`,
      '20260401000000_queue.sql',
    ]);
    const { remarks, migrations } = await readDirectory(directory);
    expect(remarks[0]).toBe(
      'also installed, because they define something in pgflow: 20260301120000_a_patch.sql, 20260401000000_queue.sql',
    );
    expect(migrations.some(({ mayFail }) => mayFail)).toBe(false);
  });

  test('a table of pgflow in a publication is a change, however it gets there', async () => {
    const files = {
      '20260401000000_a.sql': 'alter publication supabase_realtime add table pgflow.runs, public.orders;',
      '20260402000000_b.sql': 'create publication all_of_it for tables in schema pgflow;',
      '20260403000000_c.sql': `do $$ begin execute 'alter publication supabase_realtime add table only "pgflow".runs'; end $$`,
      '20260404000000_d.sql': 'alter publication supabase_realtime add table public.orders;',
    };
    const directory = await migrationDirectory(firstMigrations(12), files);
    const { remarks } = await readDirectory(directory);
    expect(remarks).toEqual([
      'also installed, because they define something in pgflow: 20260401000000_a.sql, 20260402000000_b.sql, 20260403000000_c.sql',
      'skipped, because they do not name pgflow: 20260404000000_d.sql',
    ]);
  });

  test('functions that a project adds are named, and those that it replaces are not', async () => {
    const directory = await migrationDirectory(firstMigrations(12), {
      '20260401000000_own.sql': `${patch} create function pgflow.tell() returns void language sql as '';
        create view pgflow.mine as select 1; create function public.other() returns void language sql as '';`,
    });
    expect((await readDirectory(directory)).remarks).toEqual([
      'also installed, because they define something in pgflow: 20260401000000_own.sql',
      'not compared, because the engine does not have them: function pgflow.tell, view pgflow.mine',
    ]);
  });

  test('an overload is named with its parameters, and types, triggers, rules and materialized views by name', async () => {
    const directory = await migrationDirectory(firstMigrations(12), {
      '20260401000000_own.sql': `create function pgflow.start_flow(slug text, more int[] default '{}') returns void language sql as '';
        create or replace function pgflow.start_flow(flow_slug TEXT, input pg_catalog.jsonb, run_id uuid = null)
          returns setof pgflow.runs language sql as '';
        create type pgflow.mood as enum ('a'); create materialized view pgflow.mv as select 1;
        create trigger t after insert on pgflow.runs execute function g();
        create trigger t after insert on pgflow.runs execute function g();
        create rule r as on delete to pgflow.runs do nothing;`,
    });
    expect((await readDirectory(directory)).remarks.at(-1)).toBe(
      'not compared, because the engine does not have them: function pgflow.start_flow(text, integer[]), type pgflow.mood, materialized view pgflow.mv, trigger t on pgflow.runs, rule r on pgflow.runs',
    );
  });

  test('an installation under other names is one, whose release has to be named', async () => {
    const directory = await migrationDirectory({ 'everything.sql': migrationNames[0]! });
    expect(await installed(directory)).toEqual(['everything.sql']);
    expect(await tellRelease(directory, modelled)).toBeUndefined();
  });
});

describe('which release it is', () => {
  test.each([
    [1, '0.1.20'],
    [12, '0.8.1'],
  ])('the first %i migrations are %s, with a change as without', async (count, release) => {
    expect(await tellRelease(await migrationDirectory(firstMigrations(count)), modelled)).toBe(release);
    const changed = await migrationDirectory(installedMigrations(count), {
      '20260401000000_pgflow_patch.sql': patch,
    });
    expect(await tellRelease(changed, modelled)).toBe(release);
  });

  test('a release that is not modelled is named, and how to go on', async () => {
    const directory = await migrationDirectory(firstMigrations(11));
    expect(await refusal(directory, tellRelease(directory, modelled))).toBe(
      'migrations DIR: its SQL is pgflow 0.7.2 (11 migrations), which has no model. Releases with a model: 0.1.20-on-pgmq-1.11, 0.1.20, 0.8.1. To see how it differs from 0.8.1, SQL against SQL: pgtwin diff --from 0.8.1 --to DIR',
    );
  });

  test('one in which a call polls and starts is compared with the modelled one that does so as well', async () => {
    const ends = /To see how it differs from (\S+), SQL against SQL: pgtwin diff --from \1 --to DIR$/;
    for (const [count, nearest] of [
      [2, '0.1.20'],
      [3, '0.8.1'],
      [9, '0.8.1'],
    ] as const) {
      const directory = await migrationDirectory(firstMigrations(count));
      expect(ends.exec(await refusal(directory, tellRelease(directory, modelled)))?.[1]).toBe(nearest);
    }
  });

  test('a later release says up to which file the model goes, and up to which the directory', async () => {
    const directory = await migrationDirectory(firstMigrations(12), {
      '20251130000000_pgflow_auto_compilation.sql': '',
      '20251209074533_pgflow_worker_management.sql': '',
    });
    expect(await refusal(directory, tellRelease(directory, modelled))).toBe(
      'migrations DIR: its SQL is pgflow 0.10.0 (14 migrations), and its last migration is 20251209074533. The newest release with a model is 0.8.1, up to 20251104080523. To see how it differs from 0.8.1, SQL against SQL: pgtwin diff --from 0.8.1 --to DIR',
    );
  });

  test('a release of which nothing is known but that it is later is told as well', async () => {
    const all = [
      '20251130000000',
      '20251209074533',
      '20251212100113',
      '20251225163110',
      '20260103145141',
      '20260120205547',
      '20260124113408',
      '20260214181656',
    ].map((stamp) => [`${stamp}_pgflow_x.sql`, '']);
    const directory = await migrationDirectory(firstMigrations(12), {
      ...Object.fromEntries(all),
      [later]: '',
    });
    expect(await refusal(directory, tellRelease(directory, modelled))).toContain(
      'its SQL is newer than pgflow 0.14.1 (21 migrations, up to 20990101000000), and its last migration is 20990101000000. The newest release with a model is 0.8.1',
    );
  });

  test('with the release named, another one is installed, and the heading says so', async () => {
    const directory = await migrationDirectory(firstMigrations(11));
    const { remarks, migrations } = await installPgflow({ release: '0.8.1', migrations: directory });
    expect(migrations).toBe(11);
    expect(remarks).toEqual([
      `the SQL is pgflow 0.7.2 (11 migrations); it is compared with the model of 0.8.1. To see how it differs, SQL against SQL: pgtwin diff --from 0.8.1 --to ${directory}`,
    ]);
  });
});

describe('what is stood in for', () => {
  const named = async (sql: string) => {
    const migrations = await migrationDirectory(firstMigrations(12), {
      '20260401000000_own.sql': `${patch}\n${sql}`,
    });
    return (await installPgflow({ release: '0.8.1', migrations })).remarks;
  };

  test('a type of pgmq 1.4 for SQL that polls through it, whatever the model is', async () => {
    for (const count of [1, 2, 3, 12]) {
      const migrations = await migrationDirectory(installedMigrations(count));
      for (const release of ['0.1.20', '0.8.1']) {
        const { scripts } = await installPgflow({ release, migrations });
        expect(scripts.some(({ name }) => name === 'message_record as in pgmq 1.4')).toBe(count < 3);
      }
      const { scripts } = await installPgflow({
        release: '0.1.20',
        migrations,
        messageRecord: 'as in pgmq 1.11',
      });
      expect(scripts.some(({ name }) => name === 'message_record as in pgmq 1.4')).toBe(false);
    }
  });

  test('what Supabase provides, as far as a migration names it', async () => {
    const { remarks, scripts } = await installPgflow({ release: '0.8.1' });
    expect(remarks).toEqual([]);
    expect(scripts).toHaveLength(14);
    expect((await named(`select cron.schedule('a', 'b', 'c')`)).at(0)).toBe(
      'replaced by stubs that only record the calls: cron',
    );
    expect((await named('create extension pg_net; -- to anon, with auth.uid()')).at(0)).toBe(
      'replaced by stubs that only record the calls: roles, auth, net',
    );
  });
});

describe('what is refused, in one line', () => {
  test.each<[string, Record<string, string>, Record<string, string | Uint8Array>, RegExp]>([
    ['no file at all', {}, {}, /^DIR has no \.sql file: --migrations takes a directory of \.sql files$/],
    [
      'no file of pgflow',
      {},
      { '1_users.sql': 'create table users (id int)', '2_f.sql': `select pgflow.create_flow('f')` },
      /^migrations DIR: none of its 2 \.sql files installs pgflow; copy the migrations of @pgflow\/core, such as 20250429164909_pgflow_initial\.sql, there$/,
    ],
    [
      'a change to pgflow without pgflow',
      {},
      { '1_patch.sql': patch },
      /^migrations DIR: none of its 1 \.sql files installs pgflow/,
    ],
    [
      'two installations',
      { ...firstMigrations(12), ...installedMigrations(12) },
      {},
      /^migrations DIR: 20250429164909_pgflow_initial\.sql and 20260301120000_20250429164909_pgflow_initial\.sql are the same migration of pgflow; remove one of them$/,
    ],
    [
      'a gap',
      Object.fromEntries(Object.entries(firstMigrations(12)).filter((_, index) => index !== 8)),
      {},
      /^migrations DIR: 20251006073122_pgflow_add_map_step_type\.sql needs 20250719205006_pgflow_…, which is missing; copy it from @pgflow\/core$/,
    ],
    [
      'a beginning that is missing',
      { [migrationNames[1]!]: migrationNames[1]! },
      {},
      /^migrations DIR: 20250517072017_\S+ needs 20250429164909_pgflow_…, which is missing/,
    ],
    [
      'a later release without those before it',
      firstMigrations(12),
      { [`20990102000000_${later}`]: '' },
      /^migrations DIR: 20990102000000_20990101000000_pgflow_of_tomorrow\.sql needs 20251130000000_pgflow_…, which is missing/,
    ],
    [
      'an order that is none',
      {
        [`20260301000000_${migrationNames[1]}`]: migrationNames[1]!,
        [`20260302000000_${migrationNames[0]}`]: migrationNames[0]!,
      },
      {},
      /^migrations DIR: 20260301000000_20250517072017_\S+ is installed before 20260302000000_20250429164909_pgflow_initial\.sql, which is older/,
    ],
    [
      'a file that is no text',
      firstMigrations(1),
      { 'x.sql': new Uint8Array([0xff, 0xfe]) },
      /^DIR\/x\.sql is not text in UTF-8/,
    ],
  ])('%s', async (_, pgflow, others, line) => {
    const directory = await migrationDirectory(pgflow, others);
    expect(await refusal(directory, readDirectory(directory))).toMatch(line);
    expect(await refusal(directory, tellRelease(directory, modelled))).toMatch(line);
  });

  test('a directory that is not there, or is a file, or a migration that is a directory', async () => {
    const directory = await migrationDirectory(firstMigrations(1));
    expect(await refusal(directory, readDirectory(join(directory, 'no')))).toMatch(/^DIR\/no cannot be read/);
    const file = join(directory, migrationNames[0]!);
    expect(await refusal(directory, readDirectory(file))).toMatch(/is not a directory/);
    await mkdir(join(directory, '2.sql'));
    expect(await refusal(directory, readDirectory(directory))).toMatch(
      /^DIR\/2\.sql cannot be read \(EISDIR\)/,
    );
  });

  const isRoot = process.getuid?.() === 0;
  test.skipIf(isRoot)(
    `a directory that may not be read${isRoot ? ': skipped, as root may read everything' : ''}`,
    async () => {
      const directory = await migrationDirectory(firstMigrations(1));
      await chmod(directory, 0o000);
      expect(await refusal(directory, readDirectory(directory))).toMatch(/^DIR cannot be read/);
      await chmod(directory, 0o700);
    },
  );
});
