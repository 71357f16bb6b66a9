/** `pgflow.read_with_poll`: this release's own copy of the queue's function. */
import { isRefusal } from '../../kernel/outcome.ts';
import type { SqlError } from '../../kernel/sql-error.ts';
import { readWithPoll as pollQueue } from '../../pgmq/read.ts';
import type { Message } from '../../pgmq/state.ts';
import type { PollForTasks, ReadWithPoll } from './commands.ts';
import type { Draft } from './draft.ts';

/** A timestamp column was given a message: the text of a JSON value is no date. */
const invalidTimestamp: SqlError = { sqlstate: '22007' };

export function readWithPoll(
  draft: Draft,
  command: PollForTasks | ReadWithPoll,
): readonly Message[] | SqlError {
  const messages = pollQueue(draft.pgmq, command.queue_name, {
    vt: command.vt,
    qty: command.qty,
    max_poll_seconds: command.max_poll_seconds ?? 5,
    poll_interval_ms: command.poll_interval_ms ?? 100,
    conditional: 'conditional' in command ? command.conditional : undefined,
    stampsLastRead: false,
  });
  if (isRefusal(messages) || messages.length === 0) return messages;
  if (draft.messageRecord === 'as in pgmq 1.11') return invalidTimestamp;
  return messages;
}
