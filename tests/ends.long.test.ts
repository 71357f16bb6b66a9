// Long tier: it starts the command many times, with databases of its own.
/** How a command ends when it is interrupted, and when a statement does not end. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { InterruptedError, StatementLimitError } from '../src/sql/driver.ts';
import { openPGlite } from '../src/sql/pglite/open.ts';
import { firstMigrations, migrationDirectory } from './support/migration-directory.ts';
import { startPgtwin } from './support/process.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pgtwin-ends-'));
});
afterAll(() => rm(folder, { recursive: true }));

const endless = 'do $$ begin loop end loop; end $$;';
const project = (sql: string) => migrationDirectory(firstMigrations(12), { '20990101000000_own.sql': sql });

const statuses = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const;

describe('a signal', () => {
  test.each(statuses)('%s ends verify with its report and its status', async (name, wanted) => {
    const json = join(folder, `${name}.json`);
    const { status, out } = await startPgtwin(
      ['verify', '--samples', '5000', '--workers', '1', '--seed', '7', '--json', json, '--out', folder],
      { signal: { name, when: 'pglite' } },
    );
    expect(out).toContain('Interrupted');
    expect(out).toContain('seed 7');
    expect(status).toBe(wanted);
    expect(await readdir(folder)).toContain(`${name}.json`);
  });

  test.each(statuses)('%s ends an installation that does not end, by force', async (name, wanted) => {
    const directory = await project(`create table pgflow.a (b int); ${endless}`);
    const executed =
      'while the database executed 20990101000000_own.sql:1: do $$ begin loop end loop; end $$';
    let ended: Awaited<ReturnType<typeof startPgtwin>>;
    // On a busy machine it may not have come so far; in the end it has.
    let when = 5000;
    do {
      ended = await startPgtwin(['replay', trace, '--migrations', directory], { signal: { name, when } });
      when *= 3;
    } while (!ended.err.includes(executed) && when < 60_000);
    expect(ended.err).toBe(`pgtwin: interrupted ${executed}\n`);
    expect(ended.status).toBe(wanted);
  });

  test.each([100, 700, 1500, 3000])('leaves nothing half-written, %i ms after the start', async (when) => {
    const cache = await mkdtemp(join(folder, 'cache-'));
    const out = await mkdtemp(join(folder, 'out-'));
    const { status } = await startPgtwin(
      [
        'diff',
        '--from',
        '0.1.20',
        '--to',
        '0.8.1',
        '--samples',
        '500',
        '--out',
        out,
        '--json',
        join(out, 'a.json'),
      ],
      { env: { PGTWIN_CACHE: cache }, signal: { name: 'SIGTERM', when } },
    );
    // Before it listens to signals, it ends as any process does: by the signal, with no status.
    expect([143, null]).toContain(status);
    for (const name of [...(await readdir(cache)), ...(await readdir(out))])
      expect(name).toMatch(/\.(image|json)$/);
  });
});

const trace = join(
  import.meta.dirname,
  'conformance/pgflow/traces/a-run-is-read-whole-and-deleted-when-it-is-completed.json',
);

describe('a statement that goes on past its limit', () => {
  const limit = { PGTWIN_STATEMENT_LIMIT: '2s' };
  test.each([
    [
      'in a migration',
      `create table pgflow.a (b int);\n${endless}`,
      '20990101000000_own.sql:2: do $$ begin loop end loop; end $$',
    ],
    [
      'in a wait',
      'create table pgflow.a (b int);\nselect pg_sleep(1000000);',
      '_own.sql:2: select pg_sleep(1000000)',
    ],
    [
      'in a command',
      `create or replace function pgflow.is_valid_slug(slug text) returns boolean language plpgsql as
       'begin loop end loop; end';`,
      'select * from pgflow.create_flow(',
    ],
  ])('%s is named, and ends with 2', async (_, sql, place) => {
    const { status, err } = await startPgtwin(['replay', trace, '--migrations', await project(sql)], {
      env: limit,
    });
    expect(err).toContain('a statement was ended after 2s of real time: ');
    expect(err).toContain(place);
    expect(err).toContain('set PGTWIN_STATEMENT_LIMIT');
    expect(err.trim()).not.toContain('\n');
    expect(status).toBe(2);
  });

  test('that is no duration is refused', async () => {
    const { status, err } = await startPgtwin(['replay', trace], { env: { PGTWIN_STATEMENT_LIMIT: 'soon' } });
    expect(err).toBe('pgtwin: PGTWIN_STATEMENT_LIMIT is "soon": give a duration such as 90s or 5m\n');
    expect(status).toBe(2);
  });
});

describe('a database', () => {
  test('whose signal is aborted ends by force where it works, and begins nothing where it does not', async () => {
    const controller = new AbortController();
    const [busy, idle] = await Promise.all(
      [1, 2].map(() => openPGlite({ scripts: [], signal: controller.signal })),
    );
    const works = busy!.script(endless, 'endless');
    const seen = expect(works).rejects.toThrow(InterruptedError);
    controller.abort();
    await seen;
    await new Promise((resolve) => setTimeout(resolve, 600));
    await expect(idle!.run({ at: 0, queries: [{ text: 'select 1' }] })).rejects.toThrow(InterruptedError);
    await Promise.all([busy!.close(), idle!.close()]);
  });

  test('that has reached a limit says so to all that is asked later', async () => {
    process.env.PGTWIN_STATEMENT_LIMIT = '500ms';
    try {
      const driver = await openPGlite({ scripts: [] });
      await expect(driver.script(endless, 'endless')).rejects.toThrow(StatementLimitError);
      await expect(driver.script('select 1')).rejects.toThrow(StatementLimitError);
      await driver.close();
    } finally {
      delete process.env.PGTWIN_STATEMENT_LIMIT;
    }
  });

  test('ends in good order, again and again', async () => {
    for (let round = 0; round < 20; round++) {
      const driver = await openPGlite({ scripts: [] });
      await driver.run({ at: 0, queries: [{ text: 'select 1' }] });
      await driver.close();
    }
  });
});
