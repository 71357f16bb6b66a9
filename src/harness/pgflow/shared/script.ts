/** Runs in a script without variables, within one transaction. */
import type { AnyCommand } from '../../contract/command.ts';
import type { ScriptSupport } from '../../contract/telling.ts';
import { isQueue, queueClock } from '../../pgmq/script.ts';

/** The ids of messages of steps that start together have an order that nothing promises. */
export function pgflowScript<Command extends AnyCommand>(
  withId: ScriptSupport<Command>['withId'],
): ScriptSupport<Command> {
  return {
    withId,
    clock: queueClock,
    // What is broadcast goes elsewhere in a database of a user's.
    isAsserted: (table, rows) => table.startsWith('pgflow.') || isQueue(table, rows),
    unordered: ['msg_id', 'message_id'],
  };
}
