/** `async.finish_internal` and the ways to it: what becomes of tasks, their workers and their connections. */
import { raised } from '../kernel/sql-error.ts';
import { inFinishedOrder, putTask } from './draft.ts';
import { pushTasks } from './push-tasks.ts';
import { refuse } from './refusal.ts';
import { sessionPid } from './rows.ts';
import {
  type Connection,
  type Draft,
  type FinishStatus,
  selfTarget,
  type Task,
  type Worker,
} from './state.ts';
import { intervalText } from './values.ts';

interface Finish {
  /** Null: what the connections say. */
  readonly status: FinishStatus | null;
  readonly error_message?: string | null;
  /** Milliseconds. */
  readonly duration?: number | null;
}

/** What the loop over the connections finds; it leaks from task to task. */
interface Reaped {
  status: FinishStatus | null;
  error_message: string | null;
  /** By task: what its own connection told. */
  readonly byTask: Map<number, Told>;
}

/** A task, and the slot of who works on it. */
type Asked = readonly [task_id: number, slot: number];

interface Told {
  readonly status: FinishStatus;
  readonly error_message: string | null;
}

export function finishInternal(draft: Draft, named: readonly (number | null)[], how: Finish): void {
  if (!draft.isOrchestrator) refuse(raised(notTheOrchestrator));
  const task_ids = finishable(
    draft,
    named.filter((id) => id !== null),
  );
  const reaped = overConnections(draft, task_ids, how);
  for (const id of task_ids) {
    for (const worker of workersOf(draft, id))
      setWorker(draft, { ...worker, task_id: null, running_since: null });
  }
  const known = inFinishedOrder(
    draft,
    [...new Set(task_ids)].filter((id) => draft.tasks.get(id)),
  );
  for (const id of known) {
    const before = draft.tasks.get(id)!;
    const own = reaped.byTask.get(id);
    const status = own?.status ?? reaped.status;
    if (status === null) draft.reached.push('do_work/begun-anew');
    const error = own ? errorOf(draft, own, reaped) : reaped.error_message;
    const task = draft.triggers.before(
      draft,
      finished(draft, before, status, error, how.duration ?? null),
      before,
    );
    putTask(draft, task);
  }
  draft.triggers.after(draft, known);
  untrack(draft, known);
}

/** Surprise: what is finished is finished again, and nothing that hangs on it knows. */
function finishable(draft: Draft, task_ids: readonly number[]): readonly number[] {
  const isDone = (id: number) => (draft.tasks.get(id)?.processed ?? null) !== null;
  if (!task_ids.some(isDone)) return task_ids;
  if (draft.documented.has('a-finished-task-can-be-finished-again'))
    return task_ids.filter((id) => !isDone(id));
  draft.reached.push('finish/finished-again');
  return task_ids;
}

/** Before it was started, so it has none. Later, whoever is not the orchestrator leaves a request. */
const notTheOrchestrator = `pid ${sessionPid} attempted illegal action finish() reserved to orchestrator pid `;

/** Surprise: a task that was OK has the error of another, if that was the last one. */
function errorOf(draft: Draft, own: Told, reaped: Reaped): string | null {
  if (own.status !== 'FAILED' && draft.documented.has('a-success-can-have-an-error')) return null;
  if (own.error_message === null && reaped.error_message !== null) {
    draft.reached.push('do_work/ok-with-an-error');
  }
  return own.error_message ?? reaped.error_message;
}

function overConnections(
  draft: Draft,
  task_ids: readonly number[],
  { status, error_message = null }: Finish,
): Reaped {
  const isReaping = status === null;
  const reaped: Reaped = { status, error_message, byTask: new Map() };
  // Only what the connections tell leaks from one to the next.
  const asked = task_ids.flatMap((id) => workersOf(draft, id).map(({ slot }) => [id, slot] as const));
  const isTold = isReaping || error_message === null;
  for (const [id, slot] of isTold ? inAskedOrder(draft, asked, isReaping) : asked) {
    const task = draft.tasks.get(id);
    if (!task || task.processed !== null) continue;
    const worker = draft.workers.get(slot)!;
    // Its connection went when the task was asked for through another.
    if (worker.task_id !== id) continue;
    const connection = draft.connections.get(worker.name)!;
    const outcome = toldBy(connection);
    const leaks = reaped.error_message !== null && isReaping;
    if (leaks && outcome !== 'OK' && outcome !== reaped.error_message)
      draft.reached.push('do_work/error-leaked');
    if (leaks && draft.documented.has('an-error-leaks-to-other-failures')) reaped.error_message = null;
    reaped.error_message ??= outcome;
    if (isReaping) {
      const hasFailed = outcome !== 'OK';
      if (!hasFailed) reaped.error_message = null;
      reaped.status = hasFailed ? 'FAILED' : task.asynchronous_finish ? 'YIELDED' : 'FINISHED';
      reaped.byTask.set(id, { status: reaped.status, error_message: reaped.error_message });
    }
    const keeps = new Set<FinishStatus | null>(['FINISHED', 'YIELDED', 'DEFERRED']).has(reaped.status);
    if (!keeps || connection.is_busy) disconnect(draft, worker.name);
  }
  return reaped;
}

/** It shows in the errors that leak: from one to the next, or where several are ended without an error, from the first to all. */
function inAskedOrder(draft: Draft, asked: readonly Asked[], isReaping: boolean): readonly Asked[] {
  if (!draft.isTold) return asked;
  const told = asked.map(([id, slot]) => JSON.stringify([id, outcomeOf(draft, id, slot), slot]));
  return draft.order(told, isReaping ? 'reaped' : 'ended').map((name) => {
    const [id, , slot] = JSON.parse(name) as [number, string | null, number];
    return [id, slot];
  });
}

/** Null where the loop passes it over. */
function outcomeOf(draft: Draft, id: number, slot: number): string | null {
  if (draft.tasks.get(id)?.processed !== null) return null;
  return toldBy(draft.connections.get(draft.workers.get(slot)!.name)!);
}

/** Of one that is busy, no error is known. */
const toldBy = ({ outcome }: Connection): string => outcome ?? 'OK';

const none: readonly number[] = [];

/** Who works on the task; mostly one, if any. */
export const workersOf = (draft: Draft, task_id: number): Worker[] =>
  (draft.busy.get(String(task_id)) ?? none).map((slot) => draft.workers.get(slot)!);

export function setWorker(draft: Draft, worker: Worker): void {
  freeTask(draft, worker.slot);
  draft.workers = draft.workers.set(worker.slot, worker, draft.owner);
  if (worker.task_id === null) return;
  const key = String(worker.task_id);
  const others = draft.busy.get(key);
  if (others) draft.reached.push('do_work/runs-twice');
  const slots = others ? [...others, worker.slot].sort((a, b) => a - b) : [worker.slot];
  draft.busy = draft.busy.set(key, slots, draft.owner);
}

export function deleteWorker(draft: Draft, { slot }: Worker): void {
  freeTask(draft, slot);
  draft.workers = draft.workers.delete(slot, draft.owner);
}

function freeTask(draft: Draft, slot: number): void {
  const task_id = draft.workers.get(slot)?.task_id ?? null;
  if (task_id === null) return;
  const others = draft.busy.get(String(task_id))!.filter((each) => each !== slot);
  draft.busy =
    others.length === 0
      ? draft.busy.delete(String(task_id))
      : draft.busy.set(String(task_id), others, draft.owner);
}

/** `async.disconnect`; that there was no connection is only noted in the log. */
export function disconnect(draft: Draft, name: string): void {
  draft.connections = draft.connections.delete(name);
  const worker = draft.workers.get(slotOf(name));
  if (worker) setWorker(draft, { ...worker, target: null, task_id: null, running_since: null });
}

export const nameOfWorker = (slot: number) => `async.worker_${slot}`;
/** What it tells that there is no connection. */
export const notAvailable = (name: string) => `connection "${name}" not available`;
const slotOf = (name: string) => Number(name.slice(nameOfWorker(0).length - 1));

export function setConnection(draft: Draft, name: string, connection: Connection): void {
  draft.connections = draft.connections.set(name, connection, draft.owner);
}

const failing = new Set<FinishStatus>(['FAILED', 'CANCELED', 'TIMED_OUT']);

function finished(
  { now }: Draft,
  task: Task,
  status: FinishStatus | null,
  error: string | null,
  duration: number | null,
): Task {
  // Surprise: of what was over before its statement ended, nobody tells how it ended, and it is as if it had never run.
  const goesBack = status === null || status === 'DEFERRED';
  return {
    ...task,
    processed: goesBack || status === 'YIELDED' ? null : now,
    yielded: status === 'YIELDED' ? now : null,
    failed: status === null ? null : failing.has(status),
    processing_error: error === 'OK' ? null : error,
    consumed: goesBack ? null : task.consumed,
    finish_status: status,
    eligible_when: status === 'DEFERRED' && duration !== null ? now + duration : null,
  };
}

/** Those that no longer count in their pool. */
function untrack(draft: Draft, task_ids: readonly number[]): void {
  for (const id of task_ids) {
    const task = draft.tasks.get(id);
    if (!task?.tracked) continue;
    const isDone = task.processed !== null;
    const isDeferred = task.finish_status === 'DEFERRED';
    const isReleased = task.yielded !== null && !task.track_yielded;
    if (!isDone && !isDeferred && !isReleased) continue;
    putTask(draft, { ...task, tracked: isDone || isDeferred ? false : null });
    countInPool(draft, task.concurrency_pool, -1);
  }
}

/** Pools that are not tracked are left alone. */
export function countInPool(draft: Draft, pool: string, by: 1 | -1): void {
  const tracker = draft.trackers.get(pool);
  if (tracker)
    draft.trackers = draft.trackers.set(pool, { ...tracker, workers: tracker.workers + by }, draft.owner);
}

/** `async.finish`: by the orchestrator at once; from elsewhere as a request that it finds later. */
export function finish(
  draft: Draft,
  task_ids: readonly (number | null)[],
  how: Finish & { readonly status: FinishStatus },
): void {
  if (draft.isOrchestrator) {
    finishInternal(draft, task_ids, how);
    return;
  }
  const { status, error_message = null, duration = null } = how;
  draft.reached.push('finish/requested');
  pushTasks(
    draft,
    [
      {
        task_data: {
          task_ids,
          status,
          error_message,
          duration: duration === null ? null : intervalText(duration),
        },
        target: selfTarget,
        priority: -99,
        query: null,
        concurrency_pool: null,
        manual_timeout: null,
        track_yielded: null,
      },
    ],
    'EXECUTE',
    'async.finish',
  );
}
