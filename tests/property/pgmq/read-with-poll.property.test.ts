/** `read_with_poll`: how it waits in virtual time, when it looks, and when it gives up. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sleep } from '../../../src/model/kernel/instant.ts';
import { expectSame, forAll } from '../../support/for-all.ts';
import { create, play, send } from '../../support/pgmq.ts';
import { refusalOf, rowsOf, startedAt, wait } from '../../support/play.ts';

const poll = (queue_name: string | null, max_poll_seconds: number, poll_interval_ms: number) =>
  ({ type: 'pgmq.read_with_poll', queue_name, vt: 30, qty: 10, max_poll_seconds, poll_interval_ms }) as const;

/** The instants at which a poll would look, in order, and the one at which it gives up. */
function looksOf(start: number, max_poll_seconds: number, poll_interval_ms: number) {
  const looks: number[] = [];
  let now = start;
  for (; now < start + max_poll_seconds * 1000; now = sleep(now, poll_interval_ms / 1000)) looks.push(now);
  return { looks, end: now };
}

const polls = fc.record({
  /** When the message becomes visible, in seconds, and when the poll begins, in milliseconds. */
  delay: fc.nat({ max: 8 }),
  begins: fc.nat({ max: 4000 }),
  max_poll_seconds: fc.integer({ min: -1, max: 5 }),
  poll_interval_ms: fc.oneof(
    fc.constantFrom(100, 250, 300, 999, 1000, 7000),
    fc.integer({ min: 1, max: 2000 }),
  ),
});

describe('a poll', () => {
  it('ends with the first look at which there is a visible message, or with the first after its time is over', () => {
    let found = 0;
    forAll(polls, 300, ({ delay, begins, max_poll_seconds, poll_interval_ms }) => {
      const { steps } = play([
        create('q'),
        send('q', {}, delay),
        wait(begins),
        poll('q', max_poll_seconds, poll_interval_ms),
      ]);
      const { now, finishedAt, result } = steps.at(-1)!;
      const { looks, end } = looksOf(now, max_poll_seconds, poll_interval_ms);
      const sight = looks.find((look) => look >= startedAt + delay * 1000);
      expectSame(finishedAt, sight ?? end);
      expectSame(
        rowsOf(result).map(({ vt, last_read_at, read_ct }) => [vt, last_read_at, read_ct]),
        sight === undefined ? [] : [[sight + 30_000, sight, 1]],
      );
      if (sight !== undefined && sight > now) found++;
    });
    expect(found).toBeGreaterThan(0);
  });

  it('takes no time at all where there is something to read', () => {
    const { steps } = play([create('q'), send('q'), poll('q', 5, 100)]);
    expect(steps[2]!.finishedAt).toBe(startedAt);
  });

  it('does not look even once where it has no seconds to poll', () => {
    for (const max_poll_seconds of [0, -1]) {
      const { steps } = play([create('q'), send('q'), poll('q', max_poll_seconds, 100)]);
      expect(rowsOf(steps[2]!.result)).toEqual([]);
      expect(steps[2]!.finishedAt).toBe(startedAt);
    }
  });

  it('finds out that there is no such queue only where it looks', () => {
    const { results } = play([
      poll('none', 1, 100),
      poll('none', 0, 100),
      poll(null, 1, 100),
      poll(null, 0, 100),
    ]);
    expect(results.map(refusalOf)).toEqual([['42P01'], undefined, ['22004'], undefined]);
  });

  it('finds out that a name is no name at once', () => {
    const { results } = play([poll("it's", 0, 100)]);
    expect(refusalOf(results[0])).toEqual(['P0001']);
  });

  it('sleeps on over the end of its time, by as much as an interval', () => {
    const { steps } = play([create('q'), poll('q', 1, 7000)]);
    expect(steps[1]!.finishedAt).toBe(startedAt + 7000);
  });

  it('looks every 100 ms for 5 seconds where it is not told otherwise', () => {
    const { steps } = play([create('q'), { type: 'pgmq.read_with_poll', queue_name: 'q', vt: 1, qty: 1 }]);
    expect(steps[1]!.finishedAt).toBe(looksOf(startedAt, 5, 100).end);
  });
});
