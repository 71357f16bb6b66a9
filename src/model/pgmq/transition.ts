/** pgmq 1.11.1 as a state machine: one command in, the whole outcome out. */

import { unreachable } from '../kernel/assert.ts';
import { isRefusal, nothing, refused, rows, scalar } from '../kernel/outcome.ts';
import { parameterRefusal } from '../kernel/parameter-refusal.ts';
import { signaturesOf } from '../kernel/signature.ts';
import type { SqlError } from '../kernel/sql-error.ts';
import type { Circumstances, Result, Transition } from '../kernel/transition.ts';
import type { Archive, Delete, PgmqCommand } from './commands.ts';
import { create, dropQueue, listQueues } from './create.ts';
import { archiveMessages, deleteMessages, purgeQueue, setVt } from './messages.ts';
import { metrics } from './metrics.ts';
import { pop, read, readWithPoll } from './read.ts';
import { send, sendBatch } from './send.ts';
import { jsonbParameters, parameterNames } from './signatures.ts';
import { draftOf, type PgmqDraft, type PgmqState, stateOf, withoutDrawnIds } from './state.ts';

const signatures = signaturesOf(parameterNames, jsonbParameters);

export function transition(
  state: PgmqState,
  command: PgmqCommand,
  { now }: Circumstances,
): Transition<PgmqState, never> {
  const draft = draftOf(state, now);
  const unbound = parameterRefusal(command, signatures.get(command.type)!);
  const result = unbound ? refused(unbound) : execute(draft, command);
  return {
    state: result.ok ? stateOf(draft) : withoutDrawnIds(state, draft),
    result,
    events: [],
    finishedAt: draft.clock,
    reached: [outcomeOf(command, result)],
  };
}

/** Refusals by what is refused; what was done by whether there was anything to do it to. */
function outcomeOf(command: PgmqCommand, result: Result): string {
  if (!result.ok) {
    const { constraint, column, sqlstate } = result.refusal;
    return `${command.type}/refused/${constraint ?? column ?? sqlstate}`;
  }
  const [row] = result.rows;
  const value = row && Object.keys(row).length === 1 ? Object.values(row)[0] : row;
  return `${command.type}/${value === undefined || value === false || value === 0 ? 'nothing' : 'done'}`;
}

/** Executes a command on a draft; the caller throws the draft away where it is refused. */
export function execute(draft: PgmqDraft, command: PgmqCommand): Result {
  switch (command.type) {
    case 'pgmq.create': {
      const refusal = create(draft, command.queue_name);
      return refusal ? refused(refusal) : nothing('create', 'plpgsql');
    }
    case 'pgmq.drop_queue':
      return value('drop_queue', dropQueue(draft, command.queue_name));
    case 'pgmq.list_queues':
      return rows(listQueues(draft).map((queue) => ({ ...queue })));
    case 'pgmq.send':
      return value('send', send(draft, command.queue_name, command.msg, command.headers, command.delay));
    case 'pgmq.send_batch':
      return each(
        'send_batch',
        sendBatch(draft, command.queue_name, command.msgs, command.headers, command.delay),
      );
    case 'pgmq.read':
      return list(read(draft, command.queue_name, { ...command, stampsLastRead: true }));
    case 'pgmq.read_with_poll':
      return list(
        readWithPoll(draft, command.queue_name, {
          ...command,
          max_poll_seconds: command.max_poll_seconds ?? 5,
          poll_interval_ms: command.poll_interval_ms ?? 100,
          stampsLastRead: true,
        }),
      );
    case 'pgmq.pop':
      return list(pop(draft, command.queue_name, command.qty === undefined ? 1 : command.qty));
    case 'pgmq.set_vt':
      return list(setVt(draft, command.queue_name, command.msg_ids ?? [command.msg_id ?? null], command.vt));
    case 'pgmq.delete':
      return byId('delete', command, (ids) => deleteMessages(draft, command.queue_name, ids));
    case 'pgmq.archive':
      return byId('archive', command, (ids) => archiveMessages(draft, command.queue_name, ids));
    case 'pgmq.purge_queue':
      return value('purge_queue', purgeQueue(draft, command.queue_name));
    case 'pgmq.metrics': {
      const row = metrics(draft, command.queue_name);
      return isRefusal(row) ? refused(row) : rows([row]);
    }
    default:
      return unreachable(command);
  }
}

const value = (name: string, outcome: unknown) =>
  isRefusal(outcome) ? refused(outcome) : scalar(name, outcome);

const each = (name: string, outcome: readonly number[] | SqlError) =>
  isRefusal(outcome) ? refused(outcome) : rows(outcome.map((item) => ({ [name]: item })));

const list = (outcome: readonly object[] | SqlError) =>
  isRefusal(outcome) ? refused(outcome) : rows(outcome.map((row) => ({ ...row })));

/** The two overloads: one id tells whether it was there, many give the ids that were. */
function byId(
  name: string,
  command: Delete | Archive,
  act: (ids: readonly (number | null)[]) => readonly number[] | SqlError,
): Result {
  if (command.msg_ids !== undefined) return each(name, act(command.msg_ids ?? []));
  const outcome = act([command.msg_id ?? null]);
  return value(name, isRefusal(outcome) ? outcome : outcome.length > 0);
}
