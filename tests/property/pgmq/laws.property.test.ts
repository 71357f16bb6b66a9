/** What holds along every script of queue commands: invariants, purity, and that refusals change nothing. */
import { describe, expect, it } from 'vitest';
import { pgmqMachine } from '../../../src/model/pgmq/machine.ts';
import { expectSame, forAll } from '../../support/for-all.ts';
import { contentsOf, create, play, scripts, send } from '../../support/pgmq.ts';
import { refusalOf, rowsOf } from '../../support/play.ts';

describe('in every state of the queues', () => {
  for (const { title, violation } of pgmqMachine.invariants) {
    it(title, () => {
      forAll(scripts, 150, (script) => {
        for (const { after } of play(script).steps) expectSame(violation(after), undefined, title);
      });
    });
  }
});

describe('a command on a queue', () => {
  it('gives the same outcome for the same state and instant', () => {
    forAll(scripts, 100, (script) => {
      for (const { before, command, now, uuid, after, result, finishedAt } of play(script).steps) {
        const again = pgmqMachine.transition(before, command, { now, uuid });
        expectSame(
          [again.result, again.finishedAt, contentsOf(again.state)],
          [result, finishedAt, contentsOf(after)],
        );
      }
    });
  });

  it('leaves the state it was given as it was, whatever comes after it', () => {
    forAll(scripts, 100, (script) => {
      let state = pgmqMachine.initialState;
      const { steps } = play(script);
      const kept = steps.map(({ command, now, uuid }) => {
        state = pgmqMachine.transition(state, command, { now, uuid }).state;
        return { state, contents: contentsOf(state) };
      });
      for (const [i, { command, now, uuid }] of steps.slice(1).entries()) {
        pgmqMachine.transition(kept[i]!.state, command, { now: now + 60_000, uuid });
      }
      for (const { state, contents } of kept) expectSame(contentsOf(state), contents);
    });
  });

  it('changes nothing where it is refused, but for the ids that it drew', () => {
    const withoutIds = (state: Parameters<typeof contentsOf>[0]) => {
      const { listed, filled } = contentsOf(state);
      return [listed, filled.map(({ last_msg_id: _, ...rest }) => rest)];
    };
    let refusals = 0;
    forAll(scripts, 150, (script) => {
      for (const { before, after, command, result } of play(script).steps) {
        if (result.ok) continue;
        refusals++;
        expectSame(withoutIds(after), withoutIds(before));
        const draws = command.type === 'pgmq.send' || command.type === 'pgmq.send_batch';
        if (!draws) expectSame(contentsOf(after), contentsOf(before));
      }
    });
    expect(refusals).toBeGreaterThan(0);
  });

  it('draws one id where a batch without a delay is refused: the first row is the one found wanting', () => {
    const { results } = play([
      create('q'),
      { type: 'pgmq.send_batch', queue_name: 'q', msgs: [1, 2, 3], delay: null },
      send('q'),
    ]);
    expect(refusalOf(results[1])).toEqual(['23502', 'vt']);
    expect(rowsOf(results[2])).toEqual([{ send: 2 }]);
  });

  it('touches no queue but its own', () => {
    forAll(scripts, 100, (script) => {
      for (const { before, after, command } of play(script).steps) {
        if (!('queue_name' in command) || command.queue_name === 'r') continue;
        expectSame(after.queues.get('r'), before.queues.get('r'));
      }
    });
  });
});
