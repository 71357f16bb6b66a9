/** Messages between activities, to workers and back. */
import type { Draft, Message } from './state.ts';

/** By a guid of its own; what is left out is null. */
export function publish(
  draft: Draft,
  { kind, ...rest }: Pick<Message, 'kind'> & Partial<Omit<Message, 'message_id' | 'guid'>>,
): void {
  const message_id = ++draft.lastMessage;
  const { topic = null, jid = null, gid = null, aid = null, dad = null, status = null, code = null } = rest;
  const message: Message = {
    message_id,
    kind,
    topic,
    guid: `g${message_id}`,
    jid,
    gid,
    aid,
    dad,
    status,
    code,
  };
  draft.messages = draft.messages.set(message_id, message, draft.owner);
}

export function acknowledge(draft: Draft, { message_id }: Message): void {
  draft.messages = draft.messages.delete(message_id, draft.owner);
}
