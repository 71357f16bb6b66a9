/** The model's state as the tables of pgflow, of its queues and of what it broadcasts. */
import type { Row } from '../../../model/kernel/transition.ts';
import {
  depRow,
  flowRow,
  runRow,
  stepRow,
  stepStateRow,
  stepTaskRow,
} from '../../../model/pgflow/0.1.20/rows.ts';
import type { PgflowState } from '../../../model/pgflow/0.1.20/state.ts';
import type { Observation } from '../../contract/observation.ts';
import { observationOf } from '../../lockstep/observation.ts';
import { projectPgmq } from '../../pgmq/projection.ts';
import { keyOf } from '../keys.ts';

export function project(state: PgflowState): Observation {
  return observationOf(tables(state), keyOf);
}

function* tables({ flows, runs, pgmq }: PgflowState): Generator<readonly [string, Row[]]> {
  const allFlows = [...flows.values()];
  const allRuns = [...runs.values()];
  yield ['pgflow.flows', allFlows.map(flowRow)];
  yield ['pgflow.steps', allFlows.flatMap((flow) => flow.steps.map((step) => stepRow(flow.flow_slug, step)))];
  yield ['pgflow.deps', allFlows.flatMap((flow) => flow.deps.map((dep) => depRow(flow.flow_slug, dep)))];
  yield ['pgflow.runs', allRuns.map(runRow)];
  yield [
    'pgflow.step_states',
    allRuns.flatMap((run) => run.step_states.map((state) => stepStateRow(run, state))),
  ];
  yield ['pgflow.step_tasks', allRuns.flatMap((run) => run.step_tasks.map((task) => stepTaskRow(run, task)))];
  // Nothing writes to it in this release, and nothing is broadcast.
  yield ['pgflow.workers', []];
  yield ['realtime.sent', []];
  yield ['realtime.sent_id_seq', [{ last_value: 0 }]];
  yield* projectPgmq(pgmq);
}
