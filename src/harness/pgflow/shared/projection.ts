/** The model's state as the tables of pgflow, of its queues and of what it broadcasts. */
import type { PersistentMap } from '../../../model/kernel/persistent-map.ts';
import type { Row } from '../../../model/kernel/transition.ts';
import type { FlowOf } from '../../../model/pgflow/shared/flow.ts';
import { depRow, flowRow, runRow } from '../../../model/pgflow/shared/rows.ts';
import type { RunColumns } from '../../../model/pgflow/shared/run.ts';
import type { PgmqState } from '../../../model/pgmq/state.ts';
import type { Observation } from '../../contract/observation.ts';
import { remembered } from '../../contract/remembered.ts';
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
interface OwnRows<State, Step, Run> {
  stepRow(flow_slug: string, step: Step): Row;
  stepStateRows(run: Run): Row[];
  stepTaskRows(run: Run): Row[];
  workerRows(state: State): Row[];
  sentRows(state: State): Row[];
  /** The last id that was drawn for a broadcast. */
  lastSent(state: State): number;
}

/** The projection of a release. */
export function projectionOf<Step, Run extends RunColumns, State extends StateOf<Step, Run>>(
  own: OwnRows<State, Step, Run>,
): (state: State) => Observation {
  const flowTables = remembered((all: State['flows']) => {
    const flows = [...all.values()];
    return {
      flows: flows.map(flowRow),
      steps: flows.flatMap(({ flow_slug, steps }) => steps.map((step) => own.stepRow(flow_slug, step))),
      deps: flows.flatMap(({ flow_slug, deps }) => deps.map((dep) => depRow(flow_slug, dep))),
    };
  });
  const rowsOfRun = remembered((run: Run) => ({
    run: runRow(run),
    states: own.stepStateRows(run),
    tasks: own.stepTaskRows(run),
  }));
  const runTables = remembered((all: State['runs']) => {
    const rows = [...all.values()].map(rowsOfRun);
    return {
      runs: rows.map(({ run }) => run),
      states: rows.flatMap(({ states }) => states),
      tasks: rows.flatMap(({ tasks }) => tasks),
    };
  });
  function* tables(state: State): Generator<readonly [string, Row[]]> {
    const { flows, steps, deps } = flowTables(state.flows);
    yield ['pgflow.flows', flows];
    yield ['pgflow.steps', steps];
    yield ['pgflow.deps', deps];
    const { runs, states, tasks } = runTables(state.runs);
    yield ['pgflow.runs', runs];
    yield ['pgflow.step_states', states];
    yield ['pgflow.step_tasks', tasks];
    yield ['pgflow.workers', own.workerRows(state)];
    yield ['realtime.sent', own.sentRows(state)];
    yield ['realtime.sent_id_seq', [{ last_value: own.lastSent(state) }]];
    yield* projectPgmq(state.pgmq);
  }
  return (state) => observationOf(tables(state), keyOf);
}
