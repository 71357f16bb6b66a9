/** What has ended stays ended: runs, steps and tasks, and what a failed run can still go through. */
import { describe, expect, it } from 'vitest';
import { pgflow0120 } from '../../../src/model/pgflow/0.1.20/machine.ts';
import type { Run } from '../../../src/model/pgflow/0.1.20/state.ts';
import { expectSame } from '../../support/for-all.ts';
import {
  addStep,
  complete,
  createFlow,
  fail,
  play,
  poll,
  runOf,
  type Step,
  startFlow,
  stateOf,
  tablesOf,
  taskOf,
} from '../../support/pgflow.ts';
import { refusalOf, rowsOf, wait } from '../../support/play.ts';
import { alongTraces } from '../../support/traces.ts';

/** Each run beside itself after the next command. */
function* changes(steps: readonly Step[]): Generator<readonly [was: Run, is: Run]> {
  for (const { before, after } of steps) {
    for (const was of before.runs.values()) {
      const is = after.runs.get(was.run_id);
      if (!is) throw new Error(`run ${was.run_id} is gone`);
      if (was !== is) yield [was, is];
    }
  }
}

describe('what has ended', () => {
  it('a completed run stays as it is, with all its steps and tasks', () => {
    alongTraces((steps) => {
      for (const [was, is] of changes(steps)) if (was.status === 'completed') expectSame(is, was);
    });
  });

  it('a failed run stays failed, without output, and forgets nothing but when it failed', () => {
    alongTraces((steps) => {
      for (const [was, is] of changes(steps)) {
        if (was.status !== 'failed') continue;
        const { failed_at: _, remaining_steps, step_states: __, step_tasks: ___, ...rest } = is;
        expect(was).toMatchObject(rest);
        expect(rest).toMatchObject({ status: 'failed', output: undefined, completed_at: null });
        expect(remaining_steps).toBeGreaterThan(0);
        expect(remaining_steps).toBeLessThanOrEqual(was.remaining_steps);
      }
    });
  });

  it('a step or task that completed or failed stays as it is, even in a run that goes on', () => {
    alongTraces((steps) => {
      for (const [was, is] of changes(steps)) {
        for (const task of was.step_tasks) {
          if (task.status !== 'queued') expectSame(taskOf(is, task.step_slug), task);
        }
        for (const state of was.step_states) {
          const ended = state.status === 'completed' || state.status === 'failed';
          if (ended) expectSame(stateOf(is, state.step_slug), state);
        }
      }
    });
  });

  it('a step goes from created to started to its end, and never back', () => {
    const order = ['created', 'started', 'completed', 'failed'];
    alongTraces((steps) => {
      for (const [was, is] of changes(steps)) {
        for (const { step_slug, status } of was.step_states) {
          const next = stateOf(is, step_slug).status;
          expectSame(order.indexOf(next) >= order.indexOf(status), true, `${status} to ${next}`);
        }
      }
    });
  });
});

describe('a task reported twice', () => {
  it('that completed is refused as completed again, and nothing changes', () => {
    let tried = 0;
    alongTraces((steps) => {
      const last = steps.at(-1)!;
      const now = last.finishedAt;
      const before = tablesOf(last.after);
      for (const run of last.after.runs.values()) {
        for (const { step_slug, status } of run.step_tasks) {
          if (status === 'queued') continue;
          const { run_id } = run;
          const command = { type: 'complete_task', run_id, step_slug, task_index: 0, output: 1 } as const;
          const { result, state } = pgflow0120.transition(last.after, command, { now, uuid: run_id });
          const constraint =
            status === 'completed' ? 'step_states_remaining_tasks_check' : 'completed_at_or_failed_at';
          expectSame(refusalOf(result), ['23514', constraint]);
          expectSame(tablesOf(state), before);
          tried++;
        }
      }
    });
    expect(tried).toBeGreaterThan(0);
  });

  it('keeps the first output', () => {
    const { state, results } = play([
      createFlow('f'),
      addStep('f', 'a'),
      startFlow('f'),
      complete(1, 'a', 'first'),
      complete(1, 'a', 'second'),
    ]);
    expect(refusalOf(results.at(-1))).toEqual(['23514', 'step_states_remaining_tasks_check']);
    expect(runOf(state, 1)).toMatchObject({ status: 'completed', output: { a: 'first' } });
  });

  it('that failed cannot be completed by a late worker', () => {
    const { results } = play([
      createFlow('f', { max_attempts: 0 }),
      addStep('f', 'a'),
      startFlow('f'),
      fail(1, 'a'),
      complete(1, 'a'),
    ]);
    expect(refusalOf(results.at(-1))).toEqual(['23514', 'completed_at_or_failed_at']);
  });
});

describe('what a failed run still goes through', () => {
  const failed = [
    createFlow('f', { max_attempts: 0 }),
    addStep('f', 'a'),
    addStep('f', 'b'),
    addStep('f', 'c', ['b']),
    startFlow('f'),
    fail(1, 'a'),
  ];

  it('it forgets when it failed as soon as a failure is reported that does not fail it again', () => {
    const { steps, state } = play([...failed, wait(1000), fail(1, 'a')]);
    expect(runOf(steps.at(-1)!.before, 1)).toMatchObject({ status: 'failed', failed_at: steps[5]!.now });
    expect(runOf(state, 1)).toMatchObject({ status: 'failed', failed_at: null });
  });

  it('the report may even be about a task that does not exist', () => {
    const { state } = play([...failed, fail(1, 'none')]);
    expect(runOf(state, 1)).toMatchObject({ status: 'failed', failed_at: null });
  });

  it('it fails later when another task fails later', () => {
    const { state, now } = play([...failed, wait(1000), fail(1, 'b')]);
    expect(runOf(state, 1)).toMatchObject({ status: 'failed', failed_at: now });
  });

  it('its other tasks are handed out, completed, and start the steps that wait for them', () => {
    const { steps, results, state } = play([...failed, poll('f'), complete(1, 'b', 2), poll('f')]);
    expect(rowsOf(results[6])).toMatchObject([{ step_slug: 'b' }]);
    expect(rowsOf(results[8])).toMatchObject([{ step_slug: 'c', input: { run: {}, b: 2 } }]);
    expect(steps.at(-1)!.reached).toContain('poll_for_tasks/first-attempt');
    expect(runOf(state, 1)).toMatchObject({ status: 'failed', remaining_steps: 2, output: undefined });
  });
});
