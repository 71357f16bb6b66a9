import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { executeTrace } from '../../../src/harness/lockstep/lockstep.ts';
import { executeWithMoments } from '../../../src/harness/lockstep/moments.ts';
import { RecentMoments } from '../../../src/harness/lockstep/recent-moments.ts';
import { comparisonPage } from '../../../src/harness/report/html/comparison-page.ts';
import type { Row } from '../../../src/model/kernel/transition.ts';
import type { BatchResult } from '../../../src/sql/driver.ts';
import { openToyDriver, type ToyCommand, toyRelease } from './toy-engine.ts';

const tableOf = (rows: readonly Row[]) => new Map([['t', rows]]);

function kept(limit: number, all: readonly (readonly Row[])[]) {
  const recent = new RecentMoments<number>(limit);
  for (const [i, rows] of all.entries()) recent.add(i, [tableOf(rows)]);
  return { moments: recent.moments, leftOut: recent.leftOut, last: recent.lastLeftOut };
}

describe('the moments of a trace', () => {
  const large = () => [{ text: 'x'.repeat(1000) }];

  it('are all kept where they are small', () => {
    const all = Array.from({ length: 50 }, () => large());
    expect(kept(1e6, all)).toEqual({ moments: all.map((_, i) => i), leftOut: 0, last: undefined });
  });

  it('are the last ones where memory does not hold all, and one at least', () => {
    const all = Array.from({ length: 50 }, () => large());
    expect(kept(12_000, all)).toMatchObject({ leftOut: 40, last: 39 });
    expect(kept(1, all)).toEqual({ moments: [49], leftOut: 49, last: 48 });
  });

  it('count what they share once', () => {
    const [table, row] = [large(), large()[0]!];
    const shared = Array.from({ length: 500 }, () => table);
    expect(kept(12_000, shared).leftOut).toBe(0);
    const sameRow = Array.from({ length: 500 }, () => [row]);
    expect(kept(12_000, sameRow).leftOut).toBe(0);
  });

  it('may hold values that are nested deep', () => {
    let nested: unknown = 'x'.repeat(500);
    for (let i = 0; i < 100_000; i++) nested = [nested];
    expect(kept(1, [[{ nested }]])).toMatchObject({ moments: [0] });
  });
});

const commands = (count: number, text: string) => ({
  engine: 'toy',
  release: '2.0.0',
  startedAt: '2030-01-01T00:00:00.000Z',
  commands: Array.from({ length: count }, (_, i) => ({
    at: i,
    command: { type: 'create', name: `${i}${text}` } satisfies ToyCommand,
  })),
});

it('a trace that is executed holds on to no answer that was compared', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const driver = openToyDriver();
  const answers: WeakRef<BatchResult>[] = [];
  let most = 0;
  const watched = {
    ...driver,
    async run(batch: Parameters<typeof driver.run>[0]) {
      const answer = await driver.run(batch);
      answers.push(new WeakRef(answer));
      // A turn of the event loop, since what was looked at in this one stays.
      await new Promise((resolve) => setImmediate(resolve));
      collect();
      most = Math.max(most, answers.filter((each) => each.deref() !== undefined).length);
      return answer;
    },
  };
  await executeTrace(toyRelease, watched, commands(60, ''), { ahead: 4 });
  expect(answers.length).toBeGreaterThan(60);
  expect(most).toBeLessThan(12);
});

it('a page of too many moments says which are left out, and counts them all', async () => {
  const trace = commands(60, 'x'.repeat(200_000));
  const recording = await executeWithMoments(toyRelease, openToyDriver(), trace);
  const { leftOut, moments } = recording;
  expect(leftOut).toBeGreaterThan(0);
  expect(leftOut + moments.length).toBe(60);
  const page = comparisonPage({
    ...{ release: toyRelease as never, trace, recording, versions: {}, remarks: ['known'], facts: [] },
    replay: null,
  });
  expect(page.title).toBe('The SQL agrees with the model: 60 commands.');
  expect(page.remarks).toEqual([
    `This page does not show the first ${leftOut} of 60 commands, which would need too much memory.`,
    'known',
  ]);
  expect(page.initial.get('toy.counters')).toHaveLength(leftOut);
});
