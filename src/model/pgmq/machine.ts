/** pgmq 1.11.1, the queue: an engine of its own, and what pgflow is built on. */
import { describeCall } from '../kernel/describe.ts';
import type { Machine } from '../kernel/machine.ts';
import type { PgmqCommand } from './commands.ts';
import { jsonbParameters } from './signatures.ts';
import { emptyPgmq, type PgmqState } from './state.ts';
import { transition } from './transition.ts';
import { witnesses } from './witnesses.ts';

export const pgmqMachine: Machine<PgmqState, PgmqCommand, never> = {
  initialState: emptyPgmq,
  transition,
  invariants: [
    {
      title: 'a message is in the queue or in its archive, never in both',
      violation: ({ queues }) => {
        for (const [name, { messages, archive }] of queues) {
          const twice = messages.values().find(({ msg_id }) => archive.get(msg_id));
          if (twice) return `message ${twice.msg_id} of ${name}`;
        }
        return undefined;
      },
    },
    {
      title: 'no message has an id that the sequence has not drawn',
      violation: ({ queues }) => {
        for (const [name, queue] of queues) {
          const ahead = [...queue.messages.values(), ...queue.archive.values()].find(
            ({ msg_id }) => msg_id > queue.last_msg_id,
          );
          if (ahead) return `message ${ahead.msg_id} of ${name}, last drawn ${queue.last_msg_id}`;
        }
        return undefined;
      },
    },
  ],
  describe: (command) => describeCall('pgmq', command, jsonbParameters),
  witnesses,
};
