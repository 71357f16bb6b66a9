/** The model's state as tables. */
import { stepRow, stepStateRow, stepTaskRow } from '../../../model/pgflow/0.1.20/rows.ts';
import type { PgflowState, Run } from '../../../model/pgflow/0.1.20/state.ts';
import type { Observation } from '../../contract/observation.ts';
import { projectionOf } from '../shared/projection.ts';

export const project: (state: PgflowState) => Observation = projectionOf({
  stepRow,
  stepStateRows: (run: Run) => run.step_states.map((each) => stepStateRow(run, each)),
  stepTaskRows: (run: Run) => run.step_tasks.map((task) => stepTaskRow(run, task)),
  // Nothing writes to it in this release, and nothing is broadcast.
  workerRows: () => [],
  sentRows: () => [],
  lastSent: () => 0,
});
