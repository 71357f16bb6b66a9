/** The client that `@pgflow/core` publishes, on a simulation: a worker written on that interface alone runs unchanged. */
import type { IPgflowClient } from '@pgflow/core';
import type { AnyFlow } from '@pgflow/dsl';
import { describe, expect, it } from 'vitest';
import { pgflowClient } from '../../../src/harness/pgflow/twin/client/client.ts';
import { simulate } from '../../../src/harness/pgflow/twin/index.ts';
import '../../../src/harness/pgflow/twin/vitest.ts';
import { Analyze, Chain, Greet, Squares } from './flows.ts';

const workerId = '6f9619ff-8b86-4011-b42d-00cf4fc964ff';

/** Somebody's worker: of what is here it knows the published interface, and nothing of a simulation. */
async function workOff(client: IPgflowClient, flow: AnyFlow, isDone: () => boolean): Promise<number> {
  let rounds = 0;
  for (; !isDone(); rounds++) {
    const messages = await client.readMessages(flow.slug, 2, 10, 2, 100);
    const tasks = await client.startTasks(
      flow.slug,
      messages.map(({ msg_id }) => msg_id),
      workerId,
    );
    await Promise.all(
      tasks.map(async (task) => {
        try {
          const { handler } = flow.getStepDefinition(task.step_slug);
          await client.completeTask(task, await handler(task.input as never, {} as never));
        } catch (error) {
          await client.failTask(task, error);
        }
      }),
    );
  }
  return rounds;
}

const backends = ['model', 'pglite'] as const;

it.each(backends)('a worker written on the interface drives a run to its end (%s)', async (backend) => {
  const sim = simulate(Analyze, { backend, workers: 0 });
  const client = pgflowClient(sim);
  const row = await client.startFlow<typeof Analyze>('analyzeWebsite', { url: 'https://example.com' });
  expect(row).toEqual({
    run_id: '00000000-0000-4000-8000-000000000001',
    flow_slug: 'analyzeWebsite',
    status: 'started',
    input: { url: 'https://example.com' },
    output: null,
    remaining_steps: 5,
    started_at: new Date('2030-01-01T00:00:00Z'),
    completed_at: null,
    failed_at: null,
  });
  const [run] = sim.runs;
  await workOff(client, Analyze, () => run?.status !== 'started');
  expect(run).toHaveOutput({ save: { summary: 26, double: [2, 4, 6] } });
  // Its polls wait for the start delay in virtual time.
  expect(run?.endedMs).toBe(60_000);
  expect(run).toMatchTimeline();
  await sim.close();
});

it('its timeline is the same on the model and on the SQL, retries and failures included', async () => {
  const timelines: string[] = [];
  for (const backend of backends) {
    const sim = simulate(Squares, { backend, workers: 0 });
    const client = pgflowClient(sim);
    await client.startFlow<typeof Squares>('squares', [1, 2, 3, 4]);
    let calls = 0;
    const flaky = {
      ...Squares,
      slug: 'squares',
      getStepDefinition: (slug: 'square' | 'sum') => ({
        ...Squares.getStepDefinition(slug),
        handler: async () => {
          calls++;
          if (calls % 3 === 0) throw new Error(`call ${calls}`);
          return calls;
        },
      }),
    };
    await workOff(client, flaky as never, () => sim.runs[0]?.status !== 'started');
    timelines.push(String(sim.timeline));
    await sim.close();
  }
  expect(timelines[1]).toBe(timelines[0]);
  expect(timelines[0]).toContain("square[2] attempt 1 starts on the client's worker");
  expect(timelines[0]).toContain('fails: call 3; again at +2.000s');
});

describe('what the published client does to values, it does as well', () => {
  const started = async () => {
    const sim = simulate(Chain, { workers: 0 });
    const client = pgflowClient(sim);
    await client.startFlow<typeof Chain>('chain', { n: 1 });
    const messages = await client.readMessages('chain', 30, 1);
    const [task] = await client.startTasks('chain', [messages[0]!.msg_id], workerId);
    return { sim, client, message: messages[0]!, task: task! };
  };

  it('ids of messages are strings and timestamps Dates, whatever their types say', async () => {
    const { message, task } = await started();
    expect(message).toEqual({
      msg_id: '1',
      read_ct: 1,
      enqueued_at: new Date('2030-01-01T00:00:00Z'),
      last_read_at: new Date('2030-01-01T00:00:00Z'),
      vt: new Date('2030-01-01T00:00:30Z'),
      message: { flow_slug: 'chain', run_id: task.run_id, step_slug: 'first', task_index: 0 },
      headers: null,
    });
    expect(task).toEqual({
      flow_slug: 'chain',
      run_id: '00000000-0000-4000-8000-000000000001',
      step_slug: 'first',
      input: { run: { n: 1 } },
      msg_id: '1',
      task_index: 0,
    });
  });

  it.each([[0], [false], [''], [null], [undefined]])('an output of %j becomes null', async (output) => {
    const { sim, client, task } = await started();
    await client.completeTask(task, output as never);
    expect(sim.runs[0]?.step('first')).toHaveOutput(null);
    expect(sim.warnings).toHaveLength(output === null || output === undefined ? 0 : 1);
  });

  it.each<[unknown, string]>([
    ['as it is', 'as it is'],
    [new TypeError('its message'), 'its message'],
    [{ code: 7 }, '{"code":7}'],
    [null, 'null'],
  ])('an error of %s is stored as text', async (error, text) => {
    const { sim, client, task } = await started();
    await client.failTask(task, error);
    expect(sim.runs[0]?.step('first').tasks[0]).toMatchObject({ status: 'queued', error: text });
    await expect(client.failTask(task, undefined)).rejects.toThrow('UNDEFINED_VALUE');
  });
});

it('a poll takes virtual time, as much as it was asked to, and none where there is a message', async () => {
  const sim = simulate(Greet, { workers: 0 });
  const client = pgflowClient(sim);
  expect(await client.readMessages('greet', 2, 10)).toEqual([]);
  expect(sim.elapsedMs).toBe(5_000);
  expect(await client.readMessages('greet', 2, 10, 1, 300)).toEqual([]);
  expect(sim.elapsedMs).toBe(6_200);
  // A poll of no seconds never looks.
  sim.start({ name: 'Ada' }, { after: '450ms' });
  await sim.advance('450ms');
  expect(await client.readMessages('greet', 2, 10, 0)).toEqual([]);
  expect(await client.readMessages('greet', 2, 10)).toHaveLength(1);
  expect(sim.elapsedMs).toBe(6_650);
  sim.start({ name: 'Bob' }, { after: '450ms' });
  expect(await client.readMessages('greet', 2, 10)).toHaveLength(1);
  expect(sim.elapsedMs).toBe(7_250);
});

it('a poll of a day costs no more than one of a second, and wakes up for what another does', async () => {
  const sim = simulate(Chain, { workers: 0 });
  const client = pgflowClient(sim);
  for (let day = 1; day <= 30; day++)
    expect(await client.readMessages('chain', 2, 10, 86_400, 1)).toEqual([]);
  expect(sim.elapsedMs).toBe(30 * 86_400_000);
  await client.startFlow<typeof Chain>('chain', { n: 1 });
  const [message] = await client.readMessages('chain', 60, 10);
  const [task] = await client.startTasks('chain', [message!.msg_id], workerId);
  // A worker that polls on while it works.
  const work = async () => {
    for (let turn = 0; turn < 10; turn++) await null;
    await client.completeTask(task!, { n: 2 });
  };
  const before = sim.elapsedMs;
  const [found] = await Promise.all([client.readMessages('chain', 60, 10, 50, 300), work()]);
  expect(found).toMatchObject([{ message: { step_slug: 'second' } }]);
  expect(sim.elapsedMs).toBe(before);
});

it('several clients and the workers of the simulation share one queue', async () => {
  const sim = simulate(Squares, { worker: { batchSize: 2 } });
  const [one, two] = [pgflowClient(sim), pgflowClient(sim)];
  const run = sim.start([1, 2, 3, 4, 5, 6]);
  sim.step('square').takes('10s');
  const [a, b] = await Promise.all([
    one.readMessages('squares', 60, 2, 5, 100),
    two.readMessages('squares', 60, 2, 5, 100),
  ]);
  expect([a.length, b.length]).toEqual([2, 2]);
  const ids = [...a, ...b].map(({ msg_id }) => msg_id);
  const tasks = await one.startTasks('squares', ids, workerId);
  expect(tasks).toHaveLength(4);
  // What a client has begun is worked on, for all that the simulation knows.
  await sim.advance('1h');
  expect(run.status).toBe('started');
  expect((await run.finish()).stuck).toBeUndefined();
  for (const task of tasks) await two.completeTask(task, 1);
  await run.finish();
  expect(run).toHaveCompleted();
  expect(
    run
      .step('square')
      .tasks.flatMap(({ history }) => history.map(({ worker }) => worker))
      .sort(),
  ).toEqual([0, 0, 0, 0, 1, 1]);
});

it('what is reported without having been started is told, and does what it does in 0.8.1', async () => {
  for (const backend of backends) {
    const sim = simulate(Chain, { workers: 0, backend });
    const client = pgflowClient(sim);
    const { run_id } = await client.startFlow<typeof Chain>('chain', { n: 1 });
    await client.completeTask({ run_id, step_slug: 'first', task_index: 0 }, { n: 5 });
    await client.failTask({ run_id, step_slug: 'first', task_index: 0 }, 'no');
    expect(sim.runs[0]?.step('first').tasks[0]?.status).toBe('queued');
    expect(String(sim.timeline)).toContain(
      'first task 0 is reported completed with {"n":5}, but was never started: nothing changes',
    );
    expect(String(sim.timeline)).toContain(
      'first task 0 is reported failed (no), but was never started: its message is put off until +1.000s',
    );
    await sim.close();
  }
});

it('what the database refuses is thrown as its client throws it', async () => {
  const sim = simulate(Squares, { workers: 0 });
  const client = pgflowClient(sim, { registerWorkers: false });
  await expect(client.startFlow('squares', 'no list' as never)).rejects.toMatchObject({
    name: 'PostgresError',
    code: 'P0001',
    message: 'Flow squares has root map steps but input is not an array (got string)',
  });
  await client.startFlow('squares', [1] as never, workerId);
  expect(sim.runs.at(-1)?.id).toBe(workerId);
  const [message] = await client.readMessages('squares', 2, 1);
  await expect(client.startTasks('squares', [message!.msg_id], workerId)).rejects.toMatchObject({
    code: '23503',
  });
  const nobody = { run_id: '6f9619ff-8b86-4011-b42d-00cf4fc96400', step_slug: 'square', task_index: 0 };
  // Surprise: a report on a run that does not exist is not refused in 0.8.1.
  await client.completeTask(nobody, 1);
  await client.failTask(nobody, 'no');
  expect(String(sim.timeline)).toContain('task 0 is reported failed (no), but there is no such task');
  await expect(client.completeTask({ ...nobody, run_id: 'r' }, 1)).rejects.toMatchObject({ code: '22P02' });
  sim.database.unreachable('5s');
  await sim.advance(0);
  await expect(client.readMessages('squares', 2, 1)).rejects.toThrow('the database is unreachable');
});

it('a wrong argument is told by name', async () => {
  const sim = simulate(Greet);
  const client = pgflowClient(sim);
  // Such a poll would never end, or never let the time go on.
  await expect(client.readMessages('greet', 2, 1, null as never)).rejects.toThrow(
    'waits for a message for ever, as its maxPollSeconds is null',
  );
  await expect(client.readMessages('greet', 2, 1, 5, 0)).rejects.toThrow('pollIntervalMs is 0: expected');
  expect(() => pgflowClient({} as never)).toThrow('simulation is {}: expected the result of simulate()');
  expect(() => pgflowClient(sim, { registerWorkers: 1 } as never)).toThrow('options.registerWorkers is 1');
  expect(() => pgflowClient(sim, { register: true } as never)).toThrow('options.register is not an option');
  await expect(client.completeTask(null as never)).rejects.toThrow('stepTask is null: expected an object');
});

it('it is what the published interface says, to the compiler', () => {
  const client: IPgflowClient<typeof Greet> = pgflowClient(simulate(Greet));
  // @ts-expect-error: no such method of it
  expect(client.archive).toBeUndefined();
});
