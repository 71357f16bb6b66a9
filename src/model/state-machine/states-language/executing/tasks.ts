/** Tasks: sent to whoever carries them out, and ended by them. */
import { assert } from '../../../kernel/assert.ts';
import { plusSeconds } from '../../../kernel/instant.ts';
import type { Jsonb } from '../../../kernel/jsonb.ts';
import { isRefusal } from '../../../kernel/outcome.ts';
import { deleteMessages } from '../../../pgmq/messages.ts';
import { send } from '../../../pgmq/send.ts';
import { taskQueue } from '../../shared/task-queue.ts';
import { attemptOf, setTimer, stopTimer, tell } from './live.ts';
import type { Activity, Draft, Live, Task } from './state.ts';

interface Limits {
  /** Seconds, as of the next. */
  readonly timeout: number | undefined;
  readonly heartbeat: number | undefined;
}

export function openTask(
  live: Live,
  activity: Activity,
  resource: string,
  input: Jsonb,
  limits: Limits,
): void {
  const { draft, execution } = live;
  const id = attemptOf(activity);
  tell(live, activity, { what: 'asks', resource, input });
  const sent = send(draft.pgmq, taskQueue, { execution, task_id: id, resource, input });
  assert(!isRefusal(sent), 'the queue is always there');
  const timers: { timeout?: number; heartbeat?: number } = {};
  for (const kind of ['timeout', 'heartbeat'] as const) {
    const seconds = limits[kind];
    if (seconds !== undefined) timers[kind] = setTimer(live, kind, id, plusSeconds(draft.now, seconds));
  }
  putTask(draft, {
    ...{ id, execution, activity_id: activity.id, msg_id: sent },
    ...{ heartbeat: limits.heartbeat ?? null, timers },
  });
}

const putTask = (draft: Draft, task: Task): void => {
  draft.tasks = draft.tasks.set(task.id, task, draft.owner);
};

/** Nobody is asked for it any more. */
export function closeTask(draft: Draft, { id, msg_id, timers }: Task): void {
  draft.tasks = draft.tasks.delete(id);
  stopTimer(draft, timers.timeout);
  stopTimer(draft, timers.heartbeat);
  deleteMessages(draft.pgmq, taskQueue, [msg_id]);
}

/** Whoever carries it out has as much time again. */
export function beat(draft: Draft, { timers, heartbeat }: Task): void {
  const timer = timers.heartbeat === undefined ? undefined : draft.timers.get(timers.heartbeat);
  if (!timer) return;
  const due = plusSeconds(draft.now, heartbeat!);
  draft.timers = draft.timers.set(timer.timer_id, { ...timer, due }, draft.owner);
}
