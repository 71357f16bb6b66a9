/** The same simulation on the model and on the real SQL: the same timeline, to the byte. */
import { Flow } from '@pgflow/dsl';
import { expect, it } from 'vitest';
import type { AnyFlow } from '../../../src/harness/pgflow/twin/flow/types.ts';
import { type SimulateOptions, type Simulation, simulate } from '../../../src/harness/pgflow/twin/index.ts';
import { Analyze, Chain, Greet, giving, Squares } from './flows.ts';

/** Steps that become ready together, and more messages than a batch holds. */
const Fan = new Flow<{ n: number }>({ slug: 'FanOut', maxAttempts: 2, baseDelay: 2 })
  .array({ slug: 'zeta' }, ({ run }) => Array.from({ length: run.n }, (_, i) => i + 1))
  .step({ slug: 'q5', dependsOn: ['zeta'] }, () => 1)
  .step({ slug: 'x2', dependsOn: ['zeta'] }, () => 1)
  .map({ slug: 'm3', array: 'zeta' }, (n) => n)
  .map({ slug: 'm1', array: 'zeta' }, (n) => n)
  .step({ slug: 'a9', dependsOn: ['zeta'] }, () => 1)
  .step({ slug: 'long_name_first', dependsOn: ['zeta'] }, () => 1)
  .step({ slug: 'b', dependsOn: ['m1', 'm3', 'q5', 'x2', 'a9', 'long_name_first'] }, ({ m1, m3 }) => [
    m1,
    m3,
  ]);

interface Scenario<F extends AnyFlow> {
  readonly title: string;
  readonly flow: F;
  readonly options?: SimulateOptions<F>;
  readonly act: (sim: Simulation<F>) => Promise<void>;
}
const scenario = <F extends AnyFlow>(each: Scenario<F>) => each as unknown as Scenario<AnyFlow>;

const scenarios = [
  scenario({
    title: 'retries, a map and a start delay',
    flow: Analyze,
    act: async (sim) => {
      sim.step('summary').throws(new Error('429')).times(2);
      sim.step('double').takes('3s');
      await sim.start({ url: 'https://example.com' }).finish();
    },
  }),
  scenario({
    title: 'several runs on several workers',
    flow: Fan,
    options: { seed: 7, workers: 3, worker: { batchSize: 4, maxConcurrent: 2 } },
    act: async (sim) => {
      for (const n of [0, 3, 12]) sim.start({ n }, { after: n * 300 });
      await sim.finish();
    },
  }),
  scenario({
    title: 'a run that fails while siblings work',
    flow: Squares,
    options: { workers: 2, worker: { batchSize: 2 } },
    act: async (sim) => {
      sim.step('square').throws({ code: 7 }).on({ index: 1 });
      sim.step('square').takes('60s').on({ index: 2 });
      await sim.start([1, 2, 3]).finish();
      await sim.advance('2m');
    },
  }),
  scenario({
    title: 'crashes, a stop, a kill and a deprecation',
    flow: Chain,
    options: { workers: 2 },
    act: async (sim) => {
      sim.step('second').crashes('after').on({ run: 1 });
      sim.step('first').takes('2s');
      const run = sim.start({ n: 1 });
      await run.finish();
      sim.workers[1]?.deprecate();
      await sim.advance('10s');
      sim.start({ n: 2 });
      await sim.advance('1s');
      sim.workers[2]?.kill();
      sim.addWorker().stop();
      await sim.advance('10s');
    },
  }),
  scenario({
    title: 'a message delivered twice, and a database out of reach',
    flow: Greet,
    options: { workers: 2 },
    act: async (sim) => {
      sim.step('hello').takes('10s');
      sim.duplicate('hello');
      sim.start({ name: 'Ada' });
      await sim.advance('5s');
      sim.database.unreachable('3s');
      await sim.start({ name: 'Bob' }, { after: '4s' }).finish();
      await sim.finish();
    },
  }),
  scenario({
    title: 'values that the database refuses',
    flow: giving(() => 'a\0b'),
    act: async (sim) => {
      sim
        .step('odd')
        .returns('\ud800' as never)
        .on({ attempt: 2 });
      await sim.start({ n: 1 }).finish();
      sim.step('odd').throws('a\0b').on({ run: 2 });
      await sim.start({ n: 1 }).finish();
    },
  }),
  scenario({
    title: 'texts with half a character, which a client encodes as another one',
    flow: Chain,
    act: async (sim) => {
      const cut = 'Upstream said: 🦁🦁'.slice(0, 16);
      sim.step('first').throws(new Error(cut)).on({ run: 1, attempt: 1 });
      sim.step('first').throws(cut).on({ run: 1, attempt: 2 });
      sim.step('first').throws({ cut }).on({ run: 2 });
      sim
        .step('first')
        .returns(cut as never)
        .on({ run: 3 });
      await sim.start({ n: 1 }).finish();
      await sim.start({ n: 1 }).finish();
      await sim.start({ n: 1 }).finish();
      await sim
        .start({ n: cut } as never)
        .finish()
        .catch(() => {});
    },
  }),
  scenario({
    title: 'an output of the wrong type, and an input that is refused',
    flow: Squares,
    act: async (sim) => {
      await sim
        .start({ not: 'a list' } as never)
        .finish()
        .catch(() => {});
      await sim.start([]).finish();
      await sim.start([0, 0, -1]).finish();
    },
  }),
];

async function play({ flow, options, act }: Scenario<AnyFlow>, backend: 'model' | 'pglite') {
  const sim = simulate(flow, { ...options, backend });
  try {
    await act(sim);
    return {
      timeline: `${sim.timeline}`,
      warnings: sim.warnings,
      runs: sim.runs.map(({ id, status, output, error, stuck }) => ({ id, status, output, error, stuck })),
      queue: sim.queue,
      archive: sim.archive,
      broadcasts: sim.broadcasts,
      workers: sim.workers.map(({ number, status }) => [number, status]),
    };
  } finally {
    await sim.close();
  }
}

it.each(scenarios)('$title: the same on the model and on the SQL', async (each) => {
  const model = await play(each, 'model');
  const sql = await play(each, 'pglite');
  expect(sql.timeline).toBe(model.timeline);
  expect(sql).toEqual(model);
  expect(model.timeline.split('\n').length).toBeGreaterThan(5);
});

it('two simulations may have a database each at the same time, and a closed one gives its own back', async () => {
  const [one, other] = [simulate(Greet, { backend: 'pglite' }), simulate(Chain, { backend: 'pglite' })];
  const [first, second] = await Promise.all([
    one.start({ name: 'Ada' }).finish(),
    other.start({ n: 1 }).finish(),
  ]);
  expect([first.output, second.output]).toEqual([{ hello: 'Hello, Ada' }, { third: { n: 4 } }]);
  await Promise.all([one.close(), other.close()]);
  // What there is to see stays to be seen.
  expect(first.status).toBe('completed');
  await expect(one.start({ name: 'Bob' }).finish()).rejects.toThrow('the simulation is closed');
});
