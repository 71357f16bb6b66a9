import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../../src/harness/cli/main.ts';
import type { PageData } from '../../../src/harness/report/html/page-data.ts';
import { toyServices } from './toy-diff.ts';
import type { ToyDriverOptions } from './toy-engine.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pgtwin-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function pgtwin(words: string[], options: ToyDriverOptions & { signal?: AbortSignal } = {}) {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const { signal = new AbortController().signal, ...driver } = options;
  const status = await run(words, { stdout, stderr, env: {}, signal, services: toyServices(driver) });
  const text = (stream: PassThrough) => String(stream.read() ?? '');
  return { status, out: text(stdout), err: text(stderr) };
}

const toyDiff = (from: string, to: string, ...more: string[]) => [
  'diff',
  ...['--engine', 'toy', '--from', from, '--to', to, '--samples', '30', '--out', join(folder, 'out')],
  ...more,
];

/** What is embedded in a page. */
function pageData(page: string): PageData {
  return JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page)![1]!);
}

async function allowedFile(...entries: object[]): Promise<string> {
  const file = join(folder, 'allowed.json');
  await writeFile(file, JSON.stringify(entries));
  return file;
}

describe('pgtwin diff', () => {
  it('ends with 0 where two sides behave the same', async () => {
    const { status, out, err } = await pgtwin(toyDiff('1.0.0', '2.0.0'));
    expect(out).toMatch(/^pgtwin \d\S*: toy 1\.0\.0 \(1 migration\) against 2\.0\.0 \(1 migration\)/);
    expect(out).toContain('1.0.0 and 2.0.0 behave the same: 30 samples');
    expect(err).toBe('');
    expect(status).toBe(0);
    expect(await readdir(folder)).toEqual([]);
  });

  it('ends with 1 at a difference, shows the fewest commands, and leaves a trace that shows it again', async () => {
    const { status, out } = await pgtwin(toyDiff('1.0.0', '1.2.0'));
    expect(status).toBe(1);
    expect(out).toContain('1.2.0 behaves differently from 1.0.0 in 3 ways: 30 samples');
    expect(out).toMatch(/^1\. add: returned value, in \d+ of 30 samples\n {3}also: counters\.value$/m);
    expect(out).toContain('result[0].value  1.0.0 7  1.2.0 0');
    const again = /^ {3}replay: npx pgtwin (diff .*)$/m.exec(out)![1]!;
    const files = await readdir(join(folder, 'out'));
    expect(files.map((name) => name.replace(/^.*\./, '')).sort()).toEqual([
      ...Array(3).fill('html'),
      ...Array(3).fill('json'),
    ]);

    const second = await pgtwin(again.split(' '));
    expect(second.status).toBe(1);
    expect(second.out).toContain('1. add: returned value\n');
    expect((await pgtwin(again.replace('--to 1.2.0', '--to 2.0.0').split(' '))).status).toBe(0);
  });

  it('leaves a page of each difference, with both sides after every command', async () => {
    const { out } = await pgtwin(toyDiff('1.0.0', '1.2.0'));
    const pages = [...out.matchAll(/^ {3}page: (.*)$/gm)].map(([, file]) => file!);
    expect(pages).toHaveLength(3);
    const first = await readFile(pages[0]!, 'utf8');
    expect(first).toContain('<title>1.2.0 behaves differently from 1.0.0: ');
    expect(first).toContain('npx pgtwin diff --engine toy --from 1.0.0 --to 1.2.0 --trace ');
    expect(pageData(first)).toMatchObject({ sides: ['1.0.0', '1.2.0'] });
    expect(
      pageData(first)
        .moments.at(-1)!
        .differences.map(({ where }) => where),
    ).toEqual(['result[0].value', 'counters[0].value']);
    // What differs is made alike before the next command, and that is a moment of its own.
    const second = pageData(await readFile(pages[1]!, 'utf8')).moments.map(({ sql }) => sql);
    expect(second).toContain('-- copy: the tables of 1.0.0 replace those of 1.2.0');
  });

  it('shows every moment of one trace when asked, whether the sides differ in it or not', async () => {
    const { out } = await pgtwin(toyDiff('1.0.0', '1.2.0'));
    const again = /^ {3}replay: npx pgtwin (diff .*)$/m.exec(out)![1]!.split(' ');
    const html = join(folder, 'page.html');
    const differing = await pgtwin([...again, '--html', html]);
    expect(differing.out).toContain(`page: ${html}\n`);
    expect(await readFile(html, 'utf8')).toContain('<title>1.2.0 behaves differently from 1.0.0');
    const same = await pgtwin([...again.join(' ').replace('--to 1.2.0', '--to 2.0.0').split(' '), '--html']);
    expect(same.status).toBe(0);
    const beside = again.at(-1)!.replace(/json$/, 'html');
    expect(same.out).toContain(`page: ${beside}\n`);
    expect(await readFile(beside, 'utf8')).toContain('<title>1.0.0 and 2.0.0 behave the same: ');
    const alone = await pgtwin(toyDiff('1.0.0', '1.2.0', '--html', html));
    expect(alone.err).toBe(
      'pgtwin: --html needs --trace; without --trace, pages are written to --out; see pgtwin diff --help\n',
    );
    expect(alone.status).toBe(2);
  });

  it('says what only shows after something else, and may follow from it', async () => {
    const { out } = await pgtwin(toyDiff('1.0.0', '1.2.0'));
    const [, ...others] = out.split(/^\d\. /m).slice(1);
    expect(others).toHaveLength(2);
    for (const other of others)
      expect(other).toContain('seen only after difference 1, and may be a consequence of it');
  });

  it('finds the same when it looks again, apart from the time', async () => {
    const reports = await Promise.all(
      [1, 2].map(async () => {
        const { out } = await pgtwin(toyDiff('1.0.0', '1.1.0', '--seed', '5', '--json', '-'));
        return out.replace(/"seconds": .*/, '');
      }),
    );
    expect(reports[0]).toContain('"function": "add"');
    expect(reports[1]).toBe(reports[0]);
  });

  it('ends with 0 where every difference is allowed, and says which', async () => {
    const reason = 'seven brings luck';
    const allowed = await allowedFile(
      { function: 'add', where: 'returned value', reason },
      { function: '*', where: 'counters.value', reason },
      { function: 'list', where: 'returned value', reason },
      { function: 'add', where: 'refused with 23514 (to only)', reason },
    );
    const { status, out } = await pgtwin(toyDiff('1.0.0', '1.2.0', '--allowed', allowed));
    expect(out).toContain(`allowed: add, returned value (${reason})`);
    expect(status).toBe(0);
  });

  it('ends with 1 where one of several places is not allowed', async () => {
    const allowed = await allowedFile({ function: 'add', where: 'returned value', reason: 'luck' });
    const { status, out } = await pgtwin(toyDiff('1.0.0', '1.2.0', '--allowed', allowed));
    expect(out).toContain('1. add: counters.value');
    expect(status).toBe(1);
  });

  it('writes a test case for each difference as JUnit', async () => {
    const file = join(folder, 'junit.xml');
    await pgtwin(toyDiff('1.0.0', '1.2.0', '--junit', file));
    const xml = await readFile(file, 'utf8');
    expect(xml).toContain('<testsuites tests="3" failures="3"');
    expect(xml).toContain('name="add: returned value"');
    await pgtwin(toyDiff('1.0.0', '2.0.0', '--junit', file));
    expect(await readFile(file, 'utf8')).toContain('<testsuites tests="1" failures="0"');
  });

  it('ends with 130 when interrupted, and tells what was done so far', async () => {
    const controller = new AbortController();
    let batches = 0;
    const before = () => {
      if (++batches > 60) controller.abort();
    };
    const { status, out } = await pgtwin(toyDiff('1.0.0', '1.2.0'), { before, signal: controller.signal });
    expect(out).toMatch(/Interrupted after \d+ samples?/);
    expect(status).toBe(130);
  });

  it.each([
    ['a side is not named', () => ['diff', '--from', '1.0.0'], /required option '--to <side>'/],
    [
      'a side is not there',
      () => toyDiff('1.0.0', '9.9.9'),
      /^pgtwin: --to 9\.9\.9: expected a release or a directory of migrations; releases: 1\.0\.0, 1\.1\.0, /,
    ],
    [
      'a file of allowed differences is not there',
      () => toyDiff('1.0.0', '2.0.0', '--allowed', '/none'),
      /no such file/,
    ],
    [
      'two budgets are given',
      () => toyDiff('1.0.0', '2.0.0', '--for', '1s'),
      /--for and --samples exclude each other/,
    ],
  ])('ends with 2 and one line where %s', async (_, words, line) => {
    const { status, err } = await pgtwin(words());
    expect(err).toMatch(line);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(status).toBe(2);
  });

  it.each([
    [
      [{ function: 'add', where: 'nothing', reason: 'gone' }],
      /allowed\.json: \(add, nothing\) was not found; remove it/,
    ],
    [[{ function: 'add', where: 'x' }], /allowed\.json: \[0\]\.reason: is missing/],
    [[{ function: 'add', where: 'x', reason: 'y', why: 1 }], /allowed\.json: \[0\]: unknown key "why"/],
  ])('ends with 2 where an allowed difference is not one: %j', async (entries, line) => {
    const allowed = await allowedFile(...entries);
    const { status, err } = await pgtwin(toyDiff('1.0.0', '1.2.0', '--allowed', allowed));
    expect(err).toMatch(line);
    expect(status).toBe(2);
  });

  it('ends with 2 where the trace is of a release that these two are not asked in', async () => {
    const file = join(folder, 'trace.json');
    const trace = { engine: 'toy', release: '7', startedAt: '2030-01-01T00:00:00.000Z', commands: [] };
    await writeFile(file, JSON.stringify(trace));
    const words = ['diff', '--engine', 'toy', '--from', '1.0.0', '--to', '1.2.0', '--trace', file];
    const { status, err } = await pgtwin(words);
    expect(err).toContain('unknown release "7" of toy');
    expect(status).toBe(2);
  });
});

describe('pgtwin replay --as', () => {
  it('prints a script and executes nothing', async () => {
    const file = join(folder, 'a-counter.json');
    const commands = [{ at: 0, command: { type: 'create', name: 'a' } }];
    await writeFile(
      file,
      JSON.stringify({ engine: 'toy', release: '2.0.0', startedAt: '2030-01-01T00:00:00.000Z', commands }),
    );
    const before = () => {
      throw new Error('the database was asked');
    };
    const { status, out } = await pgtwin(['replay', file, '--as', 'psql'], { before });
    expect(out).toBe('select toy.create({"type":"create","name":"a"});\n');
    expect(status).toBe(0);
    for (const [form, line] of [
      [
        'ts',
        'a vitest test finds only the engines of pgtwin (pgflow, pgmq, event-store, dag-cascade, activity-ledger, state-machine)',
      ],
      ['pgtap', 'there is no test in SQL for toy: Use --as ts'],
      ['sql', 'there is no test in SQL for toy: Use --as ts'],
      ['cobol', 'Allowed choices are pgtap, sql, ts, psql'],
    ] as const) {
      const refused = await pgtwin(['replay', file, '--as', form]);
      expect(refused.err).toContain(line);
      expect(refused.status).toBe(2);
    }
    expect((await pgtwin(['replay', file, '--as', 'psql', '--json', '-'])).err).toContain(
      'exclude each other',
    );
  });
});
