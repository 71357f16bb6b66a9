/** The model's state as the tables of pgflow, of its queues and of what it broadcasts. */
import type { PersistentMap } from '../../../model/kernel/persistent-map.ts';
import type { Row } from '../../../model/kernel/transition.ts';
import type { FlowOf } from '../../../model/pgflow/shared/flow.ts';
import { depRow, flowRow, runRow } from '../../../model/pgflow/shared/rows.ts';
import type { RunColumns } from '../../../model/pgflow/shared/run.ts';
import type { PgmqState } from '../../../model/pgmq/state.ts';
import type { Observation } from '../../contract/observation.ts';
import { observationOf } from '../../lockstep/observation.ts';
import { projectPgmq } from '../../pgmq/projection.ts';
import { keyOf } from './keys.ts';

/** What every release keeps. */
interface StateOf<Step, Run> {
  readonly flows: PersistentMap<FlowOf<Step>>;
  readonly runs: PersistentMap<Run>;
  readonly pgmq: PgmqState;
}

/** The rows whose columns are a release's own. */
interface OwnRows<Step, Run> {
  stepRow(flow_slug: string, step: Step): Row;
  stepStateRows(run: Run): Row[];
  stepTaskRows(run: Run): Row[];
  readonly workers: Row[];
  readonly sent: Row[];
  /** The last id that was drawn for a broadcast. */
  readonly lastSent: number;
}

export function projectPgflow<Step, Run extends RunColumns>(
  state: StateOf<Step, Run>,
  rows: OwnRows<Step, Run>,
): Observation {
  return observationOf(tables(state, rows), keyOf);
}

function* tables<Step, Run extends RunColumns>(
  state: StateOf<Step, Run>,
  rows: OwnRows<Step, Run>,
): Generator<readonly [string, Row[]]> {
  const flows = [...state.flows.values()];
  const runs = [...state.runs.values()];
  yield ['pgflow.flows', flows.map(flowRow)];
  yield [
    'pgflow.steps',
    flows.flatMap(({ flow_slug, steps }) => steps.map((step) => rows.stepRow(flow_slug, step))),
  ];
  yield ['pgflow.deps', flows.flatMap(({ flow_slug, deps }) => deps.map((dep) => depRow(flow_slug, dep)))];
  yield ['pgflow.runs', runs.map(runRow)];
  yield ['pgflow.step_states', runs.flatMap((run) => rows.stepStateRows(run))];
  yield ['pgflow.step_tasks', runs.flatMap((run) => rows.stepTaskRows(run))];
  yield ['pgflow.workers', rows.workers];
  yield ['realtime.sent', rows.sent];
  yield ['realtime.sent_id_seq', [{ last_value: rows.lastSent }]];
  yield* projectPgmq(state.pgmq);
}
