/** Views: from where they read on, what registering them again does to that, and what goes with them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Instant } from '../../../src/model/kernel/instant.ts';
import { firstInstantFrom } from '../../../src/model/kernel/timestamp.ts';
import {
  ack,
  append,
  byPartition,
  contentsOf,
  type EventRow,
  type Executed,
  grouped,
  kind,
  lockOf,
  newStage,
  play,
  releases,
  statementsOf,
  stream,
  Tally,
  view,
} from '../../support/event-store.ts';
import { expectSame, forAll } from '../../support/for-all.ts';
import { rowsOf, startedAt, wait } from '../../support/play.ts';
import { alongTracesOf } from '../../support/traces.ts';

describe.each(releases)('an event store whose deciders have ids of type %s', (_, release) => {
  const alongTraces = alongTracesOf(release);
  const alongStatements = (law: (statement: Executed) => void) =>
    alongTraces((steps) => {
      for (const step of steps) for (const statement of statementsOf(release, step)) law(statement);
    });

  it('has one lock for each view and partition, which knows the newest event', () => {
    const tally = new Tally();
    alongTraces((steps) => {
      for (const { after } of steps) {
        const { views, events, locks } = contentsOf(after);
        const names = new Set(views.map(({ view }) => view));
        const partitions = grouped(events, byPartition);
        for (const name of names) {
          for (const [decider_id, partition] of partitions) {
            const { offset, final } = partition.at(-1)!;
            const lock = locks.filter((each) => each.view === name && each.decider_id === decider_id);
            expectSame(
              lock.map((each) => [each.offset, each.offset_final]),
              [[offset, final]],
            );
            tally.count(final ? 'that is final' : 'that is not');
          }
        }
        for (const { view } of locks) expectSame(names.has(view), true, 'a lock without its view');
      }
    });
    tally.expect(100, 'that is final', 'that is not');
  });

  it('sets a view that is registered or changed to where it starts, whatever it has acknowledged', () => {
    const tally = new Tally();
    alongStatements((statement) => {
      const { command, now, result } = statement;
      if (command.type !== 'register_view' && command.type !== 'update_view') return;
      if (!result.ok || result.rows.length + Number(command.type === 'update_view') === 0) return;
      const [before, after] = [contentsOf(statement.before), contentsOf(statement.after)];
      const name = command.type === 'register_view' ? command.v_view : command.view;
      const registered = after.views.find((each) => each.view === name);
      if (!registered) return;
      for (const [decider_id, events] of grouped(before.events, byPartition)) {
        const start = firstInstantFrom(registered.start_at);
        const first = events.find(({ created_at }) => created_at >= start);
        const newest = events.at(-1)!;
        const known = lockOf(before, name, decider_id);
        expectSame(lockOf(after, name, decider_id), {
          view: name,
          decider_id,
          offset: newest.offset,
          last_offset: first ? first.offset - 1 : newest.offset,
          locked_until: known?.locked_until ?? now,
          offset_final: newest.final,
          created_at: known?.created_at ?? now,
          updated_at: now,
        });
        tally.count(first ? 'starts within' : 'starts at the end');
        if (!known) tally.count('is new');
        else if (known.locked_until > now) tally.count('is still held');
        if (known && first && known.last_offset >= first.offset) tally.count('forgets');
      }
      // Those of other views, and of partitions whose events are gone.
      const partitions = grouped(before.events, byPartition);
      const rest = ({ view, decider_id }: (typeof after.locks)[number]) =>
        view !== name || !partitions.has(decider_id);
      expectSame(after.locks.filter(rest), before.locks.filter(rest));
      const again = release.machine.transition(statement.after, command, { now, uuid: '' });
      expectSame([again.result, contentsOf(again.state)], [result, after], 'twice');
    });
    tally.expect(20, 'starts within', 'starts at the end', 'is new');
    tally.expect(5, 'is still held', 'forgets');
  });

  it('deletes with a view its locks, and nothing else', () => {
    const tally = new Tally();
    alongStatements(({ command, before, after, result }) => {
      if (command.type !== 'delete_view' || !result.ok) return;
      const { views, locks, ...rest } = contentsOf(before);
      const isOther = (row: { readonly view: string }) => row.view !== command.view;
      expectSame(
        result.rows,
        views.filter((row) => !isOther(row)),
      );
      expectSame(contentsOf(after), {
        ...rest,
        views: views.filter(isOther),
        locks: locks.filter(isOther),
      });
      if (!locks.every(isOther)) tally.count('with locks');
    });
    tally.expect(10, 'with locks');
  });
});

describe('a view', () => {
  it('keeps the locks of partitions that were truncated, and one event at a time it is given none of others', () => {
    const { results, state } = play([
      ...[kind('placed'), view('mail'), append(1, 'a'), { type: 'truncate_events' } as const],
      append(2, 'b'),
      wait(1),
      stream('mail', { v_limit: 1, v_seconds: 0 }),
      wait(1),
      stream('mail', { v_limit: 1, v_seconds: 0 }),
      stream('mail', { v_limit: 2, v_seconds: 0 }),
    ]);
    expect(contentsOf(state).locks).toMatchObject([
      { decider_id: 'a', offset: 1 },
      { decider_id: 'b', offset: 2 },
    ]);
    expect(results.slice(-3).map((result) => rowsOf(result).map(({ offset }) => offset))).toEqual([
      [],
      [],
      [2],
    ]);
  });

  interface Planned {
    readonly partition: string;
    /** Milliseconds since the event before it. */
    readonly wait: number;
  }
  const planned: fc.Arbitrary<Planned[]> = fc.array(
    fc.record({ partition: fc.constantFrom('a', 'b', 'c'), wait: fc.constantFrom(0, 1, 2, 1000) }),
    { minLength: 1, maxLength: 15 },
  );
  /** What the view is given until there is nothing left, and when it was registered at such an instant. */
  const readFrom = (events: readonly Planned[], v_start_at: string | undefined) => {
    const stage = newStage();
    stage.execute(kind('placed'));
    const last = new Map<string, number>();
    for (const [i, { partition, wait }] of events.entries()) {
      stage.now += wait;
      stage.execute(append(i + 1, partition, last.get(partition) ?? null));
      last.set(partition, i + 1);
    }
    const registeredAt = stage.now;
    stage.execute(view('mail', v_start_at === undefined ? {} : { v_start_at }));
    const read: number[] = [];
    for (;;) {
      stage.now++;
      const rows = rowsOf(stage.execute(stream('mail')).result) as unknown as readonly EventRow[];
      if (rows.length === 0) break;
      for (const { decider_id, offset } of rows) {
        stage.execute(ack('mail', decider_id, offset));
        read.push(offset);
      }
    }
    return { read: read.toSorted((a, b) => a - b), registeredAt, all: contentsOf(stage.state).events };
  };
  const written = (instant: Instant) => new Date(instant).toISOString().replace('T', ' ').replace('Z', '');

  it('is given what happened at the instant from which it starts, or later', () => {
    const tally = new Tally();
    const starts = fc.constantFrom(
      '-infinity',
      'infinity',
      ...[0, 1, 2, 1000, 1001, 2002, 3000].map((ms) => written(startedAt + ms)),
    );
    forAll(fc.tuple(planned, starts), 300, ([events, start]) => {
      const { read, all } = readFrom(events, start);
      const from = firstInstantFrom(start);
      const wanted = all.filter(({ created_at }) => created_at >= from).map(({ offset }) => offset);
      expectSame(read, wanted);
      if (all.some(({ created_at }) => created_at === from)) tally.count('at that very instant');
      if (wanted.length > 0 && wanted.length < all.length) tally.count('some of them');
    });
    tally.expect(20, 'at that very instant', 'some of them');
  });

  it('that does not say from where on is given what happened in the instant of its registration', () => {
    const tally = new Tally();
    forAll(planned, 100, (events) => {
      const { read, all, registeredAt } = readFrom(events, undefined);
      const wanted = all.filter(({ created_at }) => created_at === registeredAt).map(({ offset }) => offset);
      expectSame(read, wanted);
      tally.count(wanted.length > 1 ? 'some' : 'one');
    });
    tally.expect(5, 'some', 'one');
  });
});
