/** The order in which tasks were finished together: it shows in what their triggers did first. */

import type { FlowTaskData } from '../../../model/dag-cascade/state.ts';
import { jsonbText } from '../../../model/dag-cascade/values.ts';
import type { Jsonb } from '../../../model/kernel/jsonb.ts';
import type { Observation } from '../../contract/observation.ts';
import type { TaskRow, Tasks } from './tasks.ts';

/** Steps of a node that came only then, and did not find it. */
const first = -2;
/** Those that it could not start were started by nobody: a parent of theirs was done only after it, by its steps. */
const beforeFailures = -1;
/** What fails may start nothing, and those after it see that it is done. */
const failing = 0;
const last = Number.MAX_SAFE_INTEGER;

/** By the first task that a node or its steps have brought about; of one node, the one first that did so. Tasks up to `before` are not new. */
export function inFinishedOrder(
  members: readonly string[],
  tasks: Tasks,
  before: number,
  tables: Pick<Observation, 'get'>,
): readonly string[] {
  const ids = members.map(Number);
  const traces = tracesIn(tasks, before, new Set(ids), tables);
  const scores = new Map(ids.map((id) => [String(id), [whenOf(id, traces), rankOf(id, traces)] as const]));
  return members.toSorted((a, b) => {
    const [x, y] = [scores.get(a)!, scores.get(b)!];
    return x[0] - y[0] || x[1] - y[1];
  });
}

interface Traces {
  readonly tasks: Tasks;
  readonly before: number;
  readonly members: ReadonlySet<number>;
  /** The least id of the new tasks that have this source. */
  readonly bySource: ReadonlyMap<string, number>;
  /** The least id of the new steps that a node was given, by flow and node. */
  readonly steps: ReadonlyMap<string, number>;
  readonly errors: ReadonlySet<string>;
  /** Nodes with steps that are not done, by flow and node. */
  readonly withOpenSteps: ReadonlySet<string>;
  /** Nodes of which a child has no task, by flow and node. */
  readonly withoutChild: ReadonlySet<string>;
  /** By flow and node, a new child that waits for its steps, and so no longer tells who has started it. */
  readonly yielding: ReadonlyMap<string, number>;
}

function tracesIn(
  tasks: Tasks,
  before: number,
  members: ReadonlySet<number>,
  tables: Pick<Observation, 'get'>,
): Traces {
  const bySource = new Map<string, number>();
  const steps = new Map<string, number>();
  const errors = new Set<string>();
  const withOpenSteps = new Set<string>();
  for (const { task_id, source, processing_error: error, task_data, processed } of tasks.all) {
    if (!isOfFlow(task_data)) continue;
    const place = placeOf(task_data);
    if (error !== null) errors.add(`${place} ${error}`);
    if (processed === null && !isNode(task_data)) withOpenSteps.add(place);
    if (task_id <= before || source === null) continue;
    if (!bySource.has(source)) bySource.set(source, task_id);
    if (source === 'trigger create steps' && !steps.has(place)) steps.set(place, task_id);
  }
  const withoutChild = new Set<string>();
  const yielding = new Map<string, number>();
  for (const { flow_id, parent, child } of tables.get('flow.dependency') ?? []) {
    const data = { flow_id, node: child, step_arguments: {} } as Jsonb;
    const id = tasks.byData.get(jsonbText(data));
    if (id === undefined) withoutChild.add(`${flow_id} ${parent}`);
    else if (id > before && tasks.byId.get(id)?.source === 'step processing')
      yielding.set(`${flow_id} ${parent}`, id);
  }
  return { tasks, before, members, bySource, steps, errors, withOpenSteps, withoutChild, yielding };
}

const isOfFlow = (data: TaskRow['task_data'] | undefined): data is FlowTaskData =>
  data !== null && data !== undefined && 'flow_id' in data;
const placeOf = ({ flow_id, node }: FlowTaskData) => `${flow_id} ${node}`;
const isNode = ({ step_arguments }: FlowTaskData) => jsonbText(step_arguments) === '{}';

/** Of a node, whether it was finished itself or by its steps. */
function whenOf(task_id: number, traces: Traces): number {
  const { tasks, before, members, bySource, steps, withOpenSteps, withoutChild, yielding } = traces;
  const data = tasks.byId.get(task_id)?.task_data;
  if (!isOfFlow(data)) return last;
  const place = placeOf(data);
  const { flow_id, node: name } = data;
  const node = tasks.byId.get(tasks.byData.get(jsonbText({ flow_id, node: name, step_arguments: {} })) ?? 0);
  if (!node) return last;
  const source = `node complete (from task_id ${node.task_id})`;
  const started = [bySource.get(source), yielding.get(place), steps.get(place)].filter(
    (id) => id !== undefined,
  );
  if (started.length > 0) return Math.min(...started);
  if (node.task_id > before && !members.has(node.task_id)) {
    // The last step finishes it, but for one that is to run and has steps: that waits from then on.
    const waits = node.source === 'step processing' && node.consumed === null;
    const isLeft = node.processed === null && !waits && !withOpenSteps.has(place);
    return isLeft ? first : node.task_id + 0.5;
  }
  if (node.processed === null) return last;
  if (members.has(node.task_id)) return withoutChild.has(place) ? beforeFailures : last;
  return node.failed ? failing : beforeFailures;
}

/** Of a node and its steps, the one first whose words are in the others. */
function rankOf(task_id: number, { tasks, errors }: Traces): 0 | 1 {
  const task = tasks.byId.get(task_id);
  if (!task || !isOfFlow(task.task_data)) return 1;
  const { node, step_arguments } = task.task_data;
  const place = placeOf(task.task_data);
  const error = task.processing_error ?? '';
  const has = (words: string) => errors.has(`${place} ${words}`);
  if (isNode(task.task_data)) return has(`Failed due to failure of node ${node} via ${error}`) ? 0 : 1;
  const step = `Failed due to failure of node ${node} step ${jsonbText(step_arguments)} via ${error}`;
  return has(step) || has(`Steps did not complete from ${error}`) ? 0 : 1;
}
