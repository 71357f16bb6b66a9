// Long tier: it opens many databases, and builds some from nothing.
/** The embedded database as a driver: its clock, its randomness, its answers, its images and its death. */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Batch,
  type BatchResult,
  DriverError,
  type QueryResult,
  ScriptError,
  type SqlDriver,
} from '../../src/sql/driver.ts';
import { imageKey } from '../../src/sql/pglite/image-build.ts';
import { ImageCache } from '../../src/sql/pglite/image-cache.ts';
import { openPGlite } from '../../src/sql/pglite/open.ts';
import { findPackages } from '../../src/sql/pglite/packages.ts';
import { scriptStatements } from '../../src/sql/script-statements.ts';
import { SetupError } from '../../src/sql/setup-error.ts';

const scripts = [
  { name: 'pgmq', sql: 'create extension pgmq' },
  { name: 'notes', sql: 'create table notes (id int primary key, body text check (body <> $$$$))' },
];
const noon = Date.UTC(2026, 0, 1, 12);

let directory: string;
let cache: string;
let database: SqlDriver;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgtwin-pglite-'));
  cache = join(directory, 'cache');
  database = await openPGlite({ scripts, cache });
});

afterAll(async () => {
  await database?.close();
  await rm(directory, { recursive: true, force: true });
});

async function run(text: string, more: Partial<Batch> = {}, on = database): Promise<BatchResult> {
  return on.run({ at: noon, restartClock: true, ...more, queries: [{ text }] });
}

/** The first value of a result. */
function value(result: QueryResult | undefined): string | null | undefined {
  if (result?.kind !== 'rows') throw new Error(`not rows: ${JSON.stringify(result)}`);
  return result.rows[0]?.[0];
}

async function firstValue(
  text: string,
  more?: Partial<Batch>,
  on?: SqlDriver,
): Promise<string | null | undefined> {
  return value((await run(text, more, on)).results[0]);
}

describe('statements of one transaction', () => {
  const together = async (...texts: string[]) => {
    const transaction = texts.map((text) => ({ text }));
    const { results } = await database.run({
      at: noon,
      queries: [{ text: 'begin', transaction }, { text: 'select count(*) from notes' }],
    });
    return results;
  };

  test('see what those before them did, and are committed', async () => {
    const [result, count] = await together(
      "insert into notes values (1, 'a') returning body",
      'select now() = statement_timestamp(), count(*) from notes',
    );
    expect(result).toMatchObject({
      kind: 'expanded',
      sets: [{ rows: [['a']] }, { rows: [['t', '1']] }, { kind: 'rows' }],
    });
    expect(value(count)).toBe('1');
    await run('delete from notes');
  });

  test('end with the first that is refused, and then nothing was done', async () => {
    const [result, count] = await together(
      "insert into notes values (1, 'a')",
      "insert into notes values (1, 'b')",
      'select 1',
    );
    expect(result).toMatchObject({
      kind: 'expanded',
      sets: [{ kind: 'rows' }, { kind: 'failure', sqlstate: '23505' }, { kind: 'rows' }],
    });
    expect(value(count)).toBe('0');
  });

  test('are prepared again where a table came back with other columns', async () => {
    const statements = ["insert into notes values (1, 'a')", 'select * from notes', 'delete from notes'];
    await together(...statements);
    await run('alter table notes add more int');
    const [result] = await together(...statements);
    expect(result).toMatchObject({ kind: 'expanded', sets: [{}, { rows: [['1', 'a', null]] }, {}, {}] });
    await run('alter table notes drop more');
  });
});

describe('the clock', () => {
  test('now() and clock_timestamp() show the instant of the batch, and stand still', async () => {
    const { results, finishedAt } = await run('select now(), clock_timestamp(), statement_timestamp()');
    const instant = '2026-01-01 12:00:00+00';
    expect(results[0]).toMatchObject({ rows: [[instant, instant, instant]] });
    expect(finishedAt).toBe(noon);
  });

  test('a message delayed by ten seconds appears after exactly ten seconds', async () => {
    await run(`select pgmq.create('delayed')`);
    await run(`select pgmq.send('delayed', '{}', 10)`);
    const read = `select count(*) from pgmq.read('delayed', 30, 1)`;
    expect(await firstValue(read, { at: noon + 9_999 })).toBe('0');
    expect(await firstValue(read, { at: noon + 10_000 })).toBe('1');
  });

  test('a statement that sleeps takes as long as it asked for, and the next one starts after it', async () => {
    const { finishedAt } = await run('select pg_sleep(60)');
    expect([60_000, 60_001]).toContain(finishedAt - noon);
    const next = await database.run({ at: noon + 5, queries: [{ text: 'select 1' }] });
    expect(next.finishedAt).toBe(finishedAt);
  });

  test('sleeping is exact however far the clock was moved before', async () => {
    for (const years of [0, 1, 30, 100]) {
      const at = noon + years * 365 * 86_400_000;
      const { finishedAt } = await run('select pg_sleep(0.25)', { at });
      expect([250, 251]).toContain(finishedAt - at);
    }
  });

  test('polling an empty queue ends when its time is up', async () => {
    await run(`select pgmq.create('empty')`);
    const { finishedAt } = await run(`select * from pgmq.read_with_poll('empty', 30, 1, 5, 100)`);
    expect(finishedAt - noon).toBeGreaterThanOrEqual(5_000);
    expect(finishedAt - noon).toBeLessThan(5_200);
  });

  test('the clock never runs backwards unless it is restarted', async () => {
    const ask = (at: number, restartClock?: true): Promise<BatchResult> =>
      database.run({ at, ...(restartClock && { restartClock }), queries: [{ text: 'select 1' }] });
    await ask(noon + 1_000, true);
    expect((await ask(noon)).finishedAt).toBe(noon + 1_000);
    expect((await ask(noon, true)).finishedAt).toBe(noon);
  });

  test('no alarm of the server rings in real time, at which the clock does not look', async () => {
    await run('set idle_session_timeout = 1');
    await setTimeout(100);
    expect(await firstValue('select 1')).toBe('1');
    await run('reset idle_session_timeout');
  });

  test('the clock of the thread that asks is the real one', async () => {
    const before = Date.now();
    await run('select pg_sleep(3600)');
    expect(Date.now() - before).toBeLessThan(60_000);
    expect(Date.now.toString()).toContain('[native code]');
  });
});

describe('randomness', () => {
  const uuid = '01234567-89ab-4cde-8f01-2345678900ff';

  test('gen_random_uuid() draws the uuid of the batch once', async () => {
    const { results } = await run('select gen_random_uuid(), gen_random_uuid()', { uuid });
    const other = expect.not.stringMatching(/^01234567-/);
    expect(results[0]).toMatchObject({ rows: [[uuid, other]] });
  });

  test('without a uuid the draws are the same after each restart of the clock', async () => {
    const draw = (): Promise<unknown> => firstValue('select gen_random_uuid()');
    expect(await draw()).toBe(await draw());
  });
});

describe('answers', () => {
  test('values come as Postgres prints them, with the types of their columns', async () => {
    const { results } = await run(`select 1 as a, null as b, '{"a":1}'::jsonb as c, 1.50 as d, 'é😀' as e`);
    expect(results[0]).toEqual({
      kind: 'rows',
      columns: [
        { name: 'a', type: 23 },
        { name: 'b', type: 25 },
        { name: 'c', type: 3802 },
        { name: 'd', type: 1700 },
        { name: 'e', type: 25 },
      ],
      rows: [['1', null, '{"a": 1}', '1.50', 'é😀']],
    });
  });

  test('a refused statement says why, keeps no other from running, and leaves the session usable', async () => {
    const insert = 'insert into notes values ($1::int, $2)';
    const { results } = await database.run({
      at: noon,
      queries: [
        { text: 'delete from notes' },
        { text: insert, params: ['1', ''] },
        { text: insert, params: ['1', 'kept'] },
        { text: insert, params: ['1', 'twice'] },
        { text: 'selec' },
        { text: 'select 1/0' },
        { text: 'select $1::text', params: ['a\0b'] },
        { text: 'select body from notes' },
      ],
    });
    expect(results.map((result) => (result.kind === 'failure' ? result.sqlstate : result.kind))).toEqual([
      ...['rows', '23514', 'rows', '23505', '42601', '22012', '22021', 'rows'],
    ]);
    expect(results[1]).toMatchObject({ constraint: 'notes_body_check' });
    expect(value(results[7])).toBe('kept');
  });

  test('five thousand refusals do not wear the session out', async () => {
    const queries = Array.from({ length: 1_000 }, () => ({ text: 'select 1/0' }));
    for (let round = 0; round < 5; round++) {
      const { results } = await database.run({ at: noon, queries });
      expect(results.every((result) => result.kind === 'failure' && result.sqlstate === '22012')).toBe(true);
    }
    expect(await firstValue('select 1')).toBe('1');
  });

  test('a table dropped and made again with other columns is read with those', async () => {
    const read = async (): Promise<QueryResult | undefined> => (await run('select * from again')).results[0];
    await run('create table again (a int)');
    expect(await read()).toMatchObject({ columns: [{ name: 'a', type: 23 }] });
    await run('drop table again');
    expect(await read()).toMatchObject({ kind: 'failure', sqlstate: '42P01' });
    await run('create table again (b text, c int)');
    expect(await read()).toMatchObject({ columns: [{ name: 'b' }, { name: 'c' }] });
    await run('discard all');
    expect(await read()).toMatchObject({ columns: [{ name: 'b' }, { name: 'c' }] });
  });

  test('more texts than stay prepared are all answered, again and again', async () => {
    const queries = Array.from({ length: 600 }, (_, index) => ({ text: `select ${index} as c${index}` }));
    for (let round = 0; round < 2; round++) {
      const { results } = await database.run({ at: noon, queries });
      expect(results.map(value)).toEqual(queries.map((_, index) => String(index)));
      expect(results[599]).toMatchObject({ columns: [{ name: 'c599' }] });
    }
  });

  test('the rows of a query can be the queries to run in its place', async () => {
    const { results } = await database.run({
      at: noon,
      queries: [
        { text: `select format('select %s/%s as x', 6, d) from unnest(array[2, 0, 3]) d`, expand: true },
        { text: 'selec', expand: true },
        { text: 'select 7' },
      ],
    });
    expect(results).toMatchObject([
      {
        kind: 'expanded',
        sets: [{ rows: [['3']] }, { kind: 'failure', sqlstate: '22012' }, { rows: [['2']] }],
      },
      { kind: 'failure', sqlstate: '42601' },
      { rows: [['7']] },
    ]);
  });

  test('an answer that did not change is the same object', async () => {
    const ask = async (): Promise<QueryResult | undefined> => (await run(`select 'unchanged'`)).results[0];
    await ask();
    expect(await ask()).toBe(await ask());
  });

  test('maintenance changes neither the clock nor what is stored', async () => {
    await run(`select pgmq.create('kept')`);
    await database.maintain?.();
    const text = `select queue_name from pgmq.list_queues() where queue_name = 'kept'`;
    const { results, finishedAt } = await database.run({ at: noon, queries: [{ text }] });
    expect(value(results[0])).toBe('kept');
    expect(finishedAt).toBe(noon);
  });

  test('maintenance makes a table small again that has grown and is empty, and leaves one that has rows', async () => {
    await database.script(`
      create table parent (id int primary key, body text);
      create table child (id int references parent);
      insert into parent select n, repeat('x', 200) from generate_series(1, 20000) n;
      delete from parent;
      create table filled as select n, repeat('x', 200) from generate_series(1, 5000) n;
      create function never() returns trigger language plpgsql as $$ begin raise 'never'; end $$;
      create trigger never before truncate on child execute function never();
    `);
    const sizes = () =>
      firstValue(`select format('%s %s', pg_relation_size('parent') > 0, (select count(*) from filled))`);
    expect(await sizes()).toBe('t 5000');
    await database.maintain?.();
    expect(await sizes()).toBe('f 5000');
    await database.script('drop table child, parent, filled; drop function never()');
  });
});

describe('scripts', () => {
  test('the versions of what answers are known', () => {
    expect(database.versions).toEqual({ postgres: '18.3', pglite: '0.5.8', pgmq: '1.11.1' });
  });

  test('a script that fails names the statement, and nothing of it stays', async () => {
    const sql = `create table half (a int);
-- a comment; with a semicolon
insert into half values (1); /* another /* nested */ ; */

insert into half
values (1/0);`;
    const error = await database.script(sql, 'half.sql').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ScriptError);
    expect(error).toMatchObject({
      script: 'half.sql',
      statement: { line: 5, text: 'insert into half\nvalues (1/0)' },
      failure: { sqlstate: '22012' },
      message: 'half.sql:5: division by zero (SQLSTATE 22012)',
    });
    expect(await firstValue(`select to_regclass('half')`)).toBeNull();
  });

  test('a script with a syntax error names the statement that the error is in', async () => {
    const sql = `select '😀';\nselect 2;\n  selec 3;\nselect 4`;
    await expect(database.script(sql)).rejects.toMatchObject({ statement: { line: 3, text: 'selec 3' } });
  });

  test('settings and an open transaction end with the script', async () => {
    await database.script(`set timezone = 'Europe/Berlin'; begin; create table unfinished (a int)`);
    expect(await firstValue('show timezone')).toBe('UTC');
    expect(await firstValue(`select to_regclass('unfinished')`)).toBeNull();
  });

  test('a semicolon within quotes, bodies, comments or parentheses ends no statement', () => {
    const statements = [
      `select 'it''s; one', "a "";" b`,
      String.raw`select E'\'; one'`,
      'do $body$ begin; $$ ; $$ end $body$',
      'create function f() returns int begin atomic select case when true then 1 end; select 2; end',
      'create rule r as on insert to t do also (select 1; select 2)',
      'select $1 + a$b, 1;'.slice(0, -1),
    ];
    const sql = `;; -- ;\n${statements.join(' ;\n/* ; /* ; */ ; */')}`;
    expect(scriptStatements(sql).map(({ start, end }) => sql.slice(start, end))).toEqual(statements);
  });
});

describe('images', () => {
  async function copyOfCache(): Promise<string> {
    const copy = await mkdtemp(join(directory, 'copy-'));
    await cp(cache, copy, { recursive: true });
    return copy;
  }

  test('a truncated or changed image is built anew', async () => {
    const copy = await copyOfCache();
    const key = imageKey(scripts, findPackages());
    const image = join(copy, `${key}.image`);
    const changeOneBit = async (): Promise<void> => {
      const bytes = await readFile(image);
      bytes[bytes.length >> 1]! ^= 1;
      await writeFile(image, bytes);
    };
    for (const damage of [changeOneBit, () => truncate(image, 1_000), () => truncate(image)]) {
      await damage();
      const rebuilt = await openPGlite({ scripts, cache: copy });
      expect(await firstValue(`select to_regclass('notes')`, {}, rebuilt)).toBe('notes');
      await rebuilt.close();
      expect(await new ImageCache(copy, () => undefined).read(key)).toBeDefined();
    }
    expect((await readdir(copy)).filter((name) => !name.endsWith('.image'))).toEqual([]);
  });

  test('an image that is whole, and yet no database, is built anew, and the one under it as well', async () => {
    const copy = await copyOfCache();
    const keys = [scripts, []].map((each) => imageKey(each, findPackages()));
    for (const damaged of [keys.slice(0, 1), keys]) {
      for (const key of damaged) await new ImageCache(copy, () => undefined).write(key, new Uint8Array(5000));
      const rebuilt = await openPGlite({ scripts, cache: copy });
      expect(await firstValue(`select to_regclass('notes')`, {}, rebuilt)).toBe('notes');
      await rebuilt.close();
      const kept = await new ImageCache(copy, () => undefined).read(keys[0]!);
      expect(kept!.length).toBeGreaterThan(5000);
    }
  });

  test('two processes that build the same image at once both get it', async () => {
    const copy = await copyOfCache();
    const source = new URL('../../src/sql/pglite/open.ts', import.meta.url).href;
    const program = `
      const { openPGlite } = await import(${JSON.stringify(source)});
      const scripts = [{ name: 'shared', sql: 'create table shared as select 42 as answer' }];
      const database = await openPGlite({ scripts, cache: ${JSON.stringify(copy)} });
      const { results } = await database.run({ at: 0, queries: [{ text: 'select answer from shared' }] });
      console.log(results[0].rows[0][0]);
      await database.close();`;
    const start = (): Promise<{ stdout: string; stderr: string }> =>
      promisify(execFile)(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program]);
    const both = await Promise.all([start(), start()]);
    expect(both.map(({ stdout }) => stdout.trim())).toEqual(['42', '42']);
    const names = await readdir(copy);
    expect(names.filter((name) => name.endsWith('.image'))).toHaveLength(3);
    expect(names).toHaveLength(3);
  });

  test('a cache that cannot be written is done without, and said once', async () => {
    const file = join(directory, 'a-file');
    await writeFile(file, '');
    const notices: string[] = [];
    const options = { scripts: scripts.slice(1), cache: join(file, 'cache') };
    const uncached = await openPGlite({ ...options, onNotice: (line) => notices.push(line) });
    expect(await firstValue(`select to_regclass('notes')`, {}, uncached)).toBe('notes');
    expect(uncached.versions).toEqual({ postgres: '18.3', pglite: '0.5.8' });
    await uncached.close();
    expect(notices).toEqual([
      expect.stringMatching(/^the database image cannot be saved in .*, so pgtwin continues without it/),
    ]);
  });

  test('a script that does not install leaves no image behind', async () => {
    const copy = await copyOfCache();
    const before = await readdir(copy);
    const broken = { name: '20250101_broken.sql', sql: 'create table a (b int);\ncreate table a (b int)' };
    await expect(openPGlite({ scripts: [broken], cache: copy })).rejects.toMatchObject({
      name: 'ScriptError',
      message: '20250101_broken.sql:2: relation "a" already exists (SQLSTATE 42P07)',
    });
    expect(await readdir(copy)).toEqual(before);
  });
});

describe('what can go wrong', () => {
  test('a package that is not installed is named, with the command that installs it', async () => {
    const manifest = await readFile(join(import.meta.dirname, '../../package.json'), 'utf8');
    const { devDependencies: ours } = JSON.parse(manifest) as { devDependencies: Record<string, string> };
    const [database, queue] = ['@electric-sql/pglite', '@electric-sql/pglite-pgmq'];
    const missing = (): never => {
      throw new Error('MODULE_NOT_FOUND');
    };
    expect(() => findPackages(missing)).toThrow(SetupError);
    expect(() => findPackages(missing)).toThrow(
      `the package ${database} is not installed: npm install -D ${database}@${ours[database!]} ${queue}@${ours[queue!]}`,
    );
  });

  test('another version of a package is named, with the command that installs the one that is needed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pgtwin-'));
    try {
      const { resolve } = createRequire(import.meta.url);
      await mkdir(join(folder, 'dist'));
      await writeFile(join(folder, 'package.json'), '{"version":"0.5.17"}');
      const entry = join(folder, 'dist', 'index.js');
      const another = (of: string) => (name: string) => (name === of ? entry : resolve(name));
      expect(() => findPackages(another('@electric-sql/pglite'))).toThrow(
        'the installed @electric-sql/pglite is 0.5.17, and pgtwin needs 0.5.8: npm install -D @electric-sql/pglite@0.5.8 @electric-sql/pglite-pgmq@0.0.6',
      );
      expect(() => findPackages(another('@electric-sql/pglite-pgmq'))).toThrow(
        'the installed @electric-sql/pglite-pgmq is 0.5.17, and pgtwin needs 0.0.6',
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('when the database breaks, all that waits and all that follows fails as the driver, not as SQL', async () => {
    const doomed = await openPGlite({ scripts, cache });
    // Too deep for any stack, and through it before Postgres looks: the thread cannot go on.
    const depth = 3_000_000;
    const nested = '['.repeat(depth) + ']'.repeat(depth);
    const dies = doomed.run({ at: noon, queries: [{ text: 'select $1::jsonb', params: [nested] }] });
    const waits = doomed.run({ at: noon, queries: [{ text: 'select 1' }] });
    await expect(dies).rejects.toThrow(DriverError);
    await expect(waits).rejects.toThrow(DriverError);
    await expect(run('select 1', {}, doomed)).rejects.toThrow(DriverError);
    await expect(doomed.script('select 1')).rejects.toThrow(DriverError);
    await doomed.close();
  });

  test('a statement that leaves a transaction open breaks the driver', async () => {
    const doomed = await openPGlite({ scripts, cache });
    await expect(run('begin', {}, doomed)).rejects.toThrow(/left its transaction open: begin/);
    await doomed.close();
  });

  test('a closed database answers no more', async () => {
    const closed = await openPGlite({ scripts, cache });
    const pending = run('select pg_sleep(100000)', {}, closed);
    await Promise.all([expect(pending).rejects.toThrow(DriverError), closed.close()]);
    await expect(run('select 1', {}, closed)).rejects.toThrow(DriverError);
    await closed.close();
  });
});
