/** With workers that keep polling every run ends, and in time: and where one never does. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectSame, forAll } from '../../support/for-all.ts';
import {
  addStep,
  complete,
  createFlow,
  play,
  poll,
  runOf,
  startFlow,
  stateOf,
  taskOf,
} from '../../support/pgflow.ts';
import { durationOf, type Job, type Mishap, type PlannedStep, work } from '../../support/pgflow-worker.ts';
import { refusalOf, rowsOf, wait } from '../../support/play.ts';

const slugs = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** Fewer mishaps than attempts. */
const options = fc
  .record({
    max_attempts: fc.integer({ min: 0, max: 4 }),
    base_delay: fc.integer({ min: 0, max: 3 }),
    timeout: fc.integer({ min: 1, max: 8 }),
    work: fc.nat({ max: 15_000 }),
  })
  .chain((options) => {
    const maxLength = Math.max(0, options.max_attempts - 1);
    const mishaps = fc.array(fc.constantFrom<Mishap>('fail', 'vanish'), { maxLength });
    return mishaps.map((mishaps) => ({ ...options, mishaps }));
  });

const steps: fc.Arbitrary<PlannedStep[]> = fc
  .array(fc.tuple(options, fc.array(fc.nat())), { minLength: 1, maxLength: slugs.length })
  .map((drawn) =>
    drawn.map(([options, picks], i) => {
      const deps = i === 0 ? [] : picks.map((pick) => slugs[pick % i]!);
      return { slug: slugs[i]!, deps: [...new Set(deps)], ...options };
    }),
  );

const jobs: fc.Arbitrary<Job> = fc.record({
  steps,
  starts: fc.array(fc.nat({ max: 5000 }), { minLength: 1, maxLength: 4 }),
  qty: fc.integer({ min: 1, max: 5 }),
  max_poll_seconds: fc.integer({ min: 1, max: 3 }),
  poll_interval_ms: fc.constantFrom(100, 250, 700, 1000),
});

describe('with a worker that keeps polling', () => {
  it('every run of a flow with fewer mishaps than attempts completes, neither too soon nor too late', () => {
    forAll(jobs, 150, (job) => {
      const { least, most } = durationOf(job);
      const lastStart = Math.max(...job.starts) + 5000;
      const runs = [...work(job, lastStart + most).runs.values()];
      expectSame(runs.length, job.starts.length);
      for (const run of runs) {
        expectSame(run.status, 'completed');
        const took = run.completed_at! - run.started_at;
        expectSame(took >= least && took <= most, true, `${took} ms, expected ${least} to ${most}`);
      }
    });
  });

  it('a task takes as many attempts as it has mishaps, and one more', () => {
    const quick = jobs.map((job) => ({ ...job, steps: job.steps.map((step) => ({ ...step, work: 0 })) }));
    forAll(quick, 80, (job) => {
      for (const run of work(job, 3_600_000).runs.values()) {
        for (const { slug, mishaps } of job.steps) {
          expectSame(taskOf(run, slug)?.attempts_count, mishaps.length + 1);
        }
      }
    });
  });

  it('every run ends, too, where a task fails whenever it is tried: it fails with the last attempt', () => {
    forAll(jobs, 80, (job) => {
      const [first, ...others] = job.steps;
      const attempts = Math.max(1, first!.max_attempts);
      const hopeless = { ...first!, mishaps: new Array<Mishap>(attempts).fill('fail') };
      for (const run of work({ ...job, steps: [hopeless, ...others] }, 3_600_000).runs.values()) {
        expectSame(run.status, 'failed');
        expectSame(taskOf(run, hopeless.slug)?.attempts_count, attempts);
      }
    });
  });
});

/** Polls for an hour, a minute apart. */
const hourOf = (...queues: string[]) =>
  Array.from({ length: 60 }, () => [wait(60_000), ...queues.map((queue) => poll(queue))]).flat();

const handedOut = (played: ReturnType<typeof play>, ...runs: number[]) =>
  played.results
    .flatMap((result) => (result.ok ? result.rows : []))
    .filter((row) => 'input' in row && 'msg_id' in row && runs.some((n) => row.run_id === runId(played, n)));
const runId = ({ state }: ReturnType<typeof play>, run: number) => runOf(state, run).run_id;

describe('where a run never ends although workers keep polling', () => {
  it('the tasks of two flows share a message id: neither flow can be polled', () => {
    const played = play([
      createFlow('f'),
      addStep('f', 'a'),
      createFlow('g'),
      addStep('g', 'a'),
      startFlow('f'),
      startFlow('g'),
      ...hourOf('f', 'g'),
    ]);
    const polls = played.results.slice(6);
    expect(polls.every((result) => refusalOf(result)?.[0] === '21000')).toBe(true);
    expect(handedOut(played, 1, 2)).toEqual([]);
    expect(taskOf(runOf(played.state, 1), 'a')?.message_id).toBe(1);
    expect(taskOf(runOf(played.state, 2), 'a')?.message_id).toBe(1);
  });

  it('two such flows come free when one of the tasks is completed by someone who never polled', () => {
    const { results } = play([
      createFlow('f'),
      addStep('f', 'a'),
      createFlow('g'),
      addStep('g', 'a'),
      startFlow('f'),
      startFlow('g'),
      complete(2, 'a'),
      poll('f'),
    ]);
    expect(rowsOf(results.at(-1))).toMatchObject([{ flow_slug: 'f', step_slug: 'a' }]);
  });

  it('a step names a dependency twice: it never becomes ready', () => {
    const played = play([
      createFlow('f'),
      addStep('f', 'a'),
      addStep('f', 'b', ['a', 'a']),
      startFlow('f'),
      poll('f'),
      complete(1, 'a'),
      ...hourOf('f'),
    ]);
    expect(handedOut(played, 1)).toMatchObject([{ step_slug: 'a' }]);
    expect(runOf(played.state, 1)).toMatchObject({ status: 'started', remaining_steps: 1 });
    expect(stateOf(runOf(played.state, 1), 'b')).toMatchObject({ status: 'created', remaining_deps: 1 });
  });

  it('the flow has no steps: nothing completes its run', () => {
    const { state } = play([createFlow('f'), startFlow('f'), ...hourOf('f')]);
    expect(runOf(state, 1)).toMatchObject({ status: 'started', remaining_steps: 0 });
  });

  for (const type of ['pgmq.delete', 'pgmq.archive'] as const) {
    it(`an operator used ${type} on the message of a task: it is never handed out again`, () => {
      const played = play([
        createFlow('f'),
        addStep('f', 'a'),
        startFlow('f'),
        poll('f'),
        { type, queue_name: 'f', msg_id: 1 },
        ...hourOf('f'),
      ]);
      expect(handedOut(played, 1)).toHaveLength(1);
      expect(runOf(played.state, 1)).toMatchObject({ status: 'started' });
      expect(taskOf(runOf(played.state, 1), 'a')).toMatchObject({ status: 'queued', attempts_count: 1 });
    });
  }

  it('the timeout of a step is so long that two more seconds are no integer: its queue cannot be polled', () => {
    const played = play([
      createFlow('f'),
      addStep('f', 'a', [], { timeout: 2 ** 31 - 2 }),
      addStep('f', 'b'),
      startFlow('f'),
      ...hourOf('f'),
    ]);
    const polls = played.results.slice(4);
    expect(polls.every((result) => refusalOf(result)?.[0] === '22003')).toBe(true);
    expect(handedOut(played, 1)).toEqual([]);
  });

  it('a dependency was added late: the step that it names cannot complete', () => {
    const report = [wait(60_000), poll('f'), complete(1, 'a')];
    const { results, state } = play([
      createFlow('f'),
      addStep('f', 'a'),
      addStep('f', 'b'),
      addStep('f', 'b', ['a']),
      startFlow('f'),
      ...Array.from({ length: 60 }, () => report).flat(),
    ]);
    const reports = results.slice(5).filter((_, i) => i % 2 === 1);
    expect(reports.every((result) => refusalOf(result)?.[0] === '23514')).toBe(true);
    expect(runOf(state, 1)).toMatchObject({ status: 'started', remaining_steps: 2 });
  });

  it('every attempt vanishes: it is tried for ever, far beyond its last attempt', () => {
    const { state } = play([
      createFlow('f', { max_attempts: 3, timeout: 30 }),
      addStep('f', 'a'),
      startFlow('f'),
      ...hourOf('f'),
    ]);
    expect(taskOf(runOf(state, 1), 'a')).toMatchObject({ status: 'queued', attempts_count: 60 });
    expect(runOf(state, 1)).toMatchObject({ status: 'started' });
  });
});
