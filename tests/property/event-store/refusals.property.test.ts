/** What the store refuses, and by which words: the first thing that is wrong with a command decides. */
import { describe, expect, it } from 'vitest';
import type { EventStoreCommand } from '../../../src/model/event-store/commands.ts';
import {
  ack,
  append,
  contentsOf,
  kind,
  nack,
  nackLater,
  releases,
  stream,
  together,
  view,
} from '../../support/event-store.ts';
import { appendWith, before, faultSets, faults, refusals } from '../../support/faulty-appends.ts';
import { play, rowsOf, Stage } from '../../support/play.ts';

const uuid = '00000000-0000-4000-a000-000000000001';

describe.each(releases)('an event store whose deciders have ids of type %s', (idType, release) => {
  it('tells of an append with many faults the one that comes first', () => {
    const stage = new Stage(release);
    for (const command of before) rowsOf(stage.execute(command).result);
    const told = new Set<string>();
    for (const set of faultSets) {
      const { result } = stage.execute(appendWith(set));
      const first = faults.find((fault) => set.has(fault))!;
      expect(result, [...set].join(', ')).toEqual({ ok: false, refusal: refusals[first] });
      told.add(first);
    }
    expect(told.size).toBe(faults.length);
    // An append that cannot be read has no row, and so no offset.
    const drawn = faultSets.filter((set) => !set.has('unreadable')).length;
    expect(rowsOf(stage.execute(appendWith(new Set())).result)).toMatchObject([{ offset: 7 + drawn }]);
  });

  /** What the last of these gives. */
  const told = (...commands: EventStoreCommand[]) => play(release, commands).results.at(-1);
  const refused = (refusal: object) => ({ ok: false, refusal });
  const nothing = { ok: true, rows: [] };
  const notNull = (column: string) => refused({ sqlstate: '23502', column });
  const locked = [kind('placed'), view('mail'), append(1, uuid)] as const;

  it('gives nothing to a view that is not there, or has no name', () => {
    expect(told(stream('none'))).toEqual(nothing);
    expect(told({ type: 'stream_events', v_view_name: null })).toEqual(nothing);
  });

  it('takes no negative limit, whether there is such a view or not', () => {
    expect(told(view('mail'), stream('mail', { v_limit: -1 }))).toEqual(refused({ sqlstate: '2201W' }));
    expect(told(stream('none', { v_limit: -1 }))).toEqual(refused({ sqlstate: '2201W' }));
  });

  it('needs an offset to acknowledge and a time to put off, unless there is no such lock', () => {
    const acknowledge = { type: 'ack_event', v_view: 'mail', v_decider_id: uuid, v_offset: null } as const;
    const putOff = { ...acknowledge, type: 'schedule_nack_event', v_milliseconds: null } as const;
    const { v_offset: _, ...later } = putOff;
    expect(told(...locked, acknowledge)).toEqual(notNull('last_offset'));
    expect(told(...locked, later)).toEqual(notNull('locked_until'));
    expect(told(acknowledge)).toEqual(nothing);
    expect(told(later)).toEqual(nothing);
  });

  it('cannot put off to before there were timestamps', () => {
    expect(told(...locked, nackLater('mail', uuid, -8e15))).toEqual(refused({ sqlstate: '22008' }));
  });

  it('does nothing about a partition that no view knows', () => {
    const { steps } = play(release, [
      ...locked,
      ack('none', uuid, 1),
      nack('none', uuid),
      nackLater('none', uuid, 1),
    ]);
    for (const { before: was, after: is, result } of steps.slice(-3)) {
      expect(result).toEqual(nothing);
      expect(contentsOf(is)).toEqual(contentsOf(was));
    }
  });

  it('takes any text for the id of a decider where that is a text, and else uuids alone', () => {
    const expected = idType === 'uuid' ? refused({ sqlstate: '22P02' }) : nothing;
    for (const command of [
      { type: 'get_events', v_decider_id: 'no uuid', v_decider: 'order' },
      { type: 'get_last_event', v_decider_id: 'no uuid', v_decider: 'order' },
      ack('mail', 'no uuid', 1),
      nack('mail', 'no uuid'),
      nackLater('mail', 'no uuid', 1),
    ] as const) {
      expect(told(command), command.type).toEqual(expected);
    }
    const appended = told(kind('placed'), append(1, 'no uuid'));
    expect(appended?.ok).toBe(idType === 'text');
  });

  it('needs a name, a version and a description of every kind of event, and of each kind one', () => {
    const registered = kind('placed');
    for (const column of ['decider', 'event', 'event_version', 'description']) {
      expect(told({ ...registered, [`v_${column}`]: null } as EventStoreCommand)).toEqual(notNull(column));
    }
    expect(told(registered, registered)).toEqual(refused({ sqlstate: '23505', constraint: 'deciders_pkey' }));
  });

  it('needs a name, a start and a timeout of every view', () => {
    for (const [parameter, column] of [
      ['v_view', 'view'],
      ['v_start_at', 'start_at'],
      ['v_lock_timeout_s', 'lock_timeout_s'],
    ] as const) {
      expect(told(view('mail', { [parameter]: null }))).toEqual(notNull(column));
    }
  });

  it('undoes what came before a refusal in the same transaction, but for the offsets that it drew', () => {
    const { steps } = play(release, [
      kind('placed'),
      together(append(1, uuid), append(2, uuid, 1), append(3, uuid)),
    ]);
    const { before: was, after: is, result } = steps.at(-1)!;
    expect(result).toEqual(refused(refusals['not-first']));
    expect(contentsOf(is)).toEqual({ ...contentsOf(was), drawn: 3 });
  });
});
