/** An execution carries out the first message of its queue. */

import { Failure, timeout, tooLarge } from '../language/failure.ts';
import { largest, sizeOf } from '../language/sizes.ts';
import { complete } from './completing.ts';
import { abortExecution, startState } from './entering.ts';
import { failActivity } from './failing.ts';
import { firstOf, liveOf, putBack } from './live.ts';
import { endPart } from './parts.ts';
import { run, work } from './running.ts';
import { through } from './selecting.ts';
import type { Draft, Execution, Live, Message, Payloads } from './state.ts';
import { closeTask } from './tasks.ts';

export type Delivered =
  | { readonly kind: null; readonly outcome: 'nothing' }
  | { readonly kind: string; readonly outcome: 'done' | 'ignored' };

export function deliver(draft: Draft, execution: Execution, jitter: number | undefined): Delivered {
  const live = liveOf(draft, execution);
  if (jitter !== undefined) live.jitter = jitter;
  const message = firstOf(execution);
  if (!message) {
    putBack(live);
    return { kind: null, outcome: 'nothing' };
  }
  live.queue = live.queue.delete(message.message_id, draft.owner);
  const outcome = carryOut(live, message) ? 'done' : 'ignored';
  if (live.status === 'Deleting' && outcome === 'done') {
    draft.executions = draft.executions.delete(live.execution, draft.owner);
  } else putBack(live);
  draft.reached.push(`message/${message.kind}/${outcome}`);
  return { kind: message.kind, outcome };
}

/** Whether the message still applies. */
function carryOut(live: Live, message: Message): boolean {
  switch (message.kind) {
    case 'StartExecution':
      return startExecution(live);
    case 'StartState':
      return enter(live, message.payload);
    case 'RetryState':
      return retryState(live, message.payload);
    case 'EndWait':
      return endWait(live, message.payload);
    case 'EndTask':
      return endTask(live, message.payload);
    case 'EndPart':
      return endOfPart(live, message.payload);
    case 'EndExecution':
      return endExecution(live, message.payload);
    case 'TimeOutExecution':
      return timeOut(live);
    case 'CancelExecution':
      return stop(live, 'Canceling', 'Canceled');
    case 'DeleteExecution':
      return live.status === 'Deleting';
  }
}

function startExecution(live: Live): boolean {
  if (live.status !== 'Pending') return false;
  live.status = 'Running';
  startState(live, null, live.draft.machines.get(live.machine)!.definition.StartAt!, live.input);
  return true;
}

function enter(live: Live, { activity_id: id, part_id, state_name, input }: Payloads['StartState']): boolean {
  if (live.status !== 'Running' || live.entered.has(id)) return false;
  if (part_id !== undefined && live.parts.get(part_id)!.status !== 'Running') return false;
  const { Retry, Type } = live.draft.machines.get(live.machine)!.states.get(state_name)!;
  const hasRetriers = Type === 'Task' || Type === 'Parallel' || Type === 'Map';
  run(live, {
    id,
    part_id: part_id ?? null,
    state_name,
    input,
    status: 'Running',
    attempts: 1,
    retries: hasRetriers && Retry ? Retry.map(() => 0) : [],
    entered_at: live.draft.now,
    timer: undefined,
    progress: undefined,
  });
  return true;
}

function retryState(live: Live, { activity_id, attempt }: Payloads['RetryState']): boolean {
  const activity = live.entered.get(activity_id);
  if (activity?.status !== 'Retrying' || activity.attempts + 1 !== attempt) return false;
  run(live, { ...activity, status: 'Running', attempts: attempt, timer: undefined, progress: undefined });
  return true;
}

function endWait(live: Live, { activity_id }: Payloads['EndWait']): boolean {
  const activity = live.entered.get(activity_id);
  if (activity?.status !== 'Running') return false;
  work(live, activity, (scene) =>
    complete(live, activity, scene, through(scene, 'InputPath', activity.input)),
  );
  return true;
}

function endTask(live: Live, payload: Payloads['EndTask']): boolean {
  const task = live.draft.tasks.get(payload.task_id);
  if (!task) return false;
  closeTask(live.draft, task);
  const activity = live.entered.get(task.activity_id)!;
  if ('error' in payload) failActivity(live, activity, new Failure(payload.error, payload.cause));
  else if (sizeOf(payload.output) > largest) failActivity(live, activity, new Failure(tooLarge, null));
  else work(live, activity, (scene) => complete(live, activity, scene, payload.output));
  return true;
}

function endOfPart(live: Live, payload: Payloads['EndPart']): boolean {
  const part = live.parts.get(payload.part_id)!;
  if (part.status !== 'Running') return false;
  const activity = live.entered.get(part.activity_id)!;
  work(live, activity, (scene) => endPart(live, activity, part, payload, scene));
  return true;
}

function endExecution(live: Live, ended: Payloads['EndExecution']): boolean {
  if ('error' in ended) {
    const { error, cause } = ended;
    return stop(live, 'Completing', 'Failed', { error, cause });
  }
  return stop(live, 'Completing', 'Succeeded', { output: ended.output });
}

function timeOut(live: Live): boolean {
  if (live.status !== 'Pending' && live.status !== 'Running') return false;
  // It is over already.
  live.timer = undefined;
  abortExecution(live);
  return stop(live, live.status, 'TimedOut', { error: timeout });
}

function stop(
  live: Live,
  from: Execution['status'],
  to: Execution['status'],
  ended: Partial<Pick<Execution, 'output' | 'error' | 'cause'>> = {},
): boolean {
  if (live.status !== from) return false;
  Object.assign(live, { status: to, stopped_at: live.draft.now }, ended);
  return true;
}
