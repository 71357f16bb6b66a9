// Long tier: two hundred random schedules, each on the SQL as well.
/**
 * Random schedules on the model and on the real SQL: the same timeline, to the byte. Two hundred of them;
 * `PGTWIN_SCHEDULES=1000` for that many.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type FlowSchedule, schedules } from '../../../src/harness/pgflow/twin/fast-check.ts';
import { simulate } from '../../../src/harness/pgflow/twin/index.ts';
import { Analyze, Chain, Squares } from './flows.ts';

const count = Number(process.env.PGTWIN_SCHEDULES ?? 200);
const seed = Number(process.env.PGTWIN_SEED ?? Date.now() % 2 ** 31);

type Backend = 'model' | 'pglite';

/** A way to draw schedules of one flow, and to see what comes of one. */
interface Subject {
  readonly draw: (count: number) => FlowSchedule[];
  readonly play: (schedule: FlowSchedule, backend: Backend) => Promise<Seen>;
}
interface Seen {
  readonly timeline: string;
  readonly runs: readonly unknown[];
}

const worker = { batchSize: 3, maxConcurrent: 2 };
const subjects: readonly Subject[] = [
  {
    draw: (numRuns) => fc.sample(schedules(Analyze, { runs: 2 }), { seed, numRuns }),
    play: async (schedule, backend) => {
      const sim = simulate(Analyze, { schedule, backend });
      sim.start({ url: 'https://example.com' });
      sim.start({ url: 'https://example.org' }, { after: '700ms' });
      await finish(sim.runs);
      return seen(sim);
    },
  },
  {
    draw: (numRuns) => fc.sample(schedules(Squares, { elements: 5 }), { seed: seed + 1, numRuns }),
    play: async (schedule, backend) => {
      const sim = simulate(Squares, { schedule, backend, worker });
      await sim.start([1, 2, 3, 4, 5]).finish();
      await sim.advance('10s');
      return seen(sim);
    },
  },
  {
    draw: (numRuns) => fc.sample(schedules(Chain, { maxFaults: 5, runs: 3 }), { seed: seed + 2, numRuns }),
    play: async (schedule, backend) => {
      const sim = simulate(Chain, { schedule, backend, replaceCrashedWorkers: '3s' });
      for (const n of [1, 2, 3]) sim.start({ n }, { after: n * 400 });
      await finish(sim.runs);
      return seen(sim);
    },
  },
];

/** A run is refused that starts while the database is out of reach. */
async function finish(runs: readonly { finish(): Promise<unknown> }[]): Promise<void> {
  for (const run of runs) await run.finish().catch(() => {});
}

interface Played {
  close(): Promise<void>;
  readonly timeline: unknown;
  readonly runs: readonly { status: string; output: unknown; error: unknown; stuck: unknown }[];
}
async function seen(sim: Played): Promise<Seen> {
  await sim.close();
  const runs = sim.runs.map(({ status, output, error, stuck }) => ({ status, output, error, stuck }));
  return { timeline: String(sim.timeline), runs };
}

const timeout = 60_000 + 2_000 * count;

it(`random schedules have the same timeline on the model and on the SQL (seed ${seed})`, {
  timeout,
}, async () => {
  const drawn = subjects.map(({ draw }) => draw(Math.ceil(count / subjects.length)));
  let lines = 0;
  for (let played = 0; played < count; played++) {
    const which = played % subjects.length;
    const schedule = drawn[which]![Math.floor(played / subjects.length)]!;
    const { play } = subjects[which]!;
    const model = await play(schedule, 'model');
    const sql = await play(schedule, 'pglite');
    const about = `flow ${which}, seed ${seed}, PGTWIN_SEED=${seed}\n${schedule}`;
    expect(sql.timeline, about).toBe(model.timeline);
    expect(sql.runs, about).toEqual(model.runs);
    lines += model.timeline.split('\n').length;
  }
  console.log(`${count} schedules, ${lines} lines of timelines, equal on both (seed ${seed})`);
  expect(lines).toBeGreaterThan(8 * count);
});
