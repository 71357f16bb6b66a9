/** Directories of migrations: what is read off their files. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { readDirectory } from '../../../src/sql/pgflow/directory.ts';
import { packagedMigrations } from '../../../src/sql/pgflow/migrations.ts';
import { whyRefused } from '../../../src/sql/script-check.ts';
import { scriptStatements } from '../../../src/sql/script-statements.ts';
import { newFolder } from '../folder.ts';
import { onceIn, type Target } from '../fuzz.ts';
import { outcomeOf } from '../outcome.ts';

const pieces = [
  'create function pgflow.f() returns int language sql as ',
  'create or replace view runs as select 1',
  'create trigger t before update on pgflow.runs for each row execute function f()',
  'alter table pgflow.runs add column x int',
  'drop table pgflow.runs cascade',
  'select pgflow.create_flow(',
  'set search_path to ',
  'set search_path = pgflow, public',
  "select set_config('search_path', ",
  'begin',
  'commit',
  'rollback',
  'begin atomic',
  'case when true then',
  'end',
  'do $$ begin execute ',
  "E'\\ncreate table pgflow.x'",
  "U&'\\0063reate'",
  'U&"d\\0061t" UESCAPE',
  '$body$',
  '$$',
  "'",
  "''",
  '"',
  '""',
  '(',
  ')',
  ';',
  '\n',
  '--',
  '/*',
  '*/',
  '\\set x on\n',
  '\\restrict a\n',
  '\\',
  'copy t from stdin;\n1\t2\n\\.\n',
  "copy t from program 'ls'",
  'create extension if not exists "uuid-ossp"',
  'create role %I',
  "format('create %s', ",
  'publication',
  'constructor',
  '__proto__',
  'create extension constructor',
  'alter publication supabase_realtime add table pgflow.runs',
  'notify x',
  '\u0001',
  '\ufeff',
  'é😀',
];

const script = fc
  .array(fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...pieces) }, fc.string({ maxLength: 6 })), {
    maxLength: 14,
  })
  .map((parts) => parts.join(' ').replaceAll('\0', ''));

/** Statements are cut out of the script in their order, and none overlaps another. */
function checkStatements(sql: string): void {
  let end = 0;
  for (const statement of scriptStatements(sql)) {
    if (statement.start < end || statement.end <= statement.start || statement.end > sql.length) {
      throw new Error(`statement ${JSON.stringify(statement)} of ${JSON.stringify(sql)}`);
    }
    end = statement.end;
    whyRefused(sql.slice(statement.start, statement.end), true);
  }
}

/** Reading the published files takes most of the time, and they are always the same: mostly their short statements stand for them. */
const shortStatement = 600;

async function makeFolder(isWhole: boolean): Promise<string> {
  const folder = newFolder();
  for (const { name, sql } of await packagedMigrations('0.8.1')) {
    const statements = scriptStatements(sql).map(({ start, end }) => sql.slice(start, end));
    const short = statements.filter((each) => each.length < shortStatement).slice(0, 8);
    await writeFile(join(folder, name), isWhole ? sql : `${short.join(';\n')};`);
  }
  return folder;
}

const folders = new Map<boolean, Promise<string>>();

interface MigrationsInput {
  readonly scripts: readonly string[];
  readonly isWhole: boolean;
}

export const migrations: Target = {
  name: 'directories of migrations',
  arbitrary: () =>
    fc.record({
      scripts: fc.array(script, { minLength: 1, maxLength: 3 }),
      isWhole: onceIn(20),
    }),
  run: ({ scripts, isWhole }: MigrationsInput) =>
    outcomeOf(async () => {
      if (!folders.has(isWhole)) folders.set(isWhole, makeFolder(isWhole));
      const folder = await folders.get(isWhole)!;
      for (const sql of scripts) checkStatements(sql);
      const names = ['20990101000000_a.sql', '20990102000000_b.sql', '20250101000000_c.sql'];
      for (const [i, name] of names.entries()) await writeFile(join(folder, name), scripts[i] ?? '-- none');
      await readDirectory(folder);
    }),
};
