/** The orchestrator: one round of its work. */

import { negativeLimit, raised } from '../kernel/sql-error.ts';
import { inOrder, isFlows, isReady, openFlowIds, openTasks, putTask } from './draft.ts';
import { countInPool, disconnect, finishInternal, notAvailable, setConnection, setWorker } from './finish.ts';
import { finishFlow } from './flows.ts';
import { attempt, Refusal, refuse } from './refusal.ts';
import {
  type Draft,
  type FinishRequest,
  type FinishStatus,
  selfTarget,
  type Task,
  type Worker,
} from './state.ts';
import { afterTasks } from './triggers.ts';
import { intervalOf } from './values.ts';

/** `call async.do_work()`: whether there was anything to do. An error of any part undoes all of it. */
export function doWork(draft: Draft): boolean {
  const did = attempt(() => {
    const parts = [runInternal, reapTasks, runTasks].map((part) => part(draft));
    asyncLoop(draft);
    return parts.includes(true);
  });
  if (!(did instanceof Refusal)) return did;
  const { message, constraint } = did.error;
  // Without words, it is one that Postgres has its own for.
  const words = message ?? `duplicate key value violates unique constraint "${constraint}"`;
  return refuse(raised(`Unexpected error ${words}`));
}

/** Requests to finish, those alike together. */
function runInternal(draft: Draft): boolean {
  const groups = new Map<
    string,
    { readonly request: FinishRequest; readonly ids: number[]; readonly tasks: (number | null)[] }
  >();
  for (const task of openTasks(draft)) {
    if (task.concurrency_pool !== selfTarget || !isReady(task) || isFlows(task)) continue;
    const request = task.task_data as FinishRequest;
    const { status, error_message, duration } = request;
    const key = JSON.stringify([status, error_message, duration]);
    const group = groups.get(key) ?? { request, ids: [], tasks: [] };
    groups.set(key, group);
    group.ids.push(...request.task_ids.map(() => task.task_id));
    group.tasks.push(...request.task_ids);
  }
  // By status, as these are listed in their type; then by message.
  const sorted = [...groups.keys()].sort((a, b) =>
    compareRequests(groups.get(a)!.request, groups.get(b)!.request),
  );
  for (const key of draft.order(sorted, 'requests')) {
    const { request, ids, tasks } = groups.get(key)!;
    for (const id of new Set(ids)) {
      putTask(draft, { ...draft.tasks.get(id)!, consumed: draft.now, processed: draft.now });
    }
    draft.reached.push('do_work/finished-on-request');
    const duration = request.duration === null ? null : intervalOf(request.duration);
    finishInternal(draft, tasks, { ...request, duration });
  }
  return groups.size > 0;
}

const statuses: readonly FinishStatus[] = [
  'FINISHED',
  'FAILED',
  'CANCELED',
  'PAUSED',
  'TIMED_OUT',
  'YIELDED',
  'DOA',
  'DEFERRED',
];

function compareRequests(a: FinishRequest, b: FinishRequest): number {
  const nullsLast = (x: string | null, y: string | null) =>
    Number(x === null) - Number(y === null) || Number((x ?? '') > (y ?? '')) - Number((x ?? '') < (y ?? ''));
  const byStatus = statuses.indexOf(a.status) - statuses.indexOf(b.status);
  return byStatus || nullsLast(a.error_message, b.error_message) || durationOf(a) - durationOf(b);
}

const durationOf = ({ duration }: FinishRequest) => (duration === null ? Infinity : intervalOf(duration));

/** Those whose time is up, and those whose connection is idle. */
function reapTasks(draft: Draft): boolean {
  const late = openTasks(draft).filter(
    (task) => !isReady(task) && task.times_up !== null && task.times_up < draft.now,
  );
  if (late.length > 0) {
    draft.reached.push('do_work/timed-out');
    const ids = late.map((task) => task.task_id);
    finishInternal(draft, ids, {
      // Surprise: there is a status for it.
      status: draft.documented.has('no-task-is-ever-timed-out') ? 'TIMED_OUT' : 'FAILED',
      error_message: 'Canceling due to time out',
    });
  }
  const idle = [...draft.busy.values()]
    .flat()
    .sort((a, b) => a - b)
    .map((slot) => draft.workers.get(slot)!)
    .filter(({ name }) => draft.connections.get(name)?.is_busy === false)
    .map(({ task_id }) => task_id!);
  if (idle.length > 0) {
    draft.reached.push('do_work/reaped');
    // Of a task that was deleted meanwhile nothing is known, so its worker works on it for ever.
    const known = idle.filter((id) => draft.tasks.get(id) !== undefined);
    if (known.length < idle.length) draft.reached.push('do_work/worker-of-a-deleted-task');
    finishInternal(draft, known, { status: null });
  }
  return late.length > 0 || idle.length > 0;
}

/** As many as pools and workers allow, by priority and entry; of those that are alike, whichever. */
function runTasks(draft: Draft): boolean {
  let free = draft.control.workers;
  draft.busy.forEach((slots) => {
    free -= slots.length;
  });
  const waiting = openTasks(draft).filter(
    (task) =>
      isReady(task) &&
      task.target !== selfTarget &&
      task.concurrency_pool !== selfTarget &&
      (task.eligible_when === null || task.eligible_when <= draft.now),
  );
  const rooms = new Map(
    [...draft.trackers.values()].map(({ concurrency_pool, workers, max_workers }) => [
      concurrency_pool,
      Math.max(0, max_workers - workers),
    ]),
  );
  if (free < 0) refuse({ ...negativeLimit, message: 'LIMIT must not be negative' });
  let ran = 0;
  const left = waiting.sort((a, b) => a.priority - b.priority || a.entered - b.entered);
  for (const task of draft.isTold ? inToldOrder(draft, left, rooms) : left) {
    if (ran === free) break;
    const room = rooms.get(task.concurrency_pool) ?? 0;
    if (room === 0) continue;
    rooms.set(task.concurrency_pool, room - 1);
    runTask(draft, task);
    ran++;
  }
  return ran > 0;
}

/** Of those that are alike, whichever has room in its pool. The order among them shows in their workers. */
function* inToldOrder(draft: Draft, left: Task[], rooms: ReadonlyMap<string, number>): Generator<Task> {
  for (;;) {
    const hasRoom = left.filter((task) => (rooms.get(task.concurrency_pool) ?? 0) > 0);
    const [first] = hasRoom;
    if (!first) return;
    const alike = hasRoom.filter(
      (task) => task.priority === first.priority && task.entered === first.entered,
    );
    const next = told(draft, alike);
    left.splice(left.indexOf(next), 1);
    yield next;
  }
}

function told(draft: Draft, alike: readonly Task[]): Task {
  const names = alike.map((task) => `${task.task_id}@${workerFor(draft, task)?.slot ?? ''}`);
  const [chosen] = draft.order(names, 'run');
  return alike[names.indexOf(chosen!)]!;
}

/** A free one: with a connection to the target, or else with none, or else any. */
function workerFor(draft: Draft, { target }: Task): Worker | undefined {
  let unconnected: Worker | undefined;
  let any: Worker | undefined;
  for (const worker of draft.workers.values()) {
    if (worker.task_id !== null) continue;
    if (worker.target === target) return worker;
    if (worker.target === null) unconnected ??= worker;
    any ??= worker;
  }
  return unconnected ?? any;
}

function runTask(draft: Draft, { task_id }: Task): void {
  const task = draft.tasks.get(task_id)!;
  const { now } = draft;
  const target = draft.targets.get(task.target)!;
  const worker = workerFor(draft, task);
  if (worker && !connect(draft, worker, task.target, target.connection_string)) {
    failToRun(draft, task, worker);
    return;
  }
  if (worker) {
    setConnection(draft, worker.name, { is_busy: true, outcome: null });
    setWorker(draft, { ...worker, task_id, target: task.target, running_since: now });
  } else draft.reached.push('do_work/ran-without-worker');
  const isLate = draft.documented.has('a-deferred-task-keeps-its-deadline');
  const keeps = task.finish_status === 'DEFERRED' && task.times_up !== null && !isLate;
  if (keeps) draft.reached.push('do_work/kept-its-deadline');
  const timeout = task.manual_timeout ?? target.default_timeout ?? draft.control.default_timeout;
  const running = { ...task, consumed: now, times_up: keeps ? task.times_up : now + timeout, tracked: true };
  // Of one that another of this round has ended, it is ended once more.
  putTask(draft, draft.triggers.before(draft, running, task));
  draft.triggers.after(draft, [task_id]);
  countInPool(draft, task.concurrency_pool, 1);
  draft.reached.push('do_work/ran');
}

/** Whether there is a connection to the target afterwards. To nowhere there is none. */
function connect(draft: Draft, worker: Worker, target: string, connection_string: string | null): boolean {
  if (worker.target === target && draft.connections.has(worker.name)) return true;
  if (worker.target !== null) disconnect(draft, worker.name);
  if (connection_string === null) return false;
  setConnection(draft, worker.name, { is_busy: false, outcome: null });
  return true;
}

function failToRun(draft: Draft, task: Task, worker: Worker): void {
  const { now } = draft;
  draft.reached.push('do_work/not-connected');
  putTask(draft, {
    ...task,
    consumed: now,
    processed: now,
    failed: true,
    finish_status: 'FAILED',
    processing_error: notAvailable(worker.name),
  });
  afterTasks(draft, [task.task_id]);
  disconnect(draft, worker.name);
}

/** `flow.async_loop`: what has nothing left to do is finished. */
export function asyncLoop(draft: Draft): void {
  const done = openFlowIds(draft).filter((flow_id) => draft.flows.get(flow_id)!.openTasks === 0);
  for (const flow_id of inOrder(draft, done, 'flows')) {
    draft.reached.push('async_loop/finished');
    finishFlow(draft, flow_id);
  }
}
