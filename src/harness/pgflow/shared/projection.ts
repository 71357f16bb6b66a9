/** The model's state as the tables of pgflow, of its queues and of what it broadcasts. */
import type { PersistentMap } from '../../../model/kernel/persistent-map.ts';
import type { Row } from '../../../model/kernel/transition.ts';
import type { FlowOf } from '../../../model/pgflow/shared/flow.ts';
import { depRow, flowRow, runRow } from '../../../model/pgflow/shared/rows.ts';
import type { RunColumns } from '../../../model/pgflow/shared/run.ts';
import type { PgmqState } from '../../../model/pgmq/state.ts';
import type { Observation } from '../../contract/observation.ts';
import { remembered } from '../../contract/remembered.ts';
import { sortedTables } from '../../lockstep/observation.ts';
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
  /** Sorted by key, as the next. */
  workerRows(state: State): readonly Row[];
  sentRows(state: State): readonly Row[];
  /** The last id that was drawn for a broadcast. */
  lastSent(state: State): number;
}

/** The projection of a release. */
export function projectionOf<Step, Run extends RunColumns, State extends StateOf<Step, Run>>(
  own: OwnRows<State, Step, Run>,
): (state: State) => Observation {
  const ofFlows = remembered((all: State['flows']) => {
    const flows = [...all.values()];
    return sorted([
      ['pgflow.flows', flows.map(flowRow)],
      [
        'pgflow.steps',
        flows.flatMap(({ flow_slug, steps }) => steps.map((step) => own.stepRow(flow_slug, step))),
      ],
      ['pgflow.deps', flows.flatMap(({ flow_slug, deps }) => deps.map((dep) => depRow(flow_slug, dep)))],
    ]);
  });
  const tablesOfRun = remembered((run: Run) =>
    sorted([
      ['pgflow.runs', [runRow(run)]],
      ['pgflow.step_states', own.stepStateRows(run)],
      ['pgflow.step_tasks', own.stepTaskRows(run)],
    ]),
  );
  // The keys of all three begin with the id of the run.
  const ofRuns = remembered((all: State['runs']): [string, readonly Row[]][] => {
    const runs = [...all.values()].sort((a, b) => (a.run_id < b.run_id ? -1 : 1)).map(tablesOfRun);
    return ['pgflow.runs', 'pgflow.step_states', 'pgflow.step_tasks'].map((table, i) => [
      table,
      runs.flatMap((tables) => tables[i]![1]),
    ]);
  });
  return (state) =>
    new Map([
      ...ofFlows(state.flows),
      ...ofRuns(state.runs),
      ['pgflow.workers', own.workerRows(state)],
      ['realtime.sent', own.sentRows(state)],
      ['realtime.sent_id_seq', [{ last_value: own.lastSent(state) }]],
      ...projectPgmq(state.pgmq),
    ]);
}

const sorted = (tables: [string, Row[]][]) => sortedTables(tables, keyOf);
