/** A message's life: sent with an id of its own, hidden and visible to the millisecond, read, popped, archived. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonbContains, jsonbEqual } from '../../../src/model/kernel/jsonb.ts';
import type { Message } from '../../../src/model/pgmq/state.ts';
import { expectSame, forAll } from '../../support/for-all.ts';
import {
  archiveOf,
  create,
  lastIdOf,
  messagesOf,
  play,
  read,
  type Step,
  scripts,
  send,
  tablesOf,
} from '../../support/pgmq.ts';
import { rowsOf, startedAt, wait } from '../../support/play.ts';

/** Commands of a type that were carried out, with the queue and its archive on either side. */
function each<T extends Step['command']['type']>(
  type: T,
  law: (
    story: Pick<Step, 'now' | 'result'> & {
      readonly command: Extract<Step['command'], { readonly type: T }>;
      readonly messages: readonly [before: Message[], after: Message[]];
      readonly archive: readonly [before: Message[], after: Message[]];
    },
  ) => void,
): void {
  let seen = 0;
  forAll(scripts, 300, (script) => {
    for (const { before, after, command, now, result } of play(script).steps) {
      if (command.type !== type || !result.ok || !('queue_name' in command)) continue;
      const name = tablesOf(command.queue_name ?? '');
      law({
        command: command as Extract<Step['command'], { readonly type: T }>,
        now,
        result,
        messages: [messagesOf(before, name), messagesOf(after, name)],
        archive: [archiveOf(before, name), archiveOf(after, name)],
      });
      seen++;
    }
  });
  expect(seen).toBeGreaterThan(5);
}

/** The first visible messages by id, as a plain list has them. */
function visible(messages: readonly Message[], now: number, qty: number | null | undefined): Message[] {
  const found = messages.filter(({ vt }) => vt <= now).sort((a, b) => a.msg_id - b.msg_id);
  return found.slice(0, qty ?? found.length);
}

const without = (messages: readonly Message[], gone: readonly Message[]) =>
  messages.filter(({ msg_id }) => gone.every((other) => other.msg_id !== msg_id));

describe('a message that is sent', () => {
  it('gets an id higher than every one before, whatever has become of those', () => {
    forAll(scripts, 300, (script) => {
      for (const { before, after, command, result } of play(script).steps) {
        if (!result.ok || (command.type !== 'pgmq.send' && command.type !== 'pgmq.send_batch')) continue;
        const name = tablesOf(command.queue_name!);
        const ids = result.rows.map((row) => Object.values(row)[0] as number);
        expectSame(
          ids,
          ids.map((_, i) => lastIdOf(before, name)! + 1 + i),
        );
        expectSame(lastIdOf(after, name), ids.at(-1));
        const known = [...messagesOf(before, name), ...archiveOf(before, name)];
        expectSame(
          known.every(({ msg_id }) => msg_id < ids[0]!),
          true,
        );
      }
    });
  });

  it('with a delay is invisible one millisecond before that is over, and visible then', () => {
    const delays = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 2_000_000_000 }));
    forAll(delays, 100, (delay) => {
      const { results } = play([
        create('q'),
        send('q', 1, delay),
        wait(delay * 1000 - 1),
        read('q'),
        wait(1),
        read('q'),
      ]);
      expectSame([rowsOf(results[2]).length, rowsOf(results[3]).length], [0, 1]);
    });
  });
});

describe('a message that is read', () => {
  it('is one of the first that are visible; it is read once more and hidden from now on, and no other changes', () => {
    each('pgmq.read', ({ command, now, result, messages: [before, after] }) => {
      const { qty, vt } = command;
      // The empty object stands for no condition, although an array would not contain it.
      const asked = Object.hasOwn(command, 'conditional') && !jsonbEqual(command.conditional!, {});
      const candidates = asked
        ? before.filter(({ message }) => jsonbContains(message!, command.conditional!))
        : before;
      const taken = visible(candidates, now, qty);
      const reread = taken.map((message) => ({
        ...message,
        read_ct: message.read_ct + 1,
        last_read_at: now,
        vt: now + vt! * 1000,
      }));
      expectSame(rowsOf(result), reread);
      expectSame(
        after,
        [...without(before, taken), ...reread].sort((a, b) => a.msg_id - b.msg_id),
      );
    });
  });

  it('is invisible one millisecond before its timeout is over, and visible then', () => {
    forAll(fc.integer({ min: 1, max: 100_000 }), 100, (vt) => {
      const { results } = play([
        create('q'),
        send('q'),
        read('q', vt),
        wait(vt * 1000 - 1),
        read('q', vt),
        wait(1),
        read('q', vt),
      ]);
      const counts = results.slice(2).map((result) => rowsOf(result).map(({ read_ct }) => read_ct));
      expectSame(counts, [[1], [], [2]]);
    });
  });

  it('with no timeout, or a negative one, is visible again at once', () => {
    for (const vt of [0, -1, -3600]) {
      const { results } = play([create('q'), send('q'), read('q', vt), read('q', vt)]);
      expect(rowsOf(results[3])).toMatchObject([{ read_ct: 2, vt: startedAt + vt * 1000 }]);
    }
  });

  it('moves to the instant that set_vt gives it, and is read no more often for it', () => {
    each('pgmq.set_vt', ({ command, now, result, messages: [before, after] }) => {
      const moved = before
        .filter(({ msg_id }) => msg_id === command.msg_id)
        .map((message) => ({ ...message, vt: now + command.vt! * 1000 }));
      expectSame(rowsOf(result), moved);
      expectSame(
        after,
        [...without(before, moved), ...moved].sort((a, b) => a.msg_id - b.msg_id),
      );
    });
  });
});

describe('a message that is taken out', () => {
  it('by pop is gone, was one of the first that were visible, and counts as unread', () => {
    each('pgmq.pop', ({ command, now, result, messages: [before, after], archive }) => {
      const taken = visible(before, now, command.qty);
      expectSame(rowsOf(result), taken);
      expectSame(after, without(before, taken));
      expectSame(archive[1], archive[0]);
    });
  });

  it('by delete is gone, hidden or not, and leaves nothing in the archive', () => {
    each('pgmq.delete', ({ command, messages: [before, after], archive }) => {
      const ids = 'msg_ids' in command ? command.msg_ids! : [command.msg_id];
      expectSame(
        after,
        before.filter(({ msg_id }) => !ids.includes(msg_id)),
      );
      expectSame(archive[1], archive[0]);
    });
  });

  it('by archive is moved as it is, and is never in both', () => {
    each('pgmq.archive', ({ command, now, messages: [before, after], archive }) => {
      const ids = 'msg_ids' in command ? command.msg_ids! : [command.msg_id];
      const moved = before.filter(({ msg_id }) => ids.includes(msg_id));
      expectSame(after, without(before, moved));
      const archived = moved.map((message) => ({ ...message, archived_at: now }));
      expectSame(
        archive[1],
        [...archive[0], ...archived].sort((a, b) => a.msg_id - b.msg_id),
      );
    });
  });

  it('by delete or archive is told by true, or by its id where several are named', () => {
    const { results } = play([
      create('q'),
      send('q'),
      send('q'),
      { type: 'pgmq.delete', queue_name: 'q', msg_id: 1 },
      { type: 'pgmq.delete', queue_name: 'q', msg_id: 1 },
      { type: 'pgmq.archive', queue_name: 'q', msg_ids: [1, 2, 2] },
      { type: 'pgmq.archive', queue_name: 'q', msg_ids: [2] },
    ]);
    expect(results.slice(3).map(rowsOf)).toEqual([
      [{ delete: true }],
      [{ delete: false }],
      [{ archive: 2 }],
      [],
    ]);
  });

  it('by purge_queue leaves the archive, and the ids go on from where they were', () => {
    each('pgmq.purge_queue', ({ result, messages: [before, after], archive }) => {
      expectSame(rowsOf(result), [{ purge_queue: before.length }]);
      expectSame(after, []);
      expectSame(archive[1], archive[0]);
    });
    const purge = { type: 'pgmq.purge_queue', queue_name: 'q' } as const;
    const { results } = play([create('q'), send('q'), send('q'), purge, send('q')]);
    expect(results.slice(3).map(rowsOf)).toEqual([[{ purge_queue: 2 }], [{ send: 3 }]]);
  });
});
