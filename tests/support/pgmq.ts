/** Words for stories about pgmq: its commands in short, its queues as rows, and its random scripts. */
import fc from 'fast-check';
import { pgmqUnderTest } from '../../src/harness/pgmq/release.ts';
import type { Jsonb } from '../../src/model/kernel/jsonb.ts';
import type { PgmqCommand } from '../../src/model/pgmq/commands.ts';
import type { ArchivedMessage, Message, PgmqState } from '../../src/model/pgmq/state.ts';
import * as general from './play.ts';
import { type Wait, wait } from './play.ts';

export type Script = readonly (PgmqCommand | Wait)[];
export type Step = general.Executed<PgmqState, PgmqCommand>;

export const play = (script: Script) => general.play(pgmqUnderTest, script);

export const create = (queue_name: string): PgmqCommand => ({ type: 'pgmq.create', queue_name });
/** `delay` in seconds. */
export const send = (queue_name: string, msg: Jsonb = {}, delay = 0): PgmqCommand => ({
  type: 'pgmq.send',
  queue_name,
  msg,
  delay,
});
/** `vt` in seconds. */
export const read = (queue_name: string, vt = 30, qty = 10): PgmqCommand => ({
  type: 'pgmq.read',
  queue_name,
  vt,
  qty,
});

export const messagesOf = (state: PgmqState, tables: string): Message[] =>
  state.queues.get(tables)?.messages.values() ?? [];
export const archiveOf = (state: PgmqState, tables: string): ArchivedMessage[] =>
  state.queues.get(tables)?.archive.values() ?? [];
export const lastIdOf = (state: PgmqState, tables: string) => state.queues.get(tables)?.last_msg_id;

/** The name of the tables that a queue of a random script has. */
export const tablesOf = (queue_name: string) => queue_name.toLowerCase();

/** Everything in the state, sharing nothing with it. */
export function contentsOf({ meta, queues }: PgmqState) {
  const listed = [...meta.values()].sort((a, b) => (a.queue_name < b.queue_name ? -1 : 1));
  const filled = [...queues]
    .map(([name, { messages, archive, last_msg_id }]) => ({
      name,
      messages: messages.values(),
      archive: archive.values(),
      last_msg_id,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return structuredClone({ listed, filled });
}

// `q` and `Q` have the same tables; `none` has none, and the last is no name.
const names = ['q', 'q', 'q', 'Q', 'r'];
const queue_name = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(...names) },
  { weight: 1, arbitrary: fc.constantFrom<string | null>('none', "it's", null) },
);
const seconds = fc.constantFrom(0, 1, 1, 2, 5, 30, -1);
const qty = fc.constantFrom<number | null>(1, 2, 3, 10, 0, null, -1);
const msg = fc.constantFrom<Jsonb>({}, { a: 1 }, { a: 1, b: [] }, [1, 2], 1, null, 'x');
const msg_id = fc.oneof(fc.integer({ min: 1, max: 8 }), fc.constantFrom<number | null>(99, null));
const msg_ids = fc.array(fc.integer({ min: 1, max: 8 }), { maxLength: 4 });
const conditional = fc.constantFrom<Jsonb>({}, { a: 1 }, [1], 1, null);
const delay = fc.constantFrom<number | null>(0, 0, 0, 1, 2, 30, -1, null);

const type = <T extends PgmqCommand['type']>(name: T) => fc.constant(name);

const command: fc.Arbitrary<PgmqCommand> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ type: type('pgmq.send'), queue_name, msg, delay }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: type('pgmq.send_batch'),
      queue_name,
      msgs: fc.array(msg, { maxLength: 4 }),
      delay,
    }),
  },
  { weight: 6, arbitrary: fc.record({ type: type('pgmq.read'), queue_name, vt: seconds, qty }) },
  { weight: 3, arbitrary: fc.record({ type: type('pgmq.read'), queue_name, vt: seconds, qty, conditional }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: type('pgmq.read_with_poll'),
      queue_name,
      vt: seconds,
      qty,
      max_poll_seconds: fc.constantFrom(-1, 0, 1, 2),
      poll_interval_ms: fc.constantFrom(100, 300, 999),
    }),
  },
  { weight: 3, arbitrary: fc.record({ type: type('pgmq.pop'), queue_name, qty }) },
  { weight: 3, arbitrary: fc.record({ type: type('pgmq.set_vt'), queue_name, msg_id, vt: seconds }) },
  { weight: 2, arbitrary: fc.record({ type: type('pgmq.delete'), queue_name, msg_id }) },
  { weight: 1, arbitrary: fc.record({ type: type('pgmq.delete'), queue_name, msg_ids }) },
  { weight: 2, arbitrary: fc.record({ type: type('pgmq.archive'), queue_name, msg_id }) },
  { weight: 2, arbitrary: fc.record({ type: type('pgmq.archive'), queue_name, msg_ids }) },
  { weight: 1, arbitrary: fc.record({ type: type('pgmq.purge_queue'), queue_name }) },
  { weight: 1, arbitrary: fc.record({ type: type('pgmq.create'), queue_name }) },
  { weight: 1, arbitrary: fc.record({ type: type('pgmq.drop_queue'), queue_name }) },
  { weight: 1, arbitrary: fc.record({ type: type('pgmq.metrics'), queue_name }) },
  { weight: 1, arbitrary: fc.record({ type: type('pgmq.list_queues') }) },
);

const pause = fc.constantFrom(1, 499, 500, 999, 1000, 1001, 2000).map(wait);

/** Commands on two or three queues that are there to begin with, and pauses between them. */
export const scripts: fc.Arbitrary<Script> = fc
  .array(fc.oneof({ weight: 3, arbitrary: command }, { weight: 1, arbitrary: pause }), {
    maxLength: 50,
    size: 'max',
  })
  .map((rest) => [create('q'), create('Q'), create('r'), ...rest]);
