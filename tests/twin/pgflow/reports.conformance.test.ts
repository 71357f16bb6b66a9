/** What a report on a task leaves in the records is what it did to the task, whoever reports, and however late. */
import { Flow } from '@pgflow/dsl';
import { describe, expect, it } from 'vitest';
import { pgflowClient } from '../../../src/harness/pgflow/twin/client/client.ts';
import type { AnyFlow, FlowInput } from '../../../src/harness/pgflow/twin/flow/types.ts';
import { type SimulateOptions, type Simulation, simulate } from '../../../src/harness/pgflow/twin/index.ts';
import '../../../src/harness/pgflow/twin/vitest.ts';
import { Chain, Greet } from './flows.ts';

const Two = new Flow<{ n: number }>({ slug: 'two', maxAttempts: 3, baseDelay: 1 })
  .step({ slug: 'first' }, ({ run }) => run.n)
  .step({ slug: 'second', dependsOn: ['first'] }, ({ first }) => first);
/** What the first step gives is checked by its database, even where nobody has started it. */
const Feeding = new Flow<{ n: number }>({ slug: 'feeding' })
  .array({ slug: 'list' }, ({ run }) => [run.n])
  .map({ slug: 'each', array: 'list' }, (n) => n);

const workerId = '6f9619ff-8b86-4011-b42d-00cf4fc964ff';
const backends = ['model', 'pglite'] as const;

/** Acts on both backends, and gives the timeline, which must be the same. */
async function onBoth<F extends AnyFlow>(
  flow: F,
  input: FlowInput<F>,
  act: (play: Play<F>) => Promise<void>,
  options: SimulateOptions<F> = { workers: 0 },
): Promise<string> {
  const timelines: string[] = [];
  for (const backend of backends) {
    const sim = simulate(flow, { ...options, backend });
    const client = pgflowClient<AnyFlow>(sim as never);
    await client.startFlow(flow.slug, input as never);
    const start = async () => {
      const messages = await client.readMessages(flow.slug, 2, 10, 10);
      const ids = messages.map(({ msg_id }) => msg_id);
      const [task] = await client.startTasks(flow.slug, ids, workerId);
      return task!;
    };
    await act({ sim, client, start, run: sim.runs[0]! });
    timelines.push(String(sim.timeline));
    await sim.close();
  }
  expect(timelines[1]).toBe(timelines[0]);
  return timelines[0]!;
}

interface Play<F extends AnyFlow> {
  readonly sim: Simulation<F>;
  readonly client: ReturnType<typeof pgflowClient<AnyFlow>>;
  /** Reads and starts the next task. */
  start(): Promise<{ run_id: string; step_slug: string; task_index: number }>;
  readonly run: Simulation<F>['runs'][number];
}

describe('a report on a task that has ended', () => {
  it('changes nothing where it was completed, and the first report stays', async () => {
    const timeline = await onBoth(Two, { n: 0 }, async ({ sim, client, start, run }) => {
      const task = await start();
      await client.completeTask(task as never, 1);
      await client.failTask(task as never, new Error('late'));
      await client.completeTask(task as never, 2);
      const [first] = run.step('first').tasks;
      expect(first).toMatchObject({ status: 'completed', output: 1, error: undefined });
      expect(first?.history.map(({ outcome, error }) => [outcome, error])).toEqual([
        ['completed', undefined],
      ]);
      expect(sim.step('first').calls.map(({ output, error }) => [output, error])).toEqual([[1, undefined]]);
      expect(run.status).toBe('started');
    });
    expect(timeline.split('\n').slice(-3)).toEqual([
      '    +0.000s  run 1 first completes with 1',
      '    +0.000s  run 1 first is reported failed (late), but is completed: nothing changes',
      // Surprise: see `pgtwin deviations completing-a-task-twice-announces-its-step-again`.
      '    +0.000s  run 1 first is reported completed with 2, but is completed: no row changes, but its step is broadcast as completed again',
    ]);
  });

  it('changes nothing where it has failed for good', async () => {
    const timeline = await onBoth(Chain, { n: 0 }, async ({ sim, client, start, run }) => {
      await client.failTask((await start()) as never, 'once');
      const task = await start();
      await client.failTask(task as never, 'twice');
      await client.failTask(task as never, 'a third time');
      await client.completeTask(task as never, 2);
      const [first] = run.step('first').tasks;
      expect(first).toMatchObject({ status: 'failed', error: 'twice', output: undefined });
      expect(first?.history.map(({ outcome, error }) => [outcome, error])).toEqual([
        ['failed', 'once'],
        ['failed', 'twice'],
      ]);
      expect(sim.step('first').calls.map(({ output }) => output)).toEqual([null, null]);
    });
    expect(timeline).toContain('first is reported failed (a third time), but is failed: nothing changes');
    expect(timeline).toContain('first is reported completed with 2, but is failed: nothing changes');
  });
});

describe('a report on a task that waits', () => {
  it('puts its message off where it is failed, and does nothing where it is completed', async () => {
    const timeline = await onBoth(Two, { n: 0 }, async ({ sim, client, start, run }) => {
      const task = await start();
      await client.failTask(task as never, 'once');
      await client.completeTask(task as never, 7);
      await sim.advance('1s');
      await client.failTask(task as never, 'late');
      const [first] = run.step('first').tasks;
      expect(first).toMatchObject({ status: 'queued', error: 'once', attempts: 1 });
      expect(first?.history.map(({ outcome, error }) => [outcome, error])).toEqual([['failed', 'once']]);
      expect(sim.step('first').calls).toMatchObject([{ output: null, error: 'once' }]);
    });
    expect(timeline).toContain('first fails: once; again at +2.000s');
    expect(timeline).toContain('first is reported completed with 7, but is queued: nothing changes');
    expect(timeline).toContain(
      'first is reported failed (late), but is queued: its message is put off until +3.000s',
    );
  });

  it('fails its run where its output has the wrong type', async () => {
    const timeline = await onBoth(Feeding, { n: 0 }, async ({ client, run }) => {
      await client.completeTask({ run_id: run.id, step_slug: 'list', task_index: 0 } as never, 'no list');
      expect(run.step('list').tasks[0]).toMatchObject({ status: 'failed', history: [] });
      expect(run.status).toBe('failed');
    });
    expect(timeline).toContain(
      'list task 0 is reported completed with "no list", but was never started: it is failed now ([TYPE_VIOLATION] Produced string instead of array)',
    );
    expect(timeline).toContain('run 1 fails: [TYPE_VIOLATION] Map step each expects array input');
  });

  it('fails its run even where there is no such task', async () => {
    const timeline = await onBoth(Feeding, { n: 0 }, async ({ client, run }) => {
      await client.completeTask({ run_id: run.id, step_slug: 'list', task_index: 5 } as never, 'no list');
      expect(run.status).toBe('failed');
    });
    expect(timeline).toContain('but there is no such task: its run has ended');
  });
});

describe('a report on a task that somebody else works on', () => {
  it('ends the attempt, and what its own worker reports then changes nothing', async () => {
    const timeline = await onBoth(
      Greet,
      { name: 'Ada' },
      async ({ sim, client, run }) => {
        sim.step('hello').takes('10s');
        await sim.advance('1s');
        await client.completeTask({ run_id: run.id, step_slug: 'hello', task_index: 0 } as never, 'Hello!');
        expect(run).toHaveOutput({ hello: 'Hello!' });
        await sim.advance('20s');
        expect(sim.step('hello').calls).toMatchObject([{ output: 'Hello!', error: undefined }]);
        expect(run.step('hello').tasks[0]?.history).toMatchObject([
          { outcome: 'completed', endedAt: run.endedAt },
        ]);
      },
      {},
    );
    expect(timeline).toContain('hello is reported completed with "Hello, Ada", but is completed:');
  });

  it('is taken for one on the attempt that is under way, as the database knows no other', async () => {
    await onBoth(
      Two,
      { n: 3 },
      async ({ sim, client, run }) => {
        sim.step('first').takes('10s');
        await sim.advance('1s');
        const task = { run_id: run.id, step_slug: 'first', task_index: 0 } as never;
        await client.failTask(task, 'meddled');
        sim.addWorker();
        await sim.advance('2500ms');
        expect(run.step('first').tasks[0]?.history.map(({ outcome, worker }) => [outcome, worker])).toEqual([
          ['failed', 1],
          ['running', 2],
        ]);
        // The first worker knows nothing of it, and reports at +10 s.
        await sim.advance('7s');
        expect(run.step('first').tasks[0]?.history.map(({ outcome, endedAt }) => [outcome, endedAt])).toEqual(
          [
            ['failed', new Date(Date.UTC(2030, 0, 1, 0, 0, 1))],
            ['completed', new Date(Date.UTC(2030, 0, 1, 0, 0, 10))],
          ],
        );
        expect(await run.finish()).toHaveCompleted();
      },
      {},
    );
  });

  it('ends even an attempt whose worker died', async () => {
    await onBoth(
      Greet,
      { name: 'Ada' },
      async ({ sim, client, run }) => {
        sim.step('hello').crashes('after');
        expect(await run.finish()).toBeStuck('stalled-tasks-are-never-retried');
        await client.completeTask({ run_id: run.id, step_slug: 'hello', task_index: 0 } as never, 'by hand');
        expect(run).toHaveOutput({ hello: 'by hand' });
        expect(run.step('hello').tasks[0]?.history).toMatchObject([
          { outcome: 'completed', cause: undefined },
        ]);
      },
      { replaceCrashedWorkers: false },
    );
  });

  it('of a worker that died later, the attempt that somebody else has failed stays as it was', async () => {
    await onBoth(
      Two,
      { n: 3 },
      async ({ sim, client, run }) => {
        sim.step('first').takes('1m');
        await sim.advance('1s');
        await client.failTask({ run_id: run.id, step_slug: 'first', task_index: 0 } as never, 'meddled');
        sim.addWorker();
        await sim.advance('3s');
        sim.workers[0]?.kill();
        await sim.advance('1s');
        expect(run.step('first').tasks[0]?.history.map(({ outcome, cause }) => [outcome, cause])).toEqual([
          ['failed', undefined],
          ['running', undefined],
        ]);
        sim.workers[1]?.kill();
        const { stuck } = await run.finish();
        expect(stuck?.tasks).toMatchObject([{ step: 'first', attempt: 2, worker: 2 }]);
      },
      {},
    );
  });

  it('is that of any client: who started it need not be who reports it', async () => {
    await onBoth(Two, { n: 3 }, async ({ sim, start, run }) => {
      const other = pgflowClient<AnyFlow>(sim as never);
      await other.failTask((await start()) as never, 'no');
      // Nobody works on it any more, and no worker is left that could.
      expect((await run.finish()).stuck?.reason).toContain('no running worker will read its message');
    });
  });
});

it('a report in a run that has failed says what it did: a completion nothing, a failure to the task alone', async () => {
  const Pair = new Flow<{ n: number }>({ slug: 'pair', maxAttempts: 1 })
    .step({ slug: 'a' }, () => 1)
    .step({ slug: 'b' }, () => 1)
    .step({ slug: 'c' }, () => 1);
  const timeline = await onBoth(Pair, { n: 1 }, async ({ sim, client, run }) => {
    const messages = await client.readMessages('pair', 2, 10);
    const ids = messages.map(({ msg_id }) => msg_id);
    const tasks = await client.startTasks('pair', ids, workerId);
    await client.failTask(tasks[0]!, 'down');
    await client.completeTask(tasks[1]!, 5);
    await client.failTask(tasks[2]!, 'also down');
    expect(run).toHaveFailed('down');
    expect(run.step('b').tasks[0]).toMatchObject({ status: 'started', history: [{ outcome: 'ignored' }] });
    expect(run.step('c').tasks[0]).toMatchObject({
      status: 'failed',
      error: 'also down',
      history: [{ outcome: 'failed', error: 'also down' }],
    });
    expect(sim.step('b').calls).toMatchObject([{ output: null }]);
  });
  expect(timeline).toContain('b completes too late: the run is failed');
  expect(timeline).toContain('c fails too late, the run is failed: also down');
});
