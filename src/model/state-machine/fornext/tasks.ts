/** Tasks: created by the executor, and ended by whoever carries them out. */
import { assert } from '../../kernel/assert.ts';
import { plusSeconds } from '../../kernel/instant.ts';
import { isRefusal } from '../../kernel/outcome.ts';
import { send as sendToPgmq } from '../../pgmq/send.ts';
import { taskQueue } from '../shared/task-queue.ts';
import { activityOf, stateNamed } from './live.ts';
import { nil, panic } from './panic.ts';
import { push, send } from './queue.ts';
import { sleepResource } from './starting.ts';
import type { Draft, Live, Payloads } from './state.ts';

/** Surprise: however long the Wait says. */
const sleepSeconds = 5;

export function createTask(live: Live, command: Payloads['CreateTask']): void {
  const { id, activity_id, resource, input } = command;
  const { draft, executor, handlers } = live;
  push(live, 'TaskCreated', { id });
  live.tasks = live.tasks.set(id, { id, activity_id, isOver: false }, draft.owner);
  if (resource === sleepResource) {
    const sleep_id = ++draft.lastSleep;
    const { Seconds } = stateNamed(live, activityOf(live, activity_id).state_name);
    const isDocumented = draft.documented.has('a-wait-takes-five-seconds');
    const due = plusSeconds(draft.now, (isDocumented ? Seconds : undefined) ?? sleepSeconds);
    draft.sleeps = draft.sleeps.set(sleep_id, { sleep_id, executor, task_id: id, input, due }, draft.owner);
    return;
  }
  if (handlers !== null && !handlers.includes(resource)) panic(`cannot find handler for task ${resource}`);
  const sent = sendToPgmq(draft.pgmq, taskQueue, { executor, task_id: id, resource, input });
  assert(!isRefusal(sent), 'the queue is always there');
}

export function completeTask(live: Live, { task_id, output }: Payloads['CompleteTask']): void {
  const task = live.tasks.get(task_id) ?? panic(nil);
  if (task.isOver && live.draft.documented.has('a-task-that-ends-twice-leads-on-twice')) return;
  live.tasks = live.tasks.set(task_id, { ...task, isOver: true }, live.draft.owner);
  push(live, 'TaskCompleted', { task_id });
  push(live, 'CompleteState', { activity_id: task.activity_id, output });
}

/** Waits end whose time has come. */
export function wake(draft: Draft): void {
  const due = draft.sleeps
    .first(Infinity, draft.now)
    .sort((a, b) => a.due - b.due || a.sleep_id - b.sleep_id);
  for (const { sleep_id, executor, task_id, input } of due) {
    draft.sleeps = draft.sleeps.delete(sleep_id, draft.owner);
    const whose = draft.executors.get(executor)!;
    if (whose.status === 'deadlocked') draft.reached.push('tick/deadlocked');
    else send(draft, whose, 'CompleteTask', { task_id, output: input });
  }
}

/** In the memory of a process that has ended. */
export function forgetSleeps(draft: Draft, executor: number): void {
  for (const sleep of draft.sleeps.values()) {
    if (sleep.executor === executor) draft.sleeps = draft.sleeps.delete(sleep.sleep_id, draft.owner);
  }
}
