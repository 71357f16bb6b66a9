/** A trace without some of its entries whose commands still mean the same runs and tasks, though these have other ids. */
import type { DagCascadeCommand } from '../../model/dag-cascade/commands.ts';
import { dagCascade } from '../../model/dag-cascade/machine.ts';
import { isFlowTask } from '../../model/dag-cascade/state.ts';
import { jsonbText } from '../../model/dag-cascade/values.ts';
import type { TraceEntry } from '../contract/trace.ts';

type Entry = TraceEntry<DagCascadeCommand>;

export function without(entries: readonly Entry[], positions: ReadonlySet<number>): readonly Entry[] {
  const rest = entries.filter((_, position) => !positions.has(position));
  const before = meaningsIn(entries);
  const after = meaningsIn(rest);
  const moved = (ids: 'flows' | 'tasks') => {
    const found = new Map([...after[ids]].map(([id, meaning]) => [meaning, id]));
    return (id: number | null) => {
      const meaning = id === null ? undefined : before[ids].get(id);
      return meaning === undefined ? id : (found.get(meaning) ?? id);
    };
  };
  const [flow, task] = [moved('flows'), moved('tasks')];
  return rest.map(({ at, command }) => ({ at, command: renamed(command, flow, task) }));
}

type Rename = (id: number | null) => number | null;

function renamed(command: DagCascadeCommand, flow: Rename, task: Rename): DagCascadeCommand {
  const changed: Record<string, unknown> = { ...command };
  for (const [name, value] of Object.entries(command)) {
    if (typeof value !== 'number') continue;
    if (name === '_flow_id' || name === 'flow_id') changed[name] = flow(value);
    if (name === 'task_id' || name === '_task_id' || name === '_parent_task_id') changed[name] = task(value);
  }
  return changed as DagCascadeCommand;
}

/** What each id stands for, in words that are the same in both traces: the entry that created the run, the node and its arguments. */
function meaningsIn(entries: readonly Entry[]) {
  const flows = new Map<number, string>();
  const tasks = new Map<number, string>();
  let state = dagCascade.initialState;
  for (const { at, command } of entries) {
    const { lastFlow, lastTask } = state;
    state = dagCascade.transition(state, command, { now: at, uuid: '' }).state;
    for (let id = lastFlow + 1; id <= state.lastFlow; id++)
      flows.set(id, `${numberOf(command)} ${id - lastFlow}`);
    for (let id = lastTask + 1; id <= state.lastTask; id++) {
      const data = state.tasks.get(id)?.task_data;
      if (!data) continue;
      const meaning = isFlowTask(data)
        ? `${flows.get(data.flow_id)} ${data.node} ${jsonbText(data.step_arguments)}`
        : `request of ${numberOf(command)} ${id - lastTask}`;
      tasks.set(id, meaning);
    }
  }
  return { flows, tasks };
}

/** Commands are the same objects in a trace and in what is left of it. */
const numbers = new WeakMap<object, number>();
let given = 0;
function numberOf(command: DagCascadeCommand): number {
  let number = numbers.get(command);
  if (number === undefined) {
    given++;
    number = given;
    numbers.set(command, number);
  }
  return number;
}
