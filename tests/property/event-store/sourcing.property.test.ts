/** Event sourcing: streams that only grow, one event behind the other, until one of them is final. */
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { eventId } from '../../../src/harness/event-store/arbitrary/scene.ts';
import { readUuid } from '../../../src/model/event-store/ids.ts';
import {
  append,
  byStream,
  contentsOf,
  type Executed,
  grouped,
  kind,
  newStage,
  type Release,
  releases,
  statementsOf,
  Tally,
} from '../../support/event-store.ts';
import { expectSame, forAll } from '../../support/for-all.ts';
import { refusalOf, rowsOf } from '../../support/play.ts';
import { alongTracesOf } from '../../support/traces.ts';

/** What an event that is put into the store says, whichever command it comes with. */
function proposedBy({
  command,
}: Executed): { decider_id: string | null; decider: string | null } | undefined {
  if (command.type === 'insert_event') return command;
  if (command.type !== 'append_event') return undefined;
  return { decider_id: command.v_decider_id, decider: command.v_decider };
}

const truncates = ({ command }: Executed) => command.type === 'truncate_events';
/** Refused before there was a row: a parameter that cannot be read, or a statement that cannot be. */
const isUnread = ({ result }: Executed) => !result.ok && /^(22|0A)/.test(result.refusal.sqlstate);

describe.each(releases)('an event store whose deciders have ids of type %s', (idType, release) => {
  const alongTraces = alongTracesOf(release);
  const alongStatements = (law: (statement: Executed) => void) =>
    alongTraces((steps) => {
      for (const step of steps) for (const statement of statementsOf(release, step)) law(statement);
    });
  const canonical = (id: string | null) => (id === null ? undefined : idType === 'uuid' ? readUuid(id) : id);

  it('keeps the events of a decider under an id as one chain with one root, whatever is tried', () => {
    const tally = new Tally();
    alongTraces((steps) => {
      for (const events of grouped(contentsOf(steps.at(-1)!.after).events, byStream).values()) {
        const expected = [null, ...events.slice(0, -1).map(({ event_id }) => event_id)];
        expectSame(
          events.map(({ previous_id }) => previous_id),
          expected,
        );
        if (events.length > 2) tally.count('a chain of three');
      }
      for (const { result } of steps) {
        if (!result.ok && result.refusal.message !== undefined) tally.count(result.refusal.message);
      }
    });
    tally.expect(3, 'a chain of three');
    tally.expect(3, 'previous_id can only be null for the first decider event');
    tally.expect(3, 'previous_id must be in the same decider');
  });

  it('takes nothing more into a stream whose last event is final', () => {
    const tally = new Tally();
    alongStatements((statement) => {
      const proposed = proposedBy(statement);
      if (!proposed || isUnread(statement)) return;
      const { events } = contentsOf(statement.before);
      const decider_id = canonical(proposed.decider_id);
      const isOfStream = (event: (typeof events)[number]) =>
        event.decider_id === decider_id && event.decider === proposed.decider;
      if (!events.some((event) => isOfStream(event) && event.final)) {
        if (events.some((event) => event.decider_id === decider_id && event.final && statement.result.ok))
          tally.count('another decider goes on');
        return;
      }
      const { result } = statement;
      expectSame(!result.ok && result.refusal.message?.includes('already final'), true);
      tally.count('refused');
    });
    tally.expect(10, 'refused', 'another decider goes on');
  });

  it('gives each event the next offset, of which a refused one has used up its own', () => {
    const tally = new Tally();
    alongStatements((statement) => {
      const [{ events, drawn }, after] = [contentsOf(statement.before), contentsOf(statement.after)];
      if (!proposedBy(statement) || isUnread(statement)) {
        expectSame(after.drawn, drawn);
        return;
      }
      expectSame(after.drawn, drawn + 1);
      expectSame(
        events.every(({ offset }) => offset <= drawn),
        true,
      );
      if (statement.result.ok) expectSame(statement.result.rows[0]!.offset, drawn + 1);
      tally.count(statement.result.ok ? 'appended' : 'used up');
    });
    tally.expect(100, 'appended', 'used up');
  });

  it('changes no event and forgets none, unless all are truncated, for which no rule is made', () => {
    const tally = new Tally();
    alongStatements((statement) => {
      const [before, after] = [contentsOf(statement.before), contentsOf(statement.after)];
      if (truncates(statement)) {
        expectSame(after, { ...before, events: [] });
        if (before.events.length > 0) tally.count('truncated');
        return;
      }
      expectSame(after.events.slice(0, before.events.length), before.events);
      const kinds = new Set(after.deciders.map((each) => JSON.stringify(each)));
      expectSame(
        before.deciders.every((each) => kinds.has(JSON.stringify(each))),
        true,
      );
      if (!/^(update|delete)_(event|decider)$/.test(statement.command.type)) return;
      expectSame(after, before);
      if (statement.result.ok) expectSame(statement.result.rows, []);
      tally.count(statement.command.type);
    });
    tally.expect(1, 'truncated');
    tally.expect(3, 'update_event', 'delete_event', 'update_decider', 'delete_decider');
  });

  it('gives the events of a decider by offset, and as the last event that of any decider', () => {
    const tally = new Tally();
    alongStatements(({ command, before, after, result }) => {
      if (command.type !== 'get_events' && command.type !== 'get_last_event') return;
      expectSame(after, before);
      if (!result.ok) return;
      const decider_id = canonical(command.v_decider_id);
      const partition = contentsOf(before).events.filter((event) => event.decider_id === decider_id);
      const stream = partition.filter(({ decider }) => decider === command.v_decider);
      expectSame(result.rows, command.type === 'get_events' ? stream : partition.slice(-1));
      if (result.rows.length === 0) return;
      tally.count(command.type);
      if (result.rows[0]!.decider !== command.v_decider) tally.count('of another decider');
    });
    tally.expect(5, 'get_events', 'get_last_event', 'of another decider');
  });

  it('keeps every row of every table as it was where it refuses', () => {
    const tally = new Tally();
    const rowsOfTables = ({ project }: Release, state: Executed['before']) =>
      structuredClone([...project(state)].filter(([table]) => table !== 'public.events_offset_seq'));
    alongTraces((steps) => {
      for (const { command, before, after, result } of steps) {
        if (result.ok) continue;
        expectSame(rowsOfTables(release, after), rowsOfTables(release, before), command.type);
        tally.count(command.type);
      }
    });
    tally.expect(3, 'append_event', 'insert_event', 'register_decider_event', 'register_view', 'transaction');
    tally.expect(3, 'stream_events', 'ack_event', 'update_view');
  });
});

describe('writers that do not know of each other', () => {
  interface Turn {
    readonly writer: number;
    readonly does: 'read' | 'write';
  }
  const turns: fc.Arbitrary<Turn[]> = fc.array(
    fc.record({
      writer: fc.integer({ min: 0, max: 2 }),
      does: fc.constantFrom<'read' | 'write'>('read', 'write'),
    }),
    { minLength: 5, maxLength: 30 },
  );

  it('get through where they have read the newest event, and are refused where another was faster', () => {
    const tally = new Tally();
    forAll(turns, 200, (script) => {
      const stage = newStage();
      stage.execute(kind('placed'));
      const known = new Map<number, number | null>();
      const written: number[] = [];
      let tries = 0;
      for (const { writer, does } of script) {
        if (does === 'read') {
          const { result } = stage.execute({ type: 'get_events', v_decider_id: 'a', v_decider: 'order' });
          expectSame(
            rowsOf(result).map(({ event_id }) => event_id),
            written.map(eventId),
          );
          known.set(writer, written.at(-1) ?? null);
          continue;
        }
        const n = ++tries;
        const previous = known.get(writer) ?? null;
        const { result } = stage.execute(append(n, 'a', previous));
        if (previous === (written.at(-1) ?? null)) {
          expectSame(rowsOf(result)[0]!.offset, n);
          written.push(n);
          known.set(writer, n);
          tally.count('got through');
        } else {
          const expected = previous === null ? ['P0001'] : ['23505', 'events_previous_id_key'];
          expectSame(refusalOf(result), expected);
          tally.count(previous === null ? 'too late for the first' : 'too late');
        }
      }
    });
    tally.expect(50, 'got through', 'too late', 'too late for the first');
  });
});
