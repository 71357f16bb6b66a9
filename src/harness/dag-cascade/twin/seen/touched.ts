/** Which rows a command may have changed, so that telling a long past does not look at all of them each time. */
import type { DagCascadeCommand } from '../../../../model/dag-cascade/commands.ts';
import { type DagCascadeState, isFlowTask } from '../../../../model/dag-cascade/state.ts';

/** What deletes rows, or takes up those that were done, may change any. */
const sweeping: ReadonlySet<DagCascadeCommand['type']> = new Set([
  'configure',
  'restart_flow',
  'start_orchestrator',
]);

/** Ids in their order. */
export function touchedTasks(
  command: DagCascadeCommand,
  before: DagCascadeState,
  after: DagCascadeState,
): number[] {
  const ids = new Set<number>();
  if (sweeping.has(command.type)) {
    for (const { tasks } of [before, after]) for (const [id] of tasks.entries()) ids.add(id);
    return inOrder(ids);
  }
  for (const { open } of [before, after]) for (const id of open.values()) ids.add(id);
  for (let id = before.lastTask + 1; id <= after.lastTask; id++) ids.add(id);
  // Surprise: what is done may be finished once more.
  if (command.type === 'finish' || command.type === 'defer') ids.add(command.task_id ?? 0);
  if (command.type === 'do_work') {
    for (const id of before.open.values()) {
      const { task_data } = before.tasks.get(id)!;
      if (!isFlowTask(task_data)) for (const each of task_data.task_ids) ids.add(each ?? 0);
    }
  }
  return inOrder(ids);
}

/** Ids in their order. */
export function touchedFlows(
  command: DagCascadeCommand,
  before: DagCascadeState,
  after: DagCascadeState,
): number[] {
  const ids = new Set<number>();
  const isSweeping = sweeping.has(command.type);
  for (const { flows, openFlows } of [before, after]) {
    for (const id of isSweeping ? flows.entries().map(([each]) => each) : openFlows.values()) ids.add(id);
  }
  for (let id = before.lastFlow + 1; id <= after.lastFlow; id++) ids.add(id);
  return inOrder(ids);
}

const inOrder = (ids: ReadonlySet<number>): number[] => [...ids].sort((a, b) => a - b);
