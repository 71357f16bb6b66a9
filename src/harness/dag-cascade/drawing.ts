/** Flows drawn: nodes coloured by how they ended, how far their steps are, and what waits for the workers of each pool. */
import { jsonbText } from '../../model/dag-cascade/values.ts';
import type { Jsonb } from '../../model/kernel/jsonb.ts';
import type { Row } from '../../model/kernel/transition.ts';
import type { Drawing, DrawnGraph, DrawnQueue, DrawnRun, DrawnState } from '../contract/drawing.ts';
import type { Observation } from '../contract/observation.ts';

const instants: ReadonlySet<string> = new Set([
  ...['created', 'entered', 'consumed', 'processed', 'yielded', 'times_up', 'eligible_when', 'running_since'],
  ...['last_heavy_maintenance', 'last_light_maintenance', 'started', 'finished', 'changed'],
]);
const jsonbColumns: ReadonlySet<string> = new Set(['arguments', 'args', 'task_data', 'step_arguments']);

export const dagCascadeDrawing: Drawing = {
  graphs,
  runs,
  queues,
  columnType: (column) => (instants.has(column) ? 'instant' : jsonbColumns.has(column) ? 'jsonb' : 'other'),
};

const rowsOf = (observation: Observation, table: string): readonly Row[] => observation.get(table) ?? [];
const named = (rows: readonly Row[], column: string, name: unknown) =>
  rows.filter((row) => row[column] === name);

function graphs(observation: Observation): readonly DrawnGraph[] {
  const nodes = new Map(rowsOf(observation, 'flow.node').map((node) => [node.node, node]));
  return rowsOf(observation, 'flow.flow_configuration').map(({ flow }) => ({
    id: String(flow),
    nodes: named(rowsOf(observation, 'flow.flow_node'), 'flow', flow).map(({ node }) => ({
      id: String(node),
      kind: kindOf(nodes.get(node)),
    })),
    edges: named(rowsOf(observation, 'flow.dependency_configuration'), 'flow', flow)
      .filter(({ parent, child }) => nodes.has(parent) && nodes.has(child))
      .map(({ parent, child }) => ({ from: String(parent), to: String(child) })),
  }));
}

function kindOf(node: Row | undefined): string {
  if (node?.target == null) return 'no target';
  if (node.empty) return 'empty';
  return node.steps_to_flow === null ? '' : `steps start ${node.steps_to_flow}`;
}

interface FlowTaskData {
  readonly flow_id?: number;
  readonly node?: string;
  readonly step_arguments?: Jsonb;
}

const dataOf = ({ task_data }: Row) => (task_data ?? {}) as FlowTaskData;
const isNode = (task: Row) => jsonbText(dataOf(task).step_arguments ?? null) === '{}';

function runs(observation: Observation): readonly DrawnRun[] {
  const configured = rowsOf(observation, 'flow.flow_node');
  const tasks = rowsOf(observation, 'async.task');
  return rowsOf(observation, 'flow.flow').map((run) => {
    const own = tasks.filter((task) => dataOf(task).flow_id === run.flow_id);
    const names = named(configured, 'flow', run.flow).map(({ node }) => String(node));
    return {
      id: String(run.flow_id),
      graph: String(run.flow),
      status: statusOfRun(run, own),
      nodes: new Map(
        names.map((name) => [
          name,
          stateOf(
            own.filter((task) => dataOf(task).node === name),
            run,
          ),
        ]),
      ),
    };
  });
}

function statusOfRun({ processed }: Row, tasks: readonly Row[]): string {
  if (processed === null) return 'started';
  return tasks.some((task) => isNode(task) && task.failed === true) ? 'failed' : 'completed';
}

/** Of a node and its steps. */
function stateOf(tasks: readonly Row[], run: Row): DrawnState {
  const node = tasks.find(isNode);
  const steps = tasks.filter((task) => !isNode(task));
  const done = steps.filter(({ processed }) => processed !== null).length;
  const failed = steps.filter((step) => step.failed === true).length;
  const ofSteps = [
    ...(steps.length > 0 ? [`${done}/${steps.length} steps done`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ];
  if (!node) return { status: run.processed === null ? 'created' : 'skipped', note: ofSteps.join(', ') };
  const error = node.processing_error === null ? [] : [String(node.processing_error)];
  return { status: statusOf(node), note: [wordOf(node), ...ofSteps, ...error].join(', ') };
}

const statusOf = ({ processed, failed, consumed, yielded }: Row): string => {
  if (processed !== null) return failed === true ? 'failed' : 'completed';
  return consumed === null && yielded === null ? 'created' : 'started';
};

const wordOf = ({ finish_status: status, source, failed, ...task }: Row): string => {
  if (task.processed !== null) {
    // An orchestrator that starts leaves the status as it was.
    const isPresumed = failed === true && (status === null || status === 'YIELDED' || status === 'DEFERRED');
    return isPresumed ? 'presumed failed' : String(status ?? 'finished').toLowerCase();
  }
  if (task.yielded !== null) return source === 'step processing' ? 'waits for its steps' : 'yielded';
  if (task.consumed !== null) return 'running';
  return status === 'DEFERRED' ? 'deferred' : 'ready';
};

/** A lane for each pool, with what is not processed in it. */
function queues(observation: Observation): readonly DrawnQueue[] {
  const open = rowsOf(observation, 'async.task').filter(({ processed }) => processed === null);
  return rowsOf(observation, 'async.concurrency_pool_tracker').map(({ concurrency_pool: pool }) => ({
    name: String(pool),
    messages: named(open, 'concurrency_pool', pool).map((task) => ({
      id: String(task.task_id),
      label: labelOf(dataOf(task)),
      enqueuedAt: task.entered as number,
      visibleAt: visibleAt(task),
      reads: task.consumed === null ? 0 : 1,
    })),
  }));
}

/** What runs or is yielded is not taken again; its time is up at some instant. */
function visibleAt({ consumed, yielded, times_up, eligible_when, entered }: Row): number {
  const isTaken = consumed !== null || yielded !== null;
  return Number((isTaken ? times_up : eligible_when) ?? entered);
}

function labelOf({ flow_id, node, step_arguments = null }: FlowTaskData): string {
  if (flow_id === undefined) return 'request to finish';
  const args = jsonbText(step_arguments);
  return `flow ${flow_id} node ${node}${args === '{}' ? '' : ` step ${args}`}`;
}
