/** The model's state as tables. */
import { stepRow, stepStateRow, stepTaskRow } from '../../../model/pgflow/0.8.1/rows.ts';
import type { PgflowState, Run } from '../../../model/pgflow/0.8.1/state.ts';
import type { Observation } from '../../contract/observation.ts';
import { remembered } from '../../contract/remembered.ts';
import { projectionOf } from '../shared/projection.ts';

const workerRows = remembered((workers: PgflowState['workers']) =>
  [...workers.values()].map((worker) => ({ ...worker })),
);
const sentRows = remembered((broadcasts: PgflowState['broadcasts']) =>
  broadcasts.entries().map(([id, broadcast]) => ({ id, ...broadcast })),
);

export const project: (state: PgflowState) => Observation = projectionOf({
  stepRow,
  stepStateRows: (run: Run) => run.step_states.map((each) => stepStateRow(run, each)),
  stepTaskRows: (run: Run) =>
    run.step_states.flatMap((each) =>
      each.tasks.map((task, task_index) => stepTaskRow(run, each, task_index, task)),
    ),
  workerRows: ({ workers }) => workerRows(workers),
  sentRows: ({ broadcasts }) => sentRows(broadcasts),
  lastSent: ({ lastBroadcast }) => lastBroadcast,
});
