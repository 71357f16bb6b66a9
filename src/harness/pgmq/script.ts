/** Queues in a script without variables, within one transaction. */
import type { Row } from '../../model/kernel/transition.ts';
import type { AnyCommand, Observation, ScriptSupport } from '../engine.ts';

/** A message is older by when it was sent, and by when it can be seen. */
export function laterMessages(observation: Observation, milliseconds: number): string[] {
  const interval = `interval '${milliseconds} milliseconds'`;
  return [...observation]
    .filter(([table, rows]) => table.startsWith('pgmq.q_') && isQueue(table, rows))
    .map(
      ([table]) =>
        `update ${quoted(table)} set vt = vt - ${interval}, enqueued_at = enqueued_at - ${interval};`,
    );
}

/** A queue may be called as if it were the sequence of another, which is one row of one value. */
export const isQueue = (table: string, rows: readonly Row[]) =>
  /^pgmq\.[qa]_/.test(table) && !(rows[0] && 'last_value' in rows[0]);

const quoted = (table: string) => `pgmq."${table.slice('pgmq.'.length).replaceAll('"', '""')}"`;

export function pgmqScript<Command extends AnyCommand>(): ScriptSupport<Command> {
  return {
    withId: (command) => ({ command, setup: [] }),
    later: laterMessages,
    isAsserted: isQueue,
    unordered: ['msg_id'],
  };
}
