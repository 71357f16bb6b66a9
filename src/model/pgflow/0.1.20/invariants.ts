/** Laws of pgflow 0.1.20 that hold in every reachable state. Those that it breaks are told in the tests. */
import type { Invariant } from '../../kernel/machine.ts';
import { countsRemainingSteps, ofRuns } from '../shared/invariants.ts';
import type { PgflowState } from './state.ts';

export const invariants: readonly Invariant<PgflowState>[] = [
  countsRemainingSteps,
  ofRuns('remaining_tasks is 0 for a completed step and 1 for every other', (run) =>
    run.step_states.find((state) => state.remaining_tasks !== (state.status === 'completed' ? 0 : 1)),
  ),
  ofRuns('a step has a task exactly when it has started', (run) =>
    run.step_states.find(
      (state) =>
        (state.status !== 'created') !== run.step_tasks.some((task) => task.step_slug === state.step_slug),
    ),
  ),
  ofRuns('a step has the status that its task gave it', (run) =>
    run.step_tasks.find((task) => {
      const state = run.step_states.find((state) => state.step_slug === task.step_slug);
      return state?.status !== (task.status === 'queued' ? 'started' : task.status);
    }),
  ),
  ofRuns('no step that is ready has been left unstarted', (run) =>
    run.step_states.find((state) => state.status === 'created' && state.remaining_deps === 0),
  ),
  ofRuns('a run fails exactly when one of its steps has failed', (run) =>
    (run.status === 'failed') === run.step_states.some((state) => state.status === 'failed')
      ? undefined
      : run.status,
  ),
  ofRuns('a completed run has no remaining steps', (run) =>
    run.status === 'completed' && run.remaining_steps !== 0 ? run.remaining_steps : undefined,
  ),
  {
    title: 'every queued task is found by its message, and no other task is',
    violation: ({ runs, queuedTasks }) => {
      let queued = 0;
      for (const run of runs.values()) {
        for (const { message_id, step_slug, status } of run.step_tasks) {
          const found = (queuedTasks.get(message_id) ?? []).some(
            (key) => key.run_id === run.run_id && key.step_slug === step_slug,
          );
          if (found !== (status === 'queued')) return `${step_slug} of ${run.run_id}`;
          if (found) queued++;
        }
      }
      const indexed = queuedTasks.values().reduce((sum, keys) => sum + keys.length, 0);
      return indexed === queued ? undefined : `${indexed} indexed, ${queued} queued`;
    },
  },
];
