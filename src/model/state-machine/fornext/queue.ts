/** The queue of an executor: commands and events, in the order in which they came. */
import { Deadlock } from './panic.ts';
import type { Draft, Executor, Live, Message, MessageKind, Payloads } from './state.ts';

/** Whoever sends to a full queue waits. */
export const capacity = 100;

/** By the executor itself. Surprise: nobody else makes room, so it waits for ever. */
export function push<Kind extends MessageKind>(live: Live, kind: Kind, payload: Payloads[Kind]): void {
  const isFull = live.queue.size >= capacity;
  if (isFull && !live.draft.documented.has('more-than-a-hundred-messages-deadlock')) throw new Deadlock();
  live.queue = live.queue.set(...entry(live.draft, kind, payload), live.draft.owner);
}

/** From elsewhere: it waits there for room, and is carried out in its turn. */
export function send<Kind extends MessageKind>(
  draft: Draft,
  executor: Executor,
  kind: Kind,
  payload: Payloads[Kind],
): void {
  const queue = executor.queue.set(...entry(draft, kind, payload), draft.owner);
  draft.executors = draft.executors.set(executor.executor, { ...executor, queue }, draft.owner);
}

function entry<Kind extends MessageKind>(
  draft: Draft,
  kind: Kind,
  payload: Payloads[Kind],
): [number, Message] {
  const message_id = ++draft.lastMessage;
  return [message_id, { message_id, kind, payload } as unknown as Message];
}

export const firstOf = ({ queue }: Executor): Message | undefined => queue.first(1, Infinity)[0];
