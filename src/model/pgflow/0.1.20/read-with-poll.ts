/** `pgflow.read_with_poll`: this release's own copy of the queue's function. */
import { isRefusal } from '../../kernel/outcome.ts';
import type { SqlError } from '../../kernel/sql-error.ts';
import { readWithPoll as pollQueue } from '../../pgmq/read.ts';
import type { Message } from '../../pgmq/state.ts';
import type { PollForTasks, ReadWithPoll } from './commands.ts';
import type { Draft } from './draft.ts';

/**
 * A timestamp column was given a message. An object, an array or a boolean is never a date; what a string or a
 * number may be read as is not modelled, and the commands of that release do not send any.
 */
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
  // SQL NULL fits into every column.
  const fits =
    draft.messageRecord === 'as in pgmq 1.4' || messages.every(({ message }) => message === undefined);
  if (!fits) return invalidTimestamp;
  return messages;
}
