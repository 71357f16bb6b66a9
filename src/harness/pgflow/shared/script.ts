/** Runs in a script without variables, within one transaction. */
import type { AnyCommand } from '../../contract/command.ts';
import type { Rank, ScriptSupport } from '../../contract/telling.ts';
import { isQueue, queueClock } from '../../pgmq/script.ts';

/** The ids of messages of steps that start together have an order that nothing promises; within a step they do. */
export function pgflowScript<Command extends AnyCommand>(
  withId: ScriptSupport<Command>['withId'],
): ScriptSupport<Command> {
  return {
    withId,
    clock: queueClock,
    // What is broadcast goes elsewhere in a database of a user's.
    isAsserted: (table, rows) => table.startsWith('pgflow.') || isQueue(table, rows),
    decidesDues: (choice) => choice.startsWith('vt of '),
    rank: (table) =>
      table === 'pgflow.step_tasks' ? ofTasks : table.startsWith('pgmq.') ? ofMessages : undefined,
  };
}

const ofTasks: Rank = {
  column: 'message_id',
  partition: ['run_id', 'step_slug'],
  groupOf: ({ run_id, step_slug }) => [run_id, step_slug],
};

const ofMessages: Rank = {
  column: 'msg_id',
  partition: ["message -> 'run_id'", "message -> 'step_slug'"],
  groupOf: ({ message }) => {
    const { run_id = 'none', step_slug = 'none' } = (message ?? {}) as {
      run_id?: unknown;
      step_slug?: unknown;
    };
    return [run_id, step_slug];
  },
};
