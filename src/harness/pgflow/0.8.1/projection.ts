/** The model's state as tables. */
import { stepRow, stepStateRow, stepTaskRow } from '../../../model/pgflow/0.8.1/rows.ts';
import type { PgflowState } from '../../../model/pgflow/0.8.1/state.ts';
import type { Observation } from '../../contract/observation.ts';
import { projectPgflow } from '../shared/projection.ts';

export function project(state: PgflowState): Observation {
  return projectPgflow(state, {
    stepRow,
    stepStateRows: (run) => run.step_states.map((each) => stepStateRow(run, each)),
    stepTaskRows: (run) =>
      run.step_states.flatMap((each) =>
        each.tasks.map((task, task_index) => stepTaskRow(run, each, task_index, task)),
      ),
    workers: [...state.workers.values()].map((worker) => ({ ...worker })),
    sent: state.broadcasts.entries().map(([id, broadcast]) => ({ id, ...broadcast })),
    lastSent: state.lastBroadcast,
  });
}
