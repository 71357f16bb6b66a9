/** Why flows will never be done. */
import type { DagCascadeState, Task } from '../../../../model/dag-cascade/state.ts';
import { nameOf, type TaskStatus, taskSeen } from './rows.ts';

/** As many tasks as are named. */
const most = 10;

const words: Readonly<Partial<Record<TaskStatus, string>>> = {
  RUNNING: 'is running, and has no time limit',
  YIELDED: 'waits for finish() or for its steps',
};

/** A line for each open task. */
export function whatIsOpen(state: DagCascadeState, isRunning: boolean): string {
  const open = [...state.open.values()].sort((a, b) => a - b).map((id) => state.tasks.get(id)!);
  const lines = open.flatMap((task) => {
    const seen = taskSeen(task);
    if (!seen) return [];
    const why = words[seen.status] ?? whyItWaits(state, task, seen.status, isRunning);
    return [`${nameOf(seen)} (task ${seen.task_id}) ${why}`];
  });
  const shown = lines.slice(0, most);
  if (lines.length > most) shown.push(`and ${lines.length - most} more`);
  return [...(isRunning ? [] : ['the orchestrator is stopped: start() starts it']), ...shown].join('\n');
}

/** An orchestrator that runs and still does not take it has no room for it: of a deferred task the time has come by then. */
function whyItWaits(state: DagCascadeState, task: Task, status: TaskStatus, isRunning: boolean): string {
  const is = status === 'DEFERRED' ? 'is deferred' : 'is ready';
  return isRunning ? `${is}, but ${whatLacks(state, task.concurrency_pool)}` : is;
}

function whatLacks({ trackers, control, busy }: DagCascadeState, pool: string): string {
  const tracker = trackers.get(pool);
  if (!tracker) return `pool ${pool} has no room: no pool`;
  const { workers, max_workers } = tracker;
  if (workers >= max_workers) return `pool ${pool} has no room: ${workers} of ${max_workers} workers`;
  if (control.workers === 0) return 'control.workers is 0: set it before the orchestrator starts';
  let working = 0;
  for (const slots of busy.values()) working += slots.length;
  return `all workers are busy: ${working} of ${control.workers} (control.workers)`;
}
