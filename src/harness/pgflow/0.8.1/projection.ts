/** The model's state as tables. */

import type { Row } from '../../../model/kernel/transition.ts';
import { stepRow, stepStateRow, stepTaskRow } from '../../../model/pgflow/0.8.1/rows.ts';
import type { Broadcast, PgflowState, Run, StepState } from '../../../model/pgflow/0.8.1/state.ts';
import type { Observation } from '../../contract/observation.ts';
import { remembered } from '../../contract/remembered.ts';
import { projectionOf } from '../shared/projection.ts';

const workerRows = remembered((workers: PgflowState['workers']): readonly Row[] => {
  const rows = [...workers.values()].map((worker) => ({ ...worker }));
  return rows.sort((a, b) => (a.worker_id < b.worker_id ? -1 : 1));
});
const sentRow = remembered((broadcast: Broadcast, id: number): Row => ({ id, ...broadcast }));
const sentRows = remembered((broadcasts: PgflowState['broadcasts']) =>
  broadcasts.entries().map(([id, broadcast]) => sentRow(broadcast, id)),
);
/** Its run may change around it, but neither its id nor its flow. */
const rowsOfState = remembered((state: StepState, run: Run) => ({
  state: stepStateRow(run, state),
  tasks: state.tasks.map((task, task_index) => stepTaskRow(run, state, task_index, task)),
}));

export const project: (state: PgflowState) => Observation = projectionOf({
  stepRow,
  stepStateRows: (run: Run) => run.step_states.map((each) => rowsOfState(each, run).state),
  stepTaskRows: (run: Run) => run.step_states.flatMap((each) => rowsOfState(each, run).tasks),
  workerRows: ({ workers }) => workerRows(workers),
  sentRows: ({ broadcasts }) => sentRows(broadcasts),
  lastSent: ({ lastBroadcast }) => lastBroadcast,
});
