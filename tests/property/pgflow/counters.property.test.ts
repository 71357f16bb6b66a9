/** `remaining_steps`, `remaining_tasks` and `remaining_deps`, counted again from the rows that they summarise. */
import { describe, expect, it } from 'vitest';
import { expectSame } from '../../support/for-all.ts';
import {
  addStep,
  complete,
  createFlow,
  depsOf,
  flowOf,
  play,
  poll,
  runOf,
  spoils,
  startFlow,
  stateOf,
  taskOf,
} from '../../support/pgflow.ts';
import { refusalOf } from '../../support/play.ts';
import { alongTraces } from '../../support/traces.ts';

describe('the counters of a run', () => {
  it('remaining_steps is the number of its steps whose task has not completed', () => {
    alongTraces((steps) => {
      for (const { after } of steps) {
        for (const run of after.runs.values()) {
          const completed = run.step_tasks.filter((task) => task.status === 'completed').length;
          expectSame(run.remaining_steps, run.step_states.length - completed);
        }
      }
    });
  });

  it('remaining_tasks is one, and none once the task of the step has completed', () => {
    alongTraces((steps) => {
      for (const { after } of steps) {
        for (const run of after.runs.values()) {
          for (const { step_slug, remaining_tasks } of run.step_states) {
            const tasks = run.step_tasks.filter((task) => task.step_slug === step_slug);
            const completed = tasks.filter((task) => task.status === 'completed').length;
            expectSame(tasks.length > 1, false);
            expectSame(remaining_tasks, 1 - completed);
          }
        }
      }
    });
  });

  it('remaining_deps is the number of dependencies that have not completed, where each was named once and in time', () => {
    let waiting = 0;
    alongTraces((steps) => {
      const spoiled = new Set<string | undefined>();
      for (const step of steps) {
        spoiled.add(spoils(step));
        for (const run of step.after.runs.values()) {
          if (spoiled.has(run.flow_slug)) continue;
          for (const { step_slug, remaining_deps } of run.step_states) {
            const open = depsOf(flowOf(step.after, run), step_slug).filter(
              (dep) => taskOf(run, dep)?.status !== 'completed',
            );
            expectSame(remaining_deps, open.length);
            if (open.length > 0) waiting++;
          }
        }
      }
    });
    expect(waiting).toBeGreaterThan(0);
  });

  it('remaining_deps is in any flow what add_step first counted, less the completions that met a row of deps', () => {
    alongTraces((steps) => {
      const met = new Map<string, number>();
      for (const { before, command, after } of steps) {
        if (command.type === 'complete_task' && command.run_id !== null && command.step_slug !== null) {
          const run = after.runs.get(command.run_id);
          const was = before.runs.get(command.run_id);
          const completes =
            run &&
            was &&
            taskOf(run, command.step_slug)?.status === 'completed' &&
            taskOf(was, command.step_slug)?.status !== 'completed';
          for (const { dep_slug, step_slug } of completes ? flowOf(before, run).deps : []) {
            if (dep_slug !== command.step_slug) continue;
            const key = `${run!.run_id} ${step_slug}`;
            met.set(key, (met.get(key) ?? 0) + 1);
          }
        }
        for (const run of after.runs.values()) {
          const { steps } = flowOf(after, run);
          for (const { step_slug, remaining_deps } of run.step_states) {
            const { deps_count } = steps.find((step) => step.step_slug === step_slug)!;
            expectSame(remaining_deps, deps_count - (met.get(`${run.run_id} ${step_slug}`) ?? 0));
          }
        }
      }
    });
  });
});

describe('where remaining_deps is not the number of open dependencies', () => {
  it('a dependency that is named twice counts twice and is taken off once', () => {
    const { state } = play([
      createFlow('f'),
      addStep('f', 'a'),
      addStep('f', 'b', ['a', 'a']),
      startFlow('f'),
      complete(1, 'a'),
    ]);
    const run = runOf(state, 1);
    expect(depsOf(flowOf(state, run), 'b')).toEqual(['a']);
    expect(taskOf(run, 'a')?.status).toBe('completed');
    expect(stateOf(run, 'b')).toMatchObject({ status: 'created', remaining_deps: 1 });
  });

  it('a dependency that is added to a step which is there already does not count', () => {
    const { state, results } = play([
      createFlow('f'),
      addStep('f', 'a'),
      addStep('f', 'b'),
      addStep('f', 'b', ['a']),
      startFlow('f'),
      poll('f'),
      complete(1, 'a'),
    ]);
    const run = runOf(state, 1);
    expect(depsOf(flowOf(state, run), 'b')).toEqual(['a']);
    // So b starts beside what it depends on ...
    expect(stateOf(run, 'b')).toMatchObject({ status: 'started', remaining_deps: 0 });
    // ... which in its turn can never complete: it would be taken off what was never added.
    expect(refusalOf(results.at(-1))).toEqual(['23514', 'step_states_remaining_deps_check']);
    expect(taskOf(run, 'a')?.status).toBe('queued');
  });

  it('a dependency that is added while a run is under way is taken off in that run too', () => {
    const { results } = play([
      createFlow('f'),
      addStep('f', 'a'),
      addStep('f', 'b'),
      startFlow('f'),
      addStep('f', 'b', ['a']),
      complete(1, 'a'),
    ]);
    expect(refusalOf(results.at(-1))).toEqual(['23514', 'step_states_remaining_deps_check']);
  });

  it('a late dependency stands in for one that was named twice', () => {
    const { state } = play([
      createFlow('f'),
      addStep('f', 'a'),
      addStep('f', 'b'),
      addStep('f', 'c', ['a', 'a']),
      addStep('f', 'c', ['b']),
      startFlow('f'),
      complete(1, 'a'),
      complete(1, 'b'),
    ]);
    expect(stateOf(runOf(state, 1), 'c')).toMatchObject({ status: 'started', remaining_deps: 0 });
  });
});
