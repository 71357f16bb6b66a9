/** The laws that every engine has, of both event stores; and what a transaction is. */
import { describe, it } from 'vitest';
import { eventStoreDecider } from '../../../src/model/event-store/decider.ts';
import { contentsOf, releases, statementsOf, Tally } from '../../support/event-store.ts';
import { expectSame } from '../../support/for-all.ts';
import { testLaws } from '../../support/laws.ts';
import { alongTracesOf } from '../../support/traces.ts';

describe.each(releases)('an event store whose deciders have ids of type %s', (idType, release) => {
  const alongTraces = alongTracesOf(release);
  const { project, machine } = release;

  testLaws(release, alongTraces, new Set());

  it('does in a transaction what the statements do one after the other at one instant, or nothing', () => {
    const tally = new Tally();
    alongTraces((steps) => {
      for (const step of steps) {
        if (step.command.type !== 'transaction') continue;
        const statements = statementsOf(release, step);
        const { after, result } = statements.at(-1)!;
        const rows = statements.flatMap((each, statement) =>
          each.result.ok ? each.result.rows.map((row) => ({ statement, row })) : [],
        );
        if (result.ok) expectSame(step.result, { ok: true, rows });
        else expectSame(step.result, result);
        const [are, would] = [project(step.after), project(result.ok ? after : step.before)];
        for (const table of ['deciders', 'views', 'locks'].map((name) => `public.${name}`)) {
          expectSame(are.get(table), would.get(table), table);
        }
        expectSame(
          are.get('public.events')!.map(({ transaction_id: _, ...row }) => row),
          would.get('public.events')!.map(({ transaction_id: _, ...row }) => row),
        );
        expectSame(step.after.last_offset, after.last_offset);
        tally.count(result.ok ? 'committed' : 'undone');
        if (!result.ok && statements.length > 1) tally.count('undone after something was done');
      }
    });
    tally.expect(20, 'committed', 'undone', 'undone after something was done');
  });

  it('is a decider: what is decided and then evolved, fact by fact, is what the transition does', () => {
    const { decide, evolve, initialState } = eventStoreDecider;
    const tally = new Tally();
    expectSame(machine.initialState, initialState);
    alongTraces((steps) => {
      for (const step of steps) {
        for (const { command, before, after, now, result } of statementsOf(release, step)) {
          const was = contentsOf(before);
          const decision = decide(command, before, {
            ...{ now, transaction: before.transactions + 1, idType, asDocumented: new Set() },
          });
          const evolved = decision.facts.reduce(evolve, before);
          expectSame([decision.result, contentsOf(evolved)], [result, contentsOf(after)]);
          expectSame(contentsOf(before), was, 'the state that was given');
          for (const { type } of decision.facts) tally.count(type);
        }
      }
    });
    tally.expect(5, 'decider_event_registered', 'offset_drawn', 'event_appended', 'lock_set');
    tally.expect(1, 'events_truncated', 'view_registered', 'view_deleted');
  });

  it('refuses again what it refused, as long as nothing else has happened', () => {
    const tally = new Tally();
    alongTraces((steps) => {
      for (const { command, after, result, now, uuid } of steps) {
        if (result.ok) continue;
        expectSame(machine.transition(after, command, { now, uuid }).result, result, command.type);
        tally.count(result.refusal.sqlstate);
      }
    });
    tally.expect(3, 'P0001', '23502', '23505', '23503', '2201W', '22021', '0A000');
  });
});
