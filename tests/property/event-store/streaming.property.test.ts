/** Event streaming along random commands, whoever sends them: what is delivered, what is held, and what comes again. */
import { describe, it } from 'vitest';
import type { EventStoreStatement, StreamEvents } from '../../../src/model/event-store/commands.ts';
import type { EventStoreState, Lock } from '../../../src/model/event-store/state.ts';
import {
  byPartition,
  type Contents,
  contentsOf,
  type Executed,
  grouped,
  lockOf,
  releases,
  statementsOf,
  stream,
  Tally,
} from '../../support/event-store.ts';
import { expectSame } from '../../support/for-all.ts';
import { rowsOf } from '../../support/play.ts';
import { alongTracesOf } from '../../support/traces.ts';

type Of<Type extends EventStoreStatement['type']> = Executed<Extract<EventStoreStatement, { type: Type }>>;
const isOf =
  <Type extends EventStoreStatement['type']>(...types: readonly Type[]) =>
  (statement: Executed): statement is Of<Type> =>
    (types as readonly string[]).includes(statement.command.type);
const streams = isOf('stream_events');
const touchesLock = isOf('ack_event', 'nack_event', 'schedule_nack_event');

/** The locks of a view that have something left to be read, by the newest event of their partition. */
const pending = ({ locks }: Contents, view: string | null) =>
  locks
    .filter((lock) => lock.view === view && lock.last_offset < lock.offset)
    .sort((a, b) => a.offset - b.offset);
const freeOf = (contents: Contents, { v_view_name }: StreamEvents, now: number) =>
  pending(contents, v_view_name).filter(({ locked_until }) => locked_until < now);
const limitOf = ({ v_limit = 1 }: StreamEvents) => v_limit ?? Infinity;
/** The first event of the lock's partition that was not acknowledged. */
const nextOf = ({ events }: Contents, { decider_id, last_offset }: Lock) =>
  events.find((event) => event.decider_id === decider_id && event.offset > last_offset);
const changeOf = (command: EventStoreStatement, now: number): Partial<Lock> => {
  switch (command.type) {
    case 'ack_event':
      return { last_offset: command.v_offset!, locked_until: now };
    case 'schedule_nack_event':
      return { locked_until: now + command.v_milliseconds! };
    default:
      return { locked_until: now };
  }
};
const others = ({ locks }: Contents, kept: (lock: Lock) => boolean) => locks.filter((lock) => !kept(lock));

describe.each(releases)('an event store whose deciders have ids of type %s', (_, release) => {
  const alongTraces = alongTracesOf(release);
  const { machine } = release;
  const alongStatements = (law: (statement: Executed) => void) =>
    alongTraces((steps) => {
      for (const step of steps) for (const statement of statementsOf(release, step)) law(statement);
    });
  const afterwards = (state: EventStoreState, command: EventStoreStatement, now: number) =>
    machine.transition(state, command, { now, uuid: '' });

  it('delivers one event of a partition at most, ordered by offset', () => {
    const tally = new Tally();
    alongStatements((statement) => {
      if (!streams(statement) || !statement.result.ok) return;
      const partitions = statement.result.rows.map(({ decider_id }) => decider_id);
      expectSame(new Set(partitions).size, partitions.length);
      const offsets = statement.result.rows.map(({ offset }) => offset as number);
      expectSame(
        offsets,
        offsets.toSorted((a, b) => a - b),
      );
      if (partitions.length > 1) tally.count('of several partitions');
      const { events } = contentsOf(statement.before);
      const lengths = grouped(events, byPartition);
      if (partitions.some((id) => lengths.get(id as string)!.at(-1)!.offset > Math.max(...offsets)))
        tally.count('with more to come');
    });
    tally.expect(20, 'of several partitions', 'with more to come');
  });

  it('delivers of each partition whose lock has ended the event behind the last acknowledged one', () => {
    const tally = new Tally();
    alongStatements((statement) => {
      if (!streams(statement) || !statement.result.ok) return;
      const { command, now, result } = statement;
      const before = contentsOf(statement.before);
      const free = freeOf(before, command, now);
      const limit = limitOf(command);
      const expected = free.slice(0, limit).flatMap((lock) => nextOf(before, lock) ?? []);
      expectSame(
        result.rows,
        expected.sort((a, b) => a.offset - b.offset),
      );
      tally.count('delivered', result.rows.length);
      if (free.length > limit) tally.count('more than were asked for');
      for (const { locked_until } of pending(before, command.v_view_name)) {
        if (locked_until > now) tally.count('held');
        if (locked_until === now) tally.count('held until this very instant');
      }
    });
    tally.expect(100, 'delivered');
    tally.expect(20, 'held', 'held until this very instant', 'more than were asked for');
  });

  it('holds what it delivers for as long as was asked, and touches no other lock', () => {
    const tally = new Tally();
    alongStatements((statement) => {
      if (!streams(statement) || !statement.result.ok) return;
      const { command, now } = statement;
      const before = contentsOf(statement.before);
      const taken = new Set(freeOf(before, command, now).slice(0, limitOf(command)));
      const held = { locked_until: now + (command.v_seconds ?? 300) * 1000, updated_at: now };
      expectSame(
        contentsOf(statement.after).locks,
        before.locks.map((lock) => (taken.has(lock) ? { ...lock, ...held } : lock)),
      );
      tally.count('held', taken.size);
      tally.count('left alone', before.locks.length - taken.size);
    });
    tally.expect(100, 'held', 'left alone');
  });

  it('delivers an event again once its lock has ended, and not in that very instant', () => {
    const tally = new Tally();
    alongStatements((statement) => {
      if (!streams(statement) || !statement.result.ok || (statement.command.v_seconds ?? 300) < 0) return;
      const { after, command } = statement;
      for (const row of statement.result.rows) {
        const { locked_until } = lockOf(contentsOf(after), command.v_view_name, row.decider_id)!;
        const deliveredAt = (now: number) =>
          rowsOf(afterwards(after, stream(command.v_view_name!), now).result).filter(
            ({ decider_id }) => decider_id === row.decider_id,
          );
        expectSame(deliveredAt(locked_until), []);
        expectSame(deliveredAt(locked_until + 1), [row]);
        tally.count('delivered again');
      }
    });
    tally.expect(100, 'delivered again');
  });

  it('goes on behind whatever was acknowledged, one millisecond later', () => {
    const tally = new Tally();
    alongStatements((statement) => {
      if (!isOf('ack_event')(statement) || !statement.result.ok || statement.result.rows.length === 0) return;
      const { after, command, now } = statement;
      const contents = contentsOf(after);
      const lock = lockOf(contents, command.v_view, statement.result.rows[0]!.decider_id)!;
      expectSame([lock.last_offset, lock.locked_until], [command.v_offset, now]);
      const { result } = afterwards(after, stream(command.v_view!), now + 1);
      const delivered = rowsOf(result).filter(({ decider_id }) => decider_id === lock.decider_id);
      const next = lock.last_offset < lock.offset ? nextOf(contents, lock) : undefined;
      expectSame(delivered, next ? [next] : []);
      tally.count(next ? 'goes on' : 'has come to its end');
      if (lock.last_offset > lock.offset) tally.count('is silent until an event comes that is newer still');
    });
    tally.expect(50, 'goes on', 'has come to its end');
    tally.expect(5, 'is silent until an event comes that is newer still');
  });

  it('changes by ack, nack and schedule_nack the lock that is named, nothing else, and nothing twice', () => {
    const tally = new Tally();
    alongStatements((statement) => {
      if (!touchesLock(statement) || !statement.result.ok) return;
      const { command, now, result } = statement;
      const [before, after] = [contentsOf(statement.before), contentsOf(statement.after)];
      const [named] = result.rows;
      const isNamed = (lock: Lock) => lock.view === named?.view && lock.decider_id === named.decider_id;
      expectSame({ ...after, locks: others(after, isNamed) }, { ...before, locks: others(before, isNamed) });
      const is = named && lockOf(after, named.view, named.decider_id);
      expectSame(result.rows, is ? [is] : []);
      const was = named && lockOf(before, named.view, named.decider_id);
      if (was) expectSame(is, { ...was, ...changeOf(command, now), updated_at: now });
      const again = afterwards(statement.after, command, now);
      expectSame(again.result, result);
      expectSame(contentsOf(again.state), after);
      tally.count(named ? command.type : 'no such lock');
    });
    tally.expect(20, 'ack_event', 'nack_event', 'schedule_nack_event', 'no such lock');
  });

  it('has been read to its end by a view that goes on streaming and acknowledging', () => {
    const tally = new Tally();
    for (const v_limit of [1, 2, null]) {
      alongTraces((steps) => {
        const { after: end, now: last } = steps.at(-1)!;
        // Locks stay behind where events are truncated, and the one that was first goes on being taken first.
        if (steps.some((step) => statementsOf(release, step).some(isOf('truncate_events')))) return;
        const start = contentsOf(end);
        for (const { view } of start.views) {
          let [state, now] = [end, Math.max(last, ...start.locks.map(({ locked_until }) => locked_until))];
          const left = pending(start, view).map((lock) =>
            start.events.filter(
              ({ decider_id, offset }) => decider_id === lock.decider_id && offset > lock.last_offset,
            ),
          );
          const seen = new Map<unknown, unknown[]>();
          for (let rounds = 0; ; rounds++) {
            const outcome = afterwards(state, stream(view, { v_limit }), ++now);
            state = outcome.state;
            const delivered = rowsOf(outcome.result);
            if (delivered.length === 0) break;
            expectSame(rounds < left.flat().length, true, 'more rounds than events');
            for (const row of delivered) {
              const { decider_id, offset } = row as { decider_id: string; offset: number };
              seen.set(decider_id, [...(seen.get(decider_id) ?? []), row]);
              const acked = {
                type: 'ack_event',
                v_view: view,
                v_decider_id: decider_id,
                v_offset: offset,
              } as const;
              state = afterwards(state, acked, now).state;
            }
          }
          for (const events of left) expectSame(seen.get(events[0]!.decider_id), events);
          expectSame(seen.size, left.length);
          if (left.flat().length > 2) tally.count(`with a limit of ${v_limit}`);
          if (left.length > 1) tally.count('over several partitions');
        }
      });
    }
    tally.expect(
      20,
      'with a limit of 1',
      'with a limit of 2',
      'with a limit of null',
      'over several partitions',
    );
  });
});
