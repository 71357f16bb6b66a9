/** The queues themselves: their names, their tables, and what `metrics` says about them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectSame, forAll } from '../../support/for-all.ts';
import { create, messagesOf, play, read, scripts, send, tablesOf } from '../../support/pgmq.ts';
import { refusalOf, rowsOf, startedAt, wait } from '../../support/play.ts';

const drop = (queue_name: string) => ({ type: 'pgmq.drop_queue', queue_name }) as const;
const metrics = (queue_name: string) => ({ type: 'pgmq.metrics', queue_name }) as const;
const listQueues = { type: 'pgmq.list_queues' } as const;

describe('two queues whose names differ in case alone', () => {
  it('are listed as two and share their messages and ids', () => {
    const { results } = play([
      create('q'),
      create('Q'),
      send('q', 1),
      send('Q', 2),
      read('q', 30, 1),
      read('Q'),
      listQueues,
    ]);
    expect(rowsOf(results[3])).toEqual([{ send: 2 }]);
    expect(rowsOf(results[4])).toMatchObject([{ msg_id: 1, message: 1 }]);
    expect(rowsOf(results[5])).toMatchObject([{ msg_id: 2, message: 2 }]);
    expect(new Set(rowsOf(results[6]).map(({ queue_name }) => queue_name))).toEqual(new Set(['q', 'Q']));
  });

  it('lose their tables together, and only the one that was dropped leaves the list', () => {
    const { results } = play([
      create('q'),
      create('Q'),
      send('q'),
      drop('Q'),
      listQueues,
      read('q'),
      drop('q'),
    ]);
    expect(rowsOf(results[3])).toEqual([{ drop_queue: true }]);
    expect(rowsOf(results[4])).toMatchObject([{ queue_name: 'q' }]);
    expect(refusalOf(results[5])).toEqual(['42P01']);
    // What is listed cannot be dropped any more: there are no tables.
    expect(rowsOf(results[6])).toEqual([{ drop_queue: false }]);
  });

  it('may differ beyond ASCII: É and é are one pair of tables, and so are İ and i', () => {
    const { results, state } = play([
      create('É'),
      create('é'),
      send('É', 1),
      read('é'),
      create('İ'),
      read('i'),
    ]);
    expect(rowsOf(results[3])).toMatchObject([{ msg_id: 1, message: 1 }]);
    expect(rowsOf(results[5])).toEqual([]);
    expect([...state.queues].map(([name]) => name).sort()).toEqual(['i', 'é']);
  });
});

describe('a queue', () => {
  it('that is made again keeps its messages, and one that is dropped begins anew', () => {
    const { results } = play([
      create('q'),
      send('q'),
      create('q'),
      send('q'),
      drop('q'),
      create('q'),
      send('q'),
    ]);
    expect(rowsOf(results[3])).toEqual([{ send: 2 }]);
    expect(rowsOf(results[6])).toEqual([{ send: 1 }]);
  });

  it('has at most 47 characters in its name, and none that would need quoting in a statement', () => {
    const good = 'n'.repeat(47);
    const { results } = play([
      create(good),
      create(`${good}n`),
      create("it's"),
      create('a;b'),
      create('a--b'),
    ]);
    expect(results.map((result) => refusalOf(result)?.[0])).toEqual([
      undefined,
      'P0001',
      'P0001',
      'P0001',
      'P0001',
    ]);
  });
});

describe('metrics', () => {
  it('count the messages, those that are visible, and the ids ever drawn', () => {
    forAll(scripts, 150, (script) => {
      for (const { before, command, now, result } of play(script).steps) {
        if (command.type !== 'pgmq.metrics' || !result.ok) continue;
        const messages = messagesOf(before, tablesOf(command.queue_name!));
        const [row] = result.rows;
        expectSame(row!.queue_length, messages.length);
        expectSame(row!.queue_visible_length, messages.filter(({ vt }) => vt <= now).length);
        expectSame(row!.total_messages, before.queues.get(tablesOf(command.queue_name!))!.last_msg_id);
        expectSame(row!.scrape_time, now);
        expectSame(row!.oldest_msg_age_sec === null, messages.length === 0);
      }
    });
  });

  it('round ages to whole seconds, half a second up', () => {
    forAll(fc.tuple(fc.nat({ max: 5000 }), fc.nat({ max: 5000 })), 200, ([older, younger]) => {
      const { results } = play([create('q'), send('q'), wait(older), send('q'), wait(younger), metrics('q')]);
      const seconds = (ms: number) => (ms - (ms % 1000)) / 1000 + (ms % 1000 >= 500 ? 1 : 0);
      expectSame(
        rowsOf(results[3]).map((row) => [row.oldest_msg_age_sec, row.newest_msg_age_sec]),
        [[seconds(older + younger), seconds(younger)]],
      );
    });
    const { results } = play([create('q'), send('q'), wait(499), metrics('q'), wait(1), metrics('q')]);
    expect(results.slice(2).map((result) => rowsOf(result)[0]!.oldest_msg_age_sec)).toEqual([0, 1]);
  });

  it('go by the name that was asked for, and by the messages of the tables behind it', () => {
    const { results } = play([create('q'), create('Q'), send('q'), metrics('Q')]);
    expect(rowsOf(results[3])).toEqual([
      {
        queue_name: 'Q',
        queue_length: 1,
        newest_msg_age_sec: 0,
        oldest_msg_age_sec: 0,
        total_messages: 1,
        scrape_time: startedAt,
        queue_visible_length: 1,
      },
    ]);
  });
});
