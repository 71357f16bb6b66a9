/** Consumers of an event store that keep to the rules, and what becomes of what they are given. */
import fc from 'fast-check';
import type { Lock } from '../../src/model/event-store/state.ts';
import type { Instant } from '../../src/model/kernel/instant.ts';
import {
  ack,
  append,
  contentsOf,
  type EventRow,
  kind,
  lockOf,
  nack,
  nackLater,
  newStage,
  stream,
  view,
} from './event-store.ts';
import { rowsOf } from './play.ts';

const partitions = ['a', 'b', 'c'];
const deciders = ['order', 'cart'];
const views = ['mail', 'stock'];

/** What happens next. Whoever has been given an event is told by how many are still in hand. */
export type Turn =
  | { readonly type: 'append'; readonly partition: string; readonly decider: string }
  | {
      readonly type: 'stream';
      readonly view: string;
      readonly limit: number | null;
      readonly seconds: number;
    }
  | Settlement
  | { readonly type: 'wait'; readonly ms: number };
/** What a consumer does about an event that it was given: `ms` is for how long it is put off. */
interface Settlement {
  readonly type: 'ack' | 'nack' | 'later' | 'crash';
  readonly inHand: number;
  readonly ms: number;
}

export const turns: fc.Arbitrary<readonly Turn[]> = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        type: fc.constant('append' as const),
        partition: fc.constantFrom(...partitions),
        decider: fc.constantFrom(...deciders),
      }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        type: fc.constant('stream' as const),
        view: fc.constantFrom(...views),
        limit: fc.constantFrom(1, 2, null),
        seconds: fc.constantFrom(1, 2, 5),
      }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        type: fc.constantFrom(...(['ack', 'ack', 'ack', 'nack', 'later', 'crash'] as const)),
        inHand: fc.nat({ max: 5 }),
        ms: fc.constantFrom(0, 1, 700, 3000),
      }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        type: fc.constant('wait' as const),
        ms: fc.constantFrom(1, 1, 500, 1000, 1001, 5001),
      }),
    },
  ),
  { minLength: 30, maxLength: 80, size: 'max' },
);

export interface Delivery {
  readonly view: string;
  readonly event: EventRow;
  readonly at: Instant;
  /** The instant in which its lock ends. */
  heldUntil: Instant;
  fate: 'in hand' | 'acknowledged' | 'given back' | 'put off' | 'lost';
}

const fates = { ack: 'acknowledged', nack: 'given back', later: 'put off', crash: 'lost' } as const;

export interface Journal {
  /** In their order. */
  readonly deliveries: readonly Delivery[];
  readonly events: readonly EventRow[];
  readonly locks: readonly Lock[];
  readonly views: readonly string[];
  /** Events that had not been acknowledged when the script was over, each counted for each view. */
  readonly left: number;
  /** How often the views streamed from then on until there was nothing left, one event at a time. */
  readonly streams: number;
}

/**
 * Each view reads on to the end when the script is over. `stock` is registered when half of that is over, and wants
 * everything from the start all the same.
 */
export function consume(script: readonly Turn[]): Journal {
  const stage = newStage();
  const deliveries: Delivery[] = [];
  const last = new Map<string, number>();
  let appended = 0;
  for (const decider of deciders) stage.execute(kind('placed', decider));
  stage.execute(view('mail'));

  const deliver = (name: string, more: Parameters<typeof stream>[1]) => {
    const { result, after, now } = stage.execute(stream(name, more));
    const rows = rowsOf(result) as unknown as readonly EventRow[];
    for (const event of rows) {
      const { locked_until } = lockOf(contentsOf(after), name, event.decider_id)!;
      deliveries.push({ view: name, event, at: now, heldUntil: locked_until, fate: 'in hand' });
    }
    return rows.length;
  };
  const settle = (delivery: Delivery, { type, ms }: Omit<Settlement, 'inHand'>) => {
    const { view: name, event } = delivery;
    const { decider_id, offset } = event;
    delivery.fate = fates[type];
    if (type === 'crash') return;
    if (type === 'ack') rowsOf(stage.execute(ack(name, decider_id, offset)).result);
    else if (type === 'nack') stage.execute(nack(name, decider_id));
    else stage.execute(nackLater(name, decider_id, ms));
    delivery.heldUntil = stage.now + (type === 'later' ? ms : 0);
  };
  /** Once its lock has ended, an event may be in other hands, and who is honest does nothing more about it. */
  const handed = () => {
    for (const delivery of deliveries) {
      if (delivery.fate === 'in hand' && delivery.heldUntil < stage.now) delivery.fate = 'lost';
    }
    return deliveries.filter(({ fate }) => fate === 'in hand');
  };

  for (const [i, turn] of script.entries()) {
    if (i === Math.floor(script.length / 2)) stage.execute(view('stock', { v_start_at: '-infinity' }));
    if (turn.type === 'wait') stage.now += turn.ms;
    else if (turn.type === 'append') {
      const { partition, decider } = turn;
      const key = `${partition} ${decider}`;
      const more = { v_decider: decider };
      rowsOf(stage.execute(append(++appended, partition, last.get(key) ?? null, more)).result);
      last.set(key, appended);
    } else if (turn.type === 'stream') {
      deliver(turn.view, { v_limit: turn.limit, v_seconds: turn.seconds });
    } else {
      const hands = handed();
      const delivery = hands[turn.inHand % hands.length];
      if (delivery) settle(delivery, turn);
    }
  }

  // Nothing more happens but that each view reads on.
  const { locks } = contentsOf(stage.state);
  stage.now = Math.max(stage.now, ...locks.map(({ locked_until }) => locked_until)) + 1;
  handed();
  const { events } = contentsOf(stage.state);
  const left = locks.reduce(
    (sum, lock) =>
      sum +
      events.filter(({ decider_id, offset }) => decider_id === lock.decider_id && offset > lock.last_offset)
        .length,
    0,
  );
  let streams = 0;
  for (const name of views) {
    for (; deliver(name, { v_limit: 1 }) > 0; streams++) {
      settle(deliveries.at(-1)!, { type: 'ack', ms: 0 });
      stage.now++;
    }
  }
  return { deliveries, ...contentsOf(stage.state), views, streams, left };
}
