/** The page of a run: what concerns it, moment by moment, in one file. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Run, SimulationError, simulate } from '../../../src/harness/pgflow/twin/index.ts';
import type { PageData } from '../../../src/harness/report/html/page-data.ts';
import { Analyze, Chain, Greet, Squares } from './flows.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pgtwin-run-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function pageOf(run: Pick<Run, 'report'>): Promise<{ page: string; data: PageData }> {
  const file = join(folder, 'pages', 'run.html');
  await run.report(file);
  const page = await readFile(file, 'utf8');
  const [, json] = /<script type="application\/json" id="data">([^<]*)<\/script>/.exec(page)!;
  return { page, data: JSON.parse(json!) };
}

/** The rows that a table holds at a moment, by column. */
function rowsAt({ moments, tables, contents, rows, texts }: PageData, position: number, name: string) {
  const table = tables.findIndex((each) => each.name === name);
  const [, content] = moments.at(position)!.sides[0]!.tables.find(([each]) => each === table)!;
  return contents[content]!.map((row) =>
    Object.fromEntries(rows[row]!.map((text, i) => [tables[table]!.columns[i], texts[text]])),
  );
}

const title = (page: string) => /<h1>(.*)<\/h1>/.exec(page)?.[1];

describe('the page of a run', () => {
  it('has a moment for each command, told in the words of the timeline', async () => {
    const sim = simulate(Chain);
    const run = await sim.start({ n: 1 }).finish();
    const { page, data } = await pageOf(run);
    expect(title(page)).toBe('Run 1 of chain has completed.');
    expect(data.sides).toEqual(['simulation']);
    expect(data.moments.map(({ sql }) => /^(?:--.*|insert|[\w.]+)/.exec(sql)?.[0])).toEqual([
      'insert',
      '-- worker 1 starts',
      'pgflow.start_flow',
      ...['first', 'second', 'third'].flatMap(() => [
        'pgmq.read',
        'pgflow.start_tasks',
        'pgflow.complete_task',
      ]),
    ]);
    expect(data.moments.at(-1)?.note).toBe(
      'third completes with {"n":4} · run 1 completes with {"third":{"n":4}}',
    );
    const told = data.moments.flatMap(({ sql, note }) => [
      ...(sql.startsWith('--') ? [sql.slice(3)] : []),
      ...(note ? note.split(' · ') : []),
    ]);
    expect(told).toEqual(
      run.timeline.map(({ step, run: number, text }) =>
        [step ?? (number && `run ${number}`), text].filter(Boolean).join(' '),
      ),
    );
    expect(
      rowsAt(data, -1, 'pgflow.step_states').map(({ step_slug, status }) => [step_slug, status]),
    ).toEqual([
      ['first', 'completed'],
      ['second', 'completed'],
      ['third', 'completed'],
    ]);
    expect(rowsAt(data, -1, 'realtime.sent')).toHaveLength(run.broadcasts.length);
    expect(data.graphs.map(({ nodes }) => nodes)).toEqual([['first', 'second', 'third']]);
  });

  it('leaves out what other runs do, but not what befalls the workers', async () => {
    const sim = simulate(Greet);
    sim.step('hello').crashes('after').on({ run: 1 });
    const [first, second] = [sim.start({ name: 'Ada' }), sim.start({ name: 'Bob' }, { after: '1m' })];
    sim
      .step('hello')
      .returns({ at: new Date(0) } as never)
      .on({ run: 2 });
    await sim.finish();
    const stuck = await pageOf(first);
    expect(title(stuck.page)).toBe('Run 1 of greet is stuck: stalled-tasks-are-never-retried');
    expect(stuck.page).toContain('pgflow 0.8.1 never starts a started task again');
    expect(stuck.data.moments.map(({ sql }) => sql)).toContain(
      '-- worker 1 crashes after the work of run 1 hello',
    );
    expect(stuck.data.moments.map(({ sql }) => sql).join('\n')).not.toContain('Bob');

    const other = await pageOf(second);
    expect(title(other.page)).toBe('Run 2 of greet has completed.');
    expect(other.page).toContain('Warning of hello, attempt 1: $.at: a Date became a string');
    expect(other.page).not.toContain('Ada');
    for (const table of ['pgflow.runs', 'pgflow.step_tasks', 'pgmq.a_greet']) {
      expect(rowsAt(other.data, -1, table)).toHaveLength(1);
    }
    expect(rowsAt(other.data, -1, 'pgflow.workers')).toHaveLength(2);
  });

  it('is there before the run has ended, or begun, and after it was refused', async () => {
    const sim = simulate(Analyze);
    const run = sim.start({ url: 'u' });
    const before = await pageOf(run);
    expect(title(before.page)).toBe('Run 1 of analyzeWebsite has not started yet.');
    expect(before.data.moments).toEqual([]);
    await sim.advance('1s');
    expect(title((await pageOf(run)).page)).toBe('Run 1 of analyzeWebsite has not ended yet.');
    const failing = simulate(Chain);
    failing.step('second').throws(new Error('<b>429</b>'));
    const failed = await failing.start({ n: 1 }).finish();
    expect(title((await pageOf(failed)).page)).toBe(
      'Run 1 of chain has failed: &quot;&lt;b&gt;429&lt;/b&gt;&quot;',
    );
    const refused = simulate(Squares).start('no list' as never);
    await refused.finish().catch(() => {});
    expect(title((await pageOf(refused)).page)).toBe('Run 1 of squares has not started: it was refused.');
  });

  it('of a large run shows the end, and says how much it leaves out', async () => {
    const sim = simulate(Squares);
    const run = await sim.start(Array.from({ length: 1000 }, (_, i) => i)).finish();
    const { page, data } = await pageOf(run);
    const [, leftOut, all] = /This page does not show the first (\d+) of (\d+) moments\./.exec(page)!;
    expect(data.moments).toHaveLength(Number(all) - Number(leftOut));
    expect(data.moments.length).toBeGreaterThanOrEqual(10);
    expect(page.length).toBeLessThan(6e6);
    expect(data.moments.at(-1)?.note).toContain('run 1 completes');
  });

  it('is the same to the byte for the same run', async () => {
    const play = async () => {
      const sim = simulate(Analyze, { seed: 5, workers: 2 });
      return (await pageOf(await sim.start({ url: 'u' }).finish())).page;
    };
    expect(await play()).toBe(await play());
  });

  it('says which file cannot be written', async () => {
    const run = await simulate(Greet).start({ name: 'Ada' }).finish();
    await expect(run.report('')).rejects.toThrow('the file of report() is "": expected a path');
    await expect(run.report(undefined as never)).rejects.toThrow(SimulationError);
    await expect(run.report(folder)).rejects.toThrow(
      /^the file of report\(\), .*: is a directory: name a file$/,
    );
  });
});
