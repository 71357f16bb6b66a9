/** The model's state as tables. */
import { stepRow, stepStateRow, stepTaskRow } from '../../../model/pgflow/0.1.20/rows.ts';
import type { PgflowState } from '../../../model/pgflow/0.1.20/state.ts';
import type { Observation } from '../../contract/observation.ts';
import { projectPgflow } from '../shared/projection.ts';

export function project(state: PgflowState): Observation {
  return projectPgflow(state, {
    stepRow,
    stepStateRows: (run) => run.step_states.map((each) => stepStateRow(run, each)),
    stepTaskRows: (run) => run.step_tasks.map((task) => stepTaskRow(run, task)),
    // Nothing writes to it in this release, and nothing is broadcast.
    workers: [],
    sent: [],
    lastSent: 0,
  });
}
