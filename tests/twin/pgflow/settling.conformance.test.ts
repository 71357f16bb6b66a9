/** When a handler ends: at once, after its `takes`, or by something that happens in virtual time. The same on both backends. */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { Flow } from '@pgflow/dsl';
import { describe, expect, it } from 'vitest';
import { pgflowClient } from '../../../src/harness/pgflow/twin/client/client.ts';
import {
  type SimulateOptions,
  type Simulation,
  SimulationError,
  simulate,
} from '../../../src/harness/pgflow/twin/index.ts';
import '../../../src/harness/pgflow/twin/vitest.ts';
import type { Duration } from '../../../src/harness/twin/duration.ts';

const One = new Flow<{ n: number }>({ slug: 'one', maxAttempts: 3, baseDelay: 1 }).step(
  { slug: 'work' },
  () => 'done',
);
const Pair = new Flow<{ n: number }>({ slug: 'pair' })
  .step({ slug: 'waits' }, () => 'done')
  .step({ slug: 'other' }, () => 'done');
type Sim = Simulation<typeof One>;
type Handler = Parameters<ReturnType<Sim['step']>['runs']>[0];

/** Acts on both backends, and gives the timeline, which must be the same. `takes`: of the step, if it is said. */
async function onBoth(
  act: (sim: Sim) => Promise<unknown>,
  { takes, ...options }: SimulateOptions<typeof One> & { takes?: Duration | undefined } = {},
): Promise<string> {
  const timelines: string[] = [];
  for (const backend of ['model', 'pglite'] as const) {
    // Real time is short here: what never settles by itself is waited for as long.
    const sim = simulate(One, { handlerTimeout: 200, ...options, backend });
    if (takes !== undefined) sim.step('work').takes(takes).times(1);
    await act(sim);
    timelines.push(String(sim.timeline));
    await sim.close();
  }
  expect(timelines[1]).toBe(timelines[0]);
  return timelines[0]!;
}

/** With the time that it may take, and without. */
const limits = [undefined, '60s'] as const;

const untilShutdown: Handler = (_, { shutdownSignal }) =>
  new Promise((_resolve, reject) =>
    shutdownSignal.addEventListener('abort', () => reject(new Error('shutting down'))),
  );

describe('a handler that waits for the shutdown of its worker', () => {
  it.each(limits)('fails then, and is tried again by the next worker (takes: %s)', async (takes) => {
    const timeline = await onBoth(
      async (sim) => {
        sim.step('work').runs(untilShutdown).times(1);
        sim.after('5s', () => {
          sim.workers[0]!.stop();
          sim.addWorker();
        });
        const run = await sim.start({ n: 1 }).finish();
        expect(run).toHaveCompleted();
        expect(run.endedMs).toBe(7000);
      },
      { takes },
    );
    expect(timeline).toContain('+5.000s  run 1 work fails: shutting down; again at +7.000s');
    expect(timeline).toContain('+5.000s  worker 1 has stopped');
    expect(timeline).toContain('+7.000s  run 1 work attempt 2 starts on worker 2');
  });

  it.each(limits)('is left started where it throws an AbortError (takes: %s)', async (takes) => {
    const timeline = await onBoth(
      async (sim) => {
        sim.step('work').runs(async (_, { shutdownSignal }) => {
          await new Promise((resolve) => shutdownSignal.addEventListener('abort', resolve));
          shutdownSignal.throwIfAborted();
          return 'never';
        });
        const run = sim.start({ n: 1 });
        await sim.advance('5s');
        sim.workers[0]!.stop();
        expect(await run.finish()).toBeStuck('stalled-tasks-are-never-retried');
      },
      { takes },
    );
    expect(timeline).toContain(
      '+5.000s  run 1 work attempt 1 is left started: its handler threw an AbortError',
    );
  });

  it.each(limits)('has real time to clean up, at the instant of the shutdown (takes: %s)', async (takes) => {
    const timeline = await onBoth(
      async (sim) => {
        sim
          .step('work')
          .runs(async (_, { shutdownSignal }) => {
            await new Promise((resolve) => shutdownSignal.addEventListener('abort', resolve));
            await sleep(20);
            throw new Error('cleaned up');
          })
          .times(1);
        sim.after('6s', () => void sim.addWorker());
        sim.after('5s', () => sim.workers[0]!.stop());
        await sim.start({ n: 1 }).finish();
      },
      { takes },
    );
    expect(timeline).toContain('+5.000s  run 1 work fails: cleaned up');
  });

  it.each(limits)('may ask the signal again and again, without listening (takes: %s)', async (takes) => {
    const timeline = await onBoth(
      async (sim) => {
        sim
          .step('work')
          .runs(async (_, { shutdownSignal }) => {
            while (!shutdownSignal.aborted) await sleep(5);
            throw new Error('stopped');
          })
          .times(1);
        for (let at = 5000; at < 9000; at += 500) sim.after(at, () => {});
        sim.after('5s', () => {
          sim.workers[0]!.stop();
          sim.addWorker();
        });
        await sim.start({ n: 1 }).finish();
      },
      { takes },
    );
    expect(timeline).toContain('+5.000s  run 1 work fails: stopped; again at +7.000s');
  });

  it.each(limits)('may combine the signal with others, and clean up (takes: %s)', async (takes) => {
    const timelines = new Set<string>();
    for (let round = 0; round < 3; round++) {
      const timeline = await onBoth(
        async (sim) => {
          sim
            .step('work')
            .runs((_, { shutdownSignal }) => {
              const signal = AbortSignal.any([shutdownSignal]);
              return new Promise((_resolve, reject) => {
                const cleanUp = async () => {
                  await sleep(5 + 10 * round);
                  await readFile(import.meta.filename);
                  reject(new Error('cleaned up'));
                };
                signal.addEventListener('abort', cleanUp);
              });
            })
            .times(1);
          for (let at = 0; at < 20_000; at += 500) sim.after(at, () => {});
          sim.after('5s', () => {
            sim.workers[0]!.stop();
            sim.addWorker();
          });
          await sim.start({ n: 1 }).finish();
        },
        { takes },
      );
      timelines.add(timeline);
    }
    expect(timelines.size).toBe(1);
    expect([...timelines][0]).toContain('+5.000s  run 1 work fails: cleaned up');
  });

  it('goes on for as long as it takes where it does not ask for the signal, and no real time passes', async () => {
    const before = performance.now();
    const timeline = await onBoth(
      async (sim) => {
        sim.step('work').runs(() => new Promise((resolve) => sim.after('20s', () => resolve('late'))));
        const run = sim.start({ n: 1 });
        await sim.advance('5s');
        sim.workers[0]!.stop();
        expect(await run.finish()).toHaveOutput({ work: 'late' });
      },
      { takes: '1m', handlerTimeout: 60_000 },
    );
    expect(timeline).toContain('+20.000s  run 1 work completes with "late"');
    expect(performance.now() - before).toBeLessThan(30_000);
  });
});

describe('a handler that waits for something virtual', () => {
  it.each(limits)('ends when an action of the test resolves it (takes: %s)', async (takes) => {
    const timeline = await onBoth(
      async (sim) => {
        sim.step('work').runs(
          () =>
            new Promise((resolve, reject) => {
              sim.after('5s', () => reject(new Error('not yet')));
              sim.after('6s', () => resolve('too late'));
            }),
        );
        sim.step('work').returns('again').on({ attempt: 2 });
        const run = await sim.start({ n: 1 }).finish();
        expect(run).toHaveOutput({ work: 'again' });
      },
      { takes },
    );
    expect(timeline).toContain('+5.000s  run 1 work fails: not yet; again at +7.000s');
  });

  it.each(limits)(
    'ends at that instant, however many promises there are on the way (takes: %s)',
    async (takes) => {
      const timeline = await onBoth(
        async (sim) => {
          sim.step('work').runs(async () => {
            await new Promise((resolve) => void sim.after('5s', () => resolve('')));
            for (let i = 0; i < 500; i++) await null;
            for (let i = 0; i < 2; i++) await new Promise<void>((resolve) => process.nextTick(resolve));
            return 'done';
          });
          for (const at of ['1s', '2s', '6s'] as const) sim.after(at, () => {});
          await sim.start({ n: 1 }).finish();
        },
        { takes },
      );
      expect(timeline).toContain('+5.000s  run 1 work completes with "done"');
    },
  );

  it.each(limits)('may start a run of the same flow, and go on (takes: %s)', async (takes) => {
    const timeline = await onBoth(
      async (sim) => {
        sim
          .step('work')
          .runs(async () => {
            const row = await pgflowClient(sim).startFlow<typeof One>('one', { n: 2 });
            await null;
            const other = await pgflowClient(sim).startFlow<typeof One>('one', { n: 3 });
            return [row.status, other.status].join();
          })
          .on({ run: 1 });
        await sim.start({ n: 1 }).finish();
        await sim.finish();
        expect(sim.runs.map(({ status }) => status)).toEqual(['completed', 'completed', 'completed']);
      },
      { takes },
    );
    expect(timeline).toContain('+0.000s  run 1 work completes with "started,started"');
  });

  it.each(limits)('may wait for that run to end, on another worker (takes: %s)', async (takes) => {
    const timeline = await onBoth(
      async (sim) => {
        sim
          .step('work')
          .runs(async () => {
            const { output } = await sim.start({ n: 2 }).finish();
            return `it gave ${output?.work}`;
          })
          .on({ run: 1 });
        sim.step('work').takes('30s').on({ run: 2 });
        await sim.start({ n: 1 }).finish();
      },
      { takes, workers: 2 },
    );
    expect(timeline).toContain('+30.000s  run 1 work completes with "it gave done"');
  });

  it('may poll a queue: its own time goes on meanwhile', async () => {
    const timeline = await onBoth(async (sim) => {
      sim.step('work').runs(async () => {
        const found = await pgflowClient(sim).readMessages('one', 2, 1, 1);
        return `found ${found.length}`;
      });
      await sim.start({ n: 1 }).finish();
    });
    expect(timeline).toContain('+1.000s  run 1 work completes with "found 0"');
  });

  it('ends by the call of another handler', async () => {
    for (const takes of limits) {
      const sim = simulate(Pair, { handlerTimeout: 50, worker: { batchSize: 1 }, workers: 2 });
      let tell: (value: string) => void = () => {};
      const told = new Promise<string>((resolve) => {
        tell = resolve;
      });
      sim.step('waits').runs(() => told);
      if (takes) sim.step('waits').takes(takes);
      sim.step('other').throws(new Error('not yet')).times(1);
      sim.step('other').runs(() => {
        tell('told');
        return 'telling';
      });
      await sim.start({ n: 1 }).finish();
      expect(String(sim.timeline)).toContain('+10.000s  run 1 waits completes with "told"');
    }
  });
});

describe('a handler that settles by itself', () => {
  const kinds: [string, Handler][] = [
    ['at once', () => 'done'],
    ['as a promise', async () => 'done'],
    [
      'after many promises',
      async () => {
        for (let i = 0; i < 1000; i++) await null;
        return 'done';
      },
    ],
    [
      'after many callbacks of nextTick',
      async () => {
        for (let i = 0; i < 50; i++) await new Promise<void>((resolve) => process.nextTick(resolve));
        return 'done';
      },
    ],
    ['after a turn of Node', () => turn('done')],
    ['after a real timer', () => sleep(30, 'done')],
  ];

  it.each(kinds)('ends where its takes does, whatever happens meanwhile: %s', async (_, handler) => {
    const timeline = await onBoth(
      async (sim) => {
        sim.step('work').runs(handler);
        for (let at = 0; at < 10_000; at += 250) sim.after(at, () => {});
        await sim.start({ n: 1 }).finish();
      },
      { takes: '10s' },
    );
    expect(timeline).toContain('+10.000s  run 1 work completes with "done"');
  });

  it.each(kinds)('ends at once where it has none: %s', async (_, handler) => {
    const timeline = await onBoth(async (sim) => {
      sim.step('work').runs(handler);
      for (let at = 0; at < 1000; at += 250) sim.after(at, () => {});
      await sim.start({ n: 1 }).finish();
    });
    expect(timeline).toContain('+0.000s  run 1 work completes with "done"');
  });

  it('is told in the order in which it began, whichever is the first in real time', async () => {
    const Naps = new Flow<number[]>({ slug: 'sleepers' }).map({ slug: 'nap' }, (ms) => sleep(ms, ms));
    const sim = simulate(Naps);
    await sim.start([40, 1, 20]).finish();
    const ended = sim.timeline.filter(({ event }) => event === 'attempt completed');
    expect(ended.map(({ index, at }) => [index, at])).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
    ]);
  });
});

describe('a handler that does not settle', () => {
  const never = () => new Promise<string>(() => {});

  it('is told as such when nothing else will happen', async () => {
    const sim = simulate(One, { handlerTimeout: 20 });
    sim.step('work').runs(never);
    sim.after('1h', () => {});
    const run = sim.start({ n: 1 });
    // As long as the test lets only so much time pass, it may still settle.
    await sim.advance('30m');
    expect(run.status).toBe('started');
    await expect(run.finish()).rejects.toThrow(
      'the handler of step "work" (run 1, attempt 1) has not settled after 20 ms of real time',
    );
    expect(sim.elapsedMs).toBe(3_600_000);
  });

  it('is refused where it settles by real time after all, when virtual time has gone on', async () => {
    const outcomes = new Set<string>();
    // Some of them settle while others are worked on, the last ones when nothing else is left.
    for (let round = 0; round < 6; round++) {
      const sim = simulate(Pair, { handlerTimeout: 150 });
      // Far beyond the timeout, as a busy machine is late with both.
      sim.step('waits').runs(() => sleep(300 + 30 * round, 'done'));
      sim.step('other').runs(() => sleep(60).then(() => Promise.reject(new Error('429'))));
      const refused = await sim
        .start({ n: 1 })
        .finish()
        .catch((error) => error);
      expect(refused).toBeInstanceOf(SimulationError);
      outcomes.add(refused.message);
    }
    expect([...outcomes]).toEqual([
      expect.stringMatching(
        /^the handler of step "waits" \(run 1, attempt 1\) has not settled after 150 ms of real time\. So virtual time went on.*takes\(\), or raise options\.handlerTimeout/,
      ),
    ]);
  });

  it('is refused where it does so by the real time of another handler', async () => {
    const sim = simulate(Pair, { handlerTimeout: 150, worker: { batchSize: 1 }, workers: 2 });
    let tell: (value: string) => void = () => {};
    sim.step('waits').runs(
      () =>
        new Promise<string>((resolve) => {
          tell = resolve;
        }),
    );
    sim.step('other').throws(new Error('not yet')).times(1);
    sim.step('other').runs(async () => {
      await sleep(5);
      tell('told');
      return 'telling';
    });
    await expect(sim.start({ n: 1 }).finish()).rejects.toThrow(
      'would end at an instant that real time decides',
    );
  });

  it('is told what to do about it where takes() was said', async () => {
    const sim = simulate(One, { handlerTimeout: 20 });
    sim
      .step('work')
      .runs(() => sleep(500, 'done'))
      .takes('5s');
    await expect(sim.start({ n: 1 }).finish()).rejects.toThrow(
      'takes() is over, but it does not shorten what the handler does in real time. Replace the handler with returns() or runs()',
    );
    expect(sim.elapsedMs).toBe(5000);
  });

  it('is given up where its worker dies', async () => {
    const sim = simulate(One, { handlerTimeout: 20 });
    sim.step('work').runs(never);
    sim.after('5s', () => sim.workers[0]!.kill());
    expect(await sim.start({ n: 1 }).finish()).toBeStuck('stalled-tasks-are-never-retried');
    await sim.advance('1h');
  });

  it('may settle after all, when another part of the test lets it', async () => {
    const sim = simulate(One, { handlerTimeout: 20 });
    let tell: (value: string) => void = () => {};
    sim.step('work').runs(
      () =>
        new Promise<string>((resolve) => {
          tell = resolve;
        }),
    );
    const run = sim.start({ n: 1 });
    await sim.advance('5s');
    tell('told');
    await run.finish();
    expect(run).toHaveOutput({ work: 'told' });
    expect(run.endedMs).toBe(5000);
  });
});
