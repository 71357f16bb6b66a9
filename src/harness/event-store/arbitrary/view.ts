/** Views registered, changed and deleted; events streamed to them and acknowledged. */
import type { Arbitrary } from 'fast-check';
import type { EventStoreStatement } from '../../../model/event-store/commands.ts';
import { localTimestamp } from '../../../model/kernel/timestamp.ts';
import { fc } from '../../contract/fast-check.ts';
import { deciderIds, nextOf, noUuid, nul, type Scene, views } from './scene.ts';

type Statements = Arbitrary<EventStoreStatement>;

const anyView = ({ views: known }: Scene) =>
  fc.oneof(
    { weight: 24, arbitrary: fc.constantFrom(...(known.length > 0 ? known : views)) },
    { weight: 1, arbitrary: fc.constantFrom<string | null>('none', null) },
  );

/** From the start, from around an event, from now on, or from never on. */
function startAt({ now, stored }: Scene): Arbitrary<{ v_start_at?: string | null }> {
  const around = stored.flatMap(({ created_at }) => [created_at, created_at + 1]);
  const instants = [...around, now, now + 60_000, Infinity, -Infinity, Date.UTC(1970, 0, 1), now - 5];
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant({}) },
    {
      weight: 8,
      arbitrary: fc.constantFrom(...instants).map((instant) => ({ v_start_at: localTimestamp(instant) })),
    },
    {
      weight: 2,
      arbitrary: fc
        .constantFrom(...around, now)
        .map((instant) => ({ v_start_at: beside(localTimestamp(instant)) })),
    },
    { weight: 1, arbitrary: fc.constant({ v_start_at: null }) },
  );
}

/** A microsecond later: an event of that instant is before it. As a client would write it that knows no other type. */
function beside(start: string): string {
  const [seconds, fraction = ''] = start.split('.');
  return `${seconds!.replace(' ', 'T')}.${fraction.padEnd(3, '0')}001Z`;
}

export function registerView(scene: Scene): Statements {
  const view = fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(...views) },
    { weight: 1, arbitrary: fc.constantFrom(null, nul) },
  );
  const options = fc.constantFrom<object>(
    {},
    {},
    { v_lock_timeout_s: 5 },
    { v_lock_timeout_s: 5 },
    { v_lock_timeout_s: null },
    { v_pooling_delay_s: 1, v_edge_function_url: 'https://example.com/' },
    { v_edge_function_url: nul },
  );
  return fc
    .tuple(view, startAt(scene), options)
    .map(([v_view, ...more]) => ({ type: 'register_view', v_view, ...Object.assign({}, ...more) }));
}

export function streamEvents(scene: Scene): Statements {
  const limit = fc.oneof(
    {
      weight: 12,
      arbitrary: fc.constantFrom<object>({}, {}, { v_limit: 1 }, { v_limit: 2 }, { v_limit: 100 }),
    },
    { weight: 1, arbitrary: fc.constantFrom<object>({ v_limit: 0 }, { v_limit: null }, { v_limit: -1 }) },
  );
  const seconds = fc.oneof(
    {
      weight: 12,
      arbitrary: fc.constantFrom<object>({}, {}, { v_seconds: 1 }, { v_seconds: 5 }, { v_seconds: 0 }),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom<object>({ v_seconds: null }, { v_seconds: -1 }, { v_seconds: 2 ** 31 - 1 }),
    },
  );
  const view = fc.oneof(
    { weight: 40, arbitrary: anyView(scene) },
    { weight: 1, arbitrary: fc.constant(nul) },
  );
  return fc.tuple(view, limit, seconds).map(([v_view_name, ...more]) => ({
    type: 'stream_events',
    v_view_name,
    ...Object.assign({}, ...more),
  }));
}

/** A lock that there is, a partition without one, or what is no id at all. */
function lockKey(scene: Scene) {
  const keys = scene.locks.map(({ view, decider_id }) => ({ v_view: view, v_decider_id: decider_id }));
  const odd = fc.record({
    v_view: anyView(scene),
    v_decider_id: fc.constantFrom<string | null>(...deciderIds[scene.idType], null, noUuid, nul),
  });
  return keys.length === 0
    ? odd
    : fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...keys) }, { weight: 1, arbitrary: odd });
}

/** Mostly of the event that the view was given; else of any offset. */
export function ackEvent(scene: Scene): Statements {
  const { locks, state } = scene;
  const honest = locks.flatMap((lock) => {
    const v_offset = nextOf(scene, lock)?.offset;
    return v_offset === undefined ? [] : [{ v_view: lock.view, v_decider_id: lock.decider_id, v_offset }];
  });
  const offset = fc.constantFrom<number | null>(
    0,
    -1,
    null,
    2 ** 53 - 1,
    ...Array.from({ length: state.last_offset + 2 }, (_, n) => n),
  );
  const any = fc.tuple(lockKey(scene), offset).map(([key, v_offset]) => ({ ...key, v_offset }));
  const key =
    honest.length === 0
      ? any
      : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...honest) }, { weight: 1, arbitrary: any });
  return key.map((command) => ({ type: 'ack_event', ...command }));
}

export const nackEvent = (scene: Scene): Statements =>
  lockKey(scene).map((key) => ({ type: 'nack_event', ...key }));

export function scheduleNackEvent(scene: Scene): Statements {
  const milliseconds = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(0, 1, 1500, 60_000) },
    { weight: 1, arbitrary: fc.constantFrom<number | null>(null, -1, -60_000, 8e15, -8e15, -2e14) },
  );
  return fc
    .tuple(lockKey(scene), milliseconds)
    .map(([key, v_milliseconds]) => ({ type: 'schedule_nack_event', ...key, v_milliseconds }));
}

export function updateView(scene: Scene): Statements {
  const timeout = fc.constantFrom(1, 5, null);
  const view = fc.oneof({ weight: 8, arbitrary: anyView(scene) }, { weight: 1, arbitrary: fc.constant(nul) });
  return fc.record({ view, lock_timeout_s: timeout }).map((rest) => ({ type: 'update_view', ...rest }));
}

export function deleteView(scene: Scene): Statements {
  const view = fc.oneof({ weight: 8, arbitrary: anyView(scene) }, { weight: 2, arbitrary: fc.constant(nul) });
  return view.map((name) => ({ type: 'delete_view', view: name }));
}
