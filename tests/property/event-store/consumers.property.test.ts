/** Consumers that acknowledge what they were given while they hold it, and nothing else; some of them crash. */
import { describe, it } from 'vitest';
import { consume, type Delivery, type Journal, turns } from '../../support/consumers.ts';
import { byPartition, grouped, Tally } from '../../support/event-store.ts';
import { expectSame, forAll } from '../../support/for-all.ts';

const samples = 150;

/** What each view was given of each partition, beside the events that there are. */
function inEach(
  { views, events, deliveries }: Journal,
  law: (given: readonly Delivery[], events: readonly Delivery['event'][]) => void,
): void {
  for (const view of views) {
    for (const [decider_id, partition] of grouped(events, byPartition)) {
      law(
        deliveries.filter((each) => each.view === view && each.event.decider_id === decider_id),
        partition,
      );
    }
  }
}

describe('consumers that keep to the rules', () => {
  it('are given each partition in order, without a gap', () => {
    const tally = new Tally();
    forAll(turns, samples, (script) => {
      inEach(consume(script), (given, events) => {
        const first = [...new Set(given.map(({ event }) => event.offset))];
        expectSame(
          first,
          events.map(({ offset }) => offset),
        );
        if (events.length > 2) tally.count('long partitions');
        if (new Set(events.map(({ decider }) => decider)).size > 1) tally.count('of several deciders');
      });
    });
    tally.expect(100, 'long partitions', 'of several deciders');
  });

  it('acknowledge each event once, in the end all of them', () => {
    forAll(turns, samples, (script) => {
      inEach(consume(script), (given, events) => {
        const acknowledged = given.filter(({ fate }) => fate === 'acknowledged');
        expectSame(
          acknowledged.map(({ event }) => event),
          events,
        );
      });
    });
  });

  it('are given an event again if and only if it was not acknowledged, once its lock has ended', () => {
    const tally = new Tally();
    forAll(turns, samples, (script) => {
      inEach(consume(script), (given) => {
        for (const [i, { event, fate, heldUntil }] of given.entries()) {
          const next = given[i + 1];
          if (next) expectSame(next.at > heldUntil, true, 'while the lock holds');
          expectSame(next?.event.offset === event.offset, fate !== 'acknowledged');
          tally.count(fate);
        }
      });
    });
    tally.expect(50, 'acknowledged', 'given back', 'put off', 'lost');
  });

  it('have read everything after as many more streams as events were left', () => {
    const tally = new Tally();
    forAll(turns, samples, (script) => {
      const { streams, left, locks } = consume(script);
      expectSame(streams, left);
      for (const { last_offset, offset } of locks) expectSame(last_offset, offset);
      tally.count('left', left);
    });
    tally.expect(100, 'left');
  });
});
