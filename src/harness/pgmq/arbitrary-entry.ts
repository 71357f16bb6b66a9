/** The next command on some queues, and when it comes. */
import type { Arbitrary } from 'fast-check';
import type { PgmqCommand } from '../../model/pgmq/commands.ts';
import type { PgmqState } from '../../model/pgmq/state.ts';
import { arbitraryJson } from '../contract/arbitrary-json.ts';
import type { GenerationContext } from '../contract/campaign.ts';
import { drawnLater, fc } from '../contract/fast-check.ts';
import { arbitraryWait } from './arbitrary-wait.ts';

type Commands = Arbitrary<PgmqCommand>;

const command = <T extends PgmqCommand>(value: T): T => value;
const longName = (length: number) => 'l'.padEnd(length, '0');

/**
 * `Q` and `q` share their tables; 47 characters are the most; some names are those that Postgres gives to the
 * indexes and the sequence of `q`.
 */
const goodNames = [
  'q',
  'q',
  'q',
  'Q',
  'other queue',
  'ÄÖ',
  'äÖ',
  'İ',
  longName(47),
  'q_pkey',
  'q_vt_idx',
  'q_msg_id_seq',
];
const badNames = [null, '', 'none', longName(48), 'a;b', "it's", 'a$b', 'a--b', 'q\0'];
/** Taken by an index or a sequence, as soon as there is a queue `q`. */
const takenNames = ['q_pkey', 'q_vt_idx', 'q_msg_id_seq', 'q_msg_id_seq', 'q_pkey1', 'q_msg_id_seq1'];

const seconds = drawnLater(() =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(0, 1, 2, 30) },
    { weight: 2, arbitrary: fc.constantFrom<number | null>(-1, -3600, 2 ** 31 - 1, null) },
  ),
);
const quantity = drawnLater(() =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(1, 2, 10) },
    { weight: 2, arbitrary: fc.constantFrom<number | null>(0, -1, null) },
  ),
);
const polling = drawnLater(() =>
  fc.constantFrom<{ max_poll_seconds?: number; poll_interval_ms?: number }>(
    { max_poll_seconds: 1 },
    { max_poll_seconds: 2, poll_interval_ms: 300 },
    { max_poll_seconds: 0 },
    { max_poll_seconds: -1 },
    { poll_interval_ms: 999 },
  ),
);
const delay = drawnLater(() =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant<{ delay?: number | null }>({}) },
    { weight: 3, arbitrary: seconds.map((value): { delay?: number | null } => ({ delay: value })) },
  ),
);

export function arbitraryEntry(
  context: GenerationContext<PgmqState>,
): Arbitrary<{ wait: number; command: PgmqCommand }> {
  return fc.record({
    wait: arbitraryWait(context.now, context.state),
    command: arbitraryCommand(context.state),
  });
}

function arbitraryCommand({ meta, queues }: PgmqState): Commands {
  const names = [...meta.values()].map((queue) => queue.queue_name);
  if (names.length === 0)
    return fc.oneof({ weight: 6, arbitrary: create }, { weight: 1, arbitrary: onQueue(badName) });
  const ids = [...queues.values()].flatMap((queue) =>
    [...queue.messages.values(), ...queue.archive.values()].map((message) => message.msg_id),
  );
  const known = fc.constantFrom(...names);
  // A queue whose sequence had to take another name, and the queue that has the name it wanted.
  const renamed = [...queues].flatMap(([name, { sequence }]) =>
    sequence === `q_${name}_msg_id_seq` ? [] : [name, `${name}_msg_id_seq`],
  );
  const onRenamed =
    renamed.length > 0 ? [{ weight: 8, arbitrary: onQueue(fc.constantFrom(...renamed)) }] : [];
  const msg_id = fc.constantFrom<number | null>(...ids, ...ids, 999, -1, null);
  return fc.oneof(
    { weight: 2, arbitrary: create },
    { weight: 10, arbitrary: sending(known) },
    { weight: 10, arbitrary: reading(known, arbitraryCondition) },
    { weight: 8, arbitrary: byId(known, msg_id) },
    { weight: 2, arbitrary: onQueue(known) },
    ...onRenamed,
    {
      weight: 4,
      arbitrary: fc.oneof(sending(badName), reading(badName, arbitraryCondition), byId(badName, msg_id)),
    },
    { weight: 1, arbitrary: onQueue(badName) },
  );
}

const badName = drawnLater(() => fc.oneof(fc.constantFrom(...badNames), fc.constantFrom(...takenNames)));

const create: Commands = drawnLater(() =>
  fc
    .oneof({ weight: 5, arbitrary: fc.constantFrom(...goodNames) }, { weight: 1, arbitrary: badName })
    .map((queue_name) => command({ type: 'pgmq.create', queue_name })),
);

/** Parts of what `arbitraryJson` likes to send. */
const arbitraryCondition = drawnLater(() =>
  fc.oneof(
    fc.constantFrom<object>(
      {},
      { conditional: {} },
      { conditional: { a: 1 } },
      { conditional: [1] },
      { conditional: [] },
    ),
    arbitraryJson.map((conditional) => ({ conditional })),
  ),
);

function sending(queue_name: Arbitrary<string | null>): Commands {
  const headers = fc.oneof(
    { weight: 4, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: arbitraryJson.map((value) => ({ headers: value })) },
  );
  const message = fc.oneof(
    { weight: 12, arbitrary: arbitraryJson.map((msg) => ({ msg })) },
    { weight: 1, arbitrary: fc.constant({}) },
  );
  const lists = fc.constantFrom<object>(
    {},
    {},
    {},
    { headers: null },
    { headers: [] },
    { headers: [{ h: 1 }, null] },
  );
  return fc.oneof(
    fc
      .tuple(queue_name, message, headers, delay)
      .map(([name, ...rest]) =>
        command({ type: 'pgmq.send', queue_name: name, ...Object.assign({}, ...rest) }),
      ),
    fc
      .tuple(queue_name, fc.option(fc.array(arbitraryJson, { maxLength: 3 })), lists, delay)
      .map(([name, msgs, ...rest]) =>
        command({ type: 'pgmq.send_batch', queue_name: name, msgs, ...Object.assign({}, ...rest) }),
      ),
  );
}

function reading(queue_name: Arbitrary<string | null>, conditions: Arbitrary<object>): Commands {
  return fc.oneof(
    fc
      .tuple(queue_name, seconds, quantity, conditions)
      .map(([name, vt, qty, more]) => command({ type: 'pgmq.read', queue_name: name, vt, qty, ...more })),
    fc
      .tuple(queue_name, seconds, quantity, polling, conditions)
      .map(([name, vt, qty, poll, more]) =>
        command({ type: 'pgmq.read_with_poll', queue_name: name, vt, qty, ...poll, ...more }),
      ),
    fc
      .tuple(
        queue_name,
        fc.oneof(
          fc.constant({}),
          quantity.map((qty) => ({ qty })),
        ),
      )
      .map(([name, qty]) => command({ type: 'pgmq.pop', queue_name: name, ...qty })),
  );
}

function byId(queue_name: Arbitrary<string | null>, msg_id: Arbitrary<number | null>): Commands {
  const one = fc.record({ queue_name, msg_id });
  const many = fc.record({
    queue_name,
    msg_ids: fc.option(fc.array(msg_id, { maxLength: 3 })),
  });
  return fc.oneof(
    fc.tuple(one, seconds).map(([key, vt]) => command({ type: 'pgmq.set_vt', ...key, vt })),
    fc.tuple(many, seconds).map(([key, vt]) => command({ type: 'pgmq.set_vt', ...key, vt })),
    one.map((key) => command({ type: 'pgmq.delete', ...key })),
    many.map((key) => command({ type: 'pgmq.delete', ...key })),
    one.map((key) => command({ type: 'pgmq.archive', ...key })),
    many.map((key) => command({ type: 'pgmq.archive', ...key })),
  );
}

function onQueue(queue_name: Arbitrary<string | null>): Commands {
  return fc.oneof(
    { weight: 3, arbitrary: queue_name.map((name) => command({ type: 'pgmq.metrics', queue_name: name })) },
    {
      weight: 1,
      arbitrary: queue_name.map((name) => command({ type: 'pgmq.purge_queue', queue_name: name })),
    },
    {
      weight: 1,
      arbitrary: queue_name.map((name) => command({ type: 'pgmq.drop_queue', queue_name: name })),
    },
    { weight: 1, arbitrary: fc.constant(command({ type: 'pgmq.list_queues' })) },
  );
}
