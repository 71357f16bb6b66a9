/** The model's state as the tables of pgflow, of its queues and of what it broadcasts. */
import type { Row } from '../../../model/kernel/transition.ts';
import {
  depRow,
  flowRow,
  runRow,
  stepRow,
  stepStateRow,
  stepTaskRow,
} from '../../../model/pgflow/0.8.1/rows.ts';
import type { PgflowState } from '../../../model/pgflow/0.8.1/state.ts';
import type { Observation } from '../../contract/observation.ts';
import { observationOf } from '../../lockstep/observation.ts';
import { projectPgmq } from '../../pgmq/projection.ts';
import { keyOf } from '../keys.ts';

export function project(state: PgflowState): Observation {
  return observationOf(tables(state), keyOf);
}

function* tables(state: PgflowState): Generator<readonly [string, Row[]]> {
  const flows = [...state.flows.values()];
  const runs = [...state.runs.values()];
  yield ['pgflow.flows', flows.map(flowRow)];
  yield ['pgflow.steps', flows.flatMap((flow) => flow.steps.map((step) => stepRow(flow.flow_slug, step)))];
  yield ['pgflow.deps', flows.flatMap((flow) => flow.deps.map((dep) => depRow(flow.flow_slug, dep)))];
  yield ['pgflow.runs', runs.map(runRow)];
  yield ['pgflow.step_states', runs.flatMap((run) => run.step_states.map((each) => stepStateRow(run, each)))];
  yield [
    'pgflow.step_tasks',
    runs.flatMap((run) =>
      run.step_states.flatMap((each) =>
        each.tasks.map((task, task_index) => stepTaskRow(run, each, task_index, task)),
      ),
    ),
  ];
  yield ['pgflow.workers', [...state.workers.values()].map((worker) => ({ ...worker }))];
  yield ['realtime.sent', state.broadcasts.entries().map(([id, broadcast]) => ({ id, ...broadcast }))];
  yield ['realtime.sent_id_seq', [{ last_value: state.lastBroadcast }]];
  yield* projectPgmq(state.pgmq);
}
