/** What an operator, or another program that uses the queue, does while runs are under way. */
import type { Arbitrary } from 'fast-check';
import type { Jsonb } from '../../../model/kernel/jsonb.ts';
import type { PgmqCommand } from '../../../model/pgmq/commands.ts';
import type { PgmqState } from '../../../model/pgmq/state.ts';
import { fc } from '../../contract/fast-check.ts';
import { oddQueue, quantity, seconds } from './arbitrary-values.ts';

type Known =
  | 'pgmq.create'
  | 'pgmq.drop_queue'
  | 'pgmq.send'
  | 'pgmq.read'
  | 'pgmq.pop'
  | 'pgmq.set_vt'
  | 'pgmq.delete'
  | 'pgmq.archive'
  | 'pgmq.purge_queue';
type Command = Extract<PgmqCommand, { type: Known }>;
type Work = Arbitrary<Command>;

const command = <T extends Command>(value: T): T => value;

/** An operator's hand on the queue, and other programs that use it. */
export function operate(
  state: PgmqState,
  queues: readonly string[],
  message: Arbitrary<{ msg?: Jsonb }>,
): Work {
  const ids = [...state.queues.values()].flatMap((queue) =>
    [...queue.messages.values(), ...queue.archive.values()].map((message) => message.msg_id),
  );
  const queue_name = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...queues) },
    { weight: 1, arbitrary: oddQueue },
  );
  const msg_id = fc.constantFrom<number | null>(...ids, ...ids, 999, null);
  const one = fc.record({ queue_name, msg_id });
  const many = fc.record({ queue_name, msg_ids: fc.option(fc.array(msg_id, { maxLength: 3 })) });
  const headers = fc.constantFrom<object>({}, {}, {}, { headers: { h: 1 } }, { headers: null });
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc.tuple(one, seconds).map(([key, vt]) => command({ type: 'pgmq.set_vt', ...key, vt })),
    },
    { weight: 3, arbitrary: one.map((key) => command({ type: 'pgmq.delete', ...key })) },
    { weight: 1, arbitrary: many.map((key) => command({ type: 'pgmq.delete', ...key })) },
    { weight: 1, arbitrary: many.map((key) => command({ type: 'pgmq.archive', ...key })) },
    { weight: 1, arbitrary: many.map((key) => command({ type: 'pgmq.set_vt', ...key, vt: null })) },
    { weight: 3, arbitrary: one.map((key) => command({ type: 'pgmq.archive', ...key })) },
    {
      weight: 4,
      arbitrary: fc
        .tuple(queue_name, message, headers, fc.constantFrom({}, { delay: 3 }, { delay: null }))
        .map(([name, msg, more, delay]) =>
          command({ type: 'pgmq.send', queue_name: name, ...msg, ...more, ...delay }),
        ),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(queue_name, seconds, quantity)
        .map(([name, vt, qty]) => command({ type: 'pgmq.read', queue_name: name, vt, qty })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(queue_name, fc.constantFrom({}, { qty: 2 }, { qty: -1 }, { qty: -1 }))
        .map(([name, qty]) => command({ type: 'pgmq.pop', queue_name: name, ...qty })),
    },
  );
}

/** Queues emptied, dropped and made anew: mostly such as there are not, since little works afterwards. */
export function operateOnQueues(queues: readonly string[]): Work {
  const known = fc.constantFrom(...queues);
  const acts = (queue_name: Arbitrary<string | null>) =>
    fc.oneof(
      queue_name.map((name) => command({ type: 'pgmq.purge_queue', queue_name: name })),
      queue_name.map((name) => command({ type: 'pgmq.drop_queue', queue_name: name })),
      queue_name.map((name) => command({ type: 'pgmq.create', queue_name: name })),
    );
  return fc.oneof({ weight: 3, arbitrary: acts(known) }, { weight: 4, arbitrary: acts(oddQueue) });
}
