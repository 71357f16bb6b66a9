/** An executor carries out the first message of its queue. */
import { asString, asUint64 } from './clock.ts';
import { completeState } from './completing.ts';
import { liveOf, machineOf, nextClock, putBack } from './live.ts';
import { completeBranch, completeIteration, startBranch, startIteration } from './nested.ts';
import { attempt, Deadlock, Panic, panic } from './panic.ts';
import { firstOf, push } from './queue.ts';
import { startState } from './starting.ts';
import type { Draft, Executor, Live, Message, Payloads } from './state.ts';
import { completeTask, createTask, forgetSleeps } from './tasks.ts';

export type Delivered =
  | { readonly kind: null; readonly outcome: 'dead' | 'nothing'; readonly words: null }
  | { readonly kind: string; readonly outcome: 'done'; readonly words: null }
  | { readonly kind: string; readonly outcome: 'panic'; readonly words: string }
  | { readonly kind: string; readonly outcome: 'deadlock'; readonly words: null };

export const isDead = ({ status }: Executor): boolean => status === 'panicked' || status === 'deadlocked';

export function deliver(draft: Draft, executor: Executor): Delivered {
  if (isDead(executor)) return { kind: null, outcome: 'dead', words: null };
  const message = firstOf(executor);
  if (!message) return { kind: null, outcome: 'nothing', words: null };
  const { kind } = message;
  const live = liveOf(draft, executor);
  live.queue = live.queue.delete(message.message_id, draft.owner);
  const ended = attempt(() => carryOut(live, message));
  if (ended) end(live, ended);
  putBack(live);
  if (!ended) return { kind, outcome: 'done', words: null };
  if (ended instanceof Deadlock) return { kind, outcome: 'deadlock', words: null };
  return { kind, outcome: 'panic', words: ended.words };
}

/** What was written stays. A process that panics takes along what it had in its memory. */
function end(live: Live, ended: Panic | Deadlock): void {
  live.words = ended.words;
  live.status = ended instanceof Panic ? 'panicked' : 'deadlocked';
  if (ended instanceof Deadlock) return;
  for (const { message_id } of live.queue.values()) live.queue = live.queue.delete(message_id);
  forgetSleeps(live.draft, live.executor);
}

function carryOut(live: Live, message: Message): void {
  switch (message.kind) {
    case 'StartExecution':
      startExecution(live, message.payload);
      return;
    case 'StartState':
      startState(live, message.payload);
      return;
    case 'CreateTask':
      createTask(live, message.payload);
      return;
    case 'CompleteTask':
      completeTask(live, message.payload);
      return;
    case 'CompleteState':
      completeState(live, message.payload);
      return;
    case 'StartBranch':
      startBranch(live, message.payload);
      return;
    case 'CompleteBranch':
      completeBranch(live, message.payload);
      return;
    case 'StartIteration':
      startIteration(live, message.payload);
      return;
    case 'CompleteIteration':
      completeIteration(live, message.payload);
      return;
    case 'CompleteExecution':
      completeExecution(live, message.payload);
      return;
    default:
    // Events: nobody does anything with them.
  }
}

function startExecution(live: Live, { id, input, timestamp }: Payloads['StartExecution']): void {
  push(live, 'ExecutionStarted', { id });
  live.executions = live.executions.set(
    id,
    { id, input, status: 'Running', timestamp, workflow_id: 'example' },
    live.draft.owner,
  );
  push(live, 'StartState', {
    activity_id: `${id}/${asString(nextClock(live))}`,
    execution_id: id,
    state_name: machineOf(live).definition.StartAt ?? '',
    input,
  });
}

function completeExecution(live: Live, { output }: Payloads['CompleteExecution']): void {
  if (live.status === 'done') panic('close of closed channel');
  live.status = 'done';
  live.output = output;
}

/** The first message of a run, and the id of its execution. */
export function begin(live: Live, input: Payloads['StartExecution']['input']): string {
  const clock = nextClock(live);
  const id = `/tenant/namespace/e/${asString(clock)}`;
  push(live, 'StartExecution', { id, input, timestamp: asUint64(clock) });
  return id;
}
