/** Laws of pgflow 0.8.1 that hold in every reachable state. Those that it breaks are told in the tests. */
import type { Invariant } from '../../kernel/machine.ts';
import { countsRemainingSteps, ofRuns } from '../shared/invariants.ts';
import type { PgflowState, Run, StepState, StepTask } from './state.ts';

const count = (state: StepState, status: StepTask['status']) =>
  state.tasks.filter((task) => task.status === status).length;

/** The workers among which all of a run were found: neither changes often. */
const registeredIn = new WeakMap<Run, PgflowState['workers']>();

export const invariants: readonly Invariant<PgflowState>[] = [
  countsRemainingSteps,
  ofStates(
    'a step that has started has the tasks that it was to begin with, and no other has any',
    (state) => state.tasks.length === (state.started_at === null ? 0 : state.initial_tasks),
  ),
  ofStates(
    'remaining_tasks counts the tasks that have not completed, and is null before the start',
    (state) =>
      state.started_at === null
        ? state.remaining_tasks === null
        : state.remaining_tasks === state.tasks.length - count(state, 'completed'),
  ),
  ofStates('a step is completed when all its tasks are, and only then', (state) =>
    state.status === 'completed'
      ? state.started_at !== null && count(state, 'completed') === state.tasks.length
      : state.started_at === null || count(state, 'completed') < state.tasks.length,
  ),
  ofStates('only a map that waits does not know how many tasks it will have', (state) =>
    state.initial_tasks === null ? state.started_at === null && state.remaining_deps > 0 : true,
  ),
  ofRuns('outside failed runs no step that is ready has been left unstarted', (run) =>
    run.status === 'failed'
      ? undefined
      : run.step_states.find((state) => state.status === 'created' && state.remaining_deps === 0),
  ),
  // Not the other way round: an output of the wrong type can fail the run for a step that is not part of it.
  ofRuns('a step that failed has failed its run', (run) =>
    run.status === 'failed' ? undefined : run.step_states.find((state) => state.status === 'failed'),
  ),
  ofRuns('a run is completed exactly when it has no remaining steps', (run) =>
    (run.status === 'completed') === (run.remaining_steps === 0) ? undefined : run.status,
  ),
  {
    title: 'every queued task is found by its message, and no other task is',
    violation: ({ runs, queuedTasks }) => {
      let queued = 0;
      for (const run of runs.values()) {
        for (const state of run.step_states) {
          for (const [task_index, { message_id, status }] of state.tasks.entries()) {
            const found = (queuedTasks.get(run.flow_slug)?.get(message_id) ?? []).some(
              (key) =>
                key.run_id === run.run_id &&
                key.step_slug === state.step_slug &&
                key.task_index === task_index,
            );
            if (found !== (status === 'queued')) return `${state.step_slug} of ${run.run_id}`;
            if (found) queued++;
          }
        }
      }
      let indexed = 0;
      for (const tasks of queuedTasks.values()) for (const keys of tasks.values()) indexed += keys.length;
      return indexed === queued ? undefined : `${indexed} indexed, ${queued} queued`;
    },
  },
  {
    title: 'no task was started by a worker that is not registered',
    violation: ({ runs, workers }) => {
      for (const run of runs.values()) {
        if (registeredIn.get(run) === workers) continue;
        const strangers = run.step_states
          .flatMap((state) => state.tasks)
          .filter(({ last_worker_id }) => last_worker_id !== null && !workers.has(last_worker_id));
        if (strangers.length > 0) return `${strangers[0]!.last_worker_id} in ${run.run_id}`;
        registeredIn.set(run, workers);
      }
      return undefined;
    },
  },
];

function ofStates(title: string, holds: (state: StepState) => boolean): Invariant<PgflowState> {
  return ofRuns(title, (run) => run.step_states.find((state) => !holds(state)));
}
