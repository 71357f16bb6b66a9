/** A refused command changes nothing, as in SQL: but for the sequences, which never roll back. */
import { describe, expect, it } from 'vitest';
import { unknownRunId } from '../../../src/harness/pgflow/shared/run-ids.ts';
import { pgflow0120 } from '../../../src/model/pgflow/0.1.20/machine.ts';
import { expectSame } from '../../support/for-all.ts';
import {
  addStep,
  complete,
  createFlow,
  play,
  runOf,
  startFlow,
  tablesOf,
  withoutSequences,
} from '../../support/pgflow.ts';
import { refusalOf, rowsOf } from '../../support/play.ts';
import { alongTraces } from '../../support/traces.ts';

describe('a refused command', () => {
  it('leaves every row of every table as it was', () => {
    const states = new Set<string>();
    alongTraces((steps) => {
      for (const { command, before, after, result } of steps) {
        if (result.ok) continue;
        states.add(result.refusal.sqlstate);
        const [was, is] = [tablesOf(before), tablesOf(after)];
        expectSame(withoutSequences(is), withoutSequences(was), command.type);
        const drawsAnId = command.type === 'pgmq.send' && command.delay === null;
        if (!drawsAnId) expectSame(is, was, command.type);
      }
    });
    expect(states.size).toBeGreaterThan(3);
  });

  it('is refused for the same reason when it is tried again at once', () => {
    alongTraces((steps) => {
      for (const { command, after, result, now } of steps) {
        if (result.ok) continue;
        const again = pgflow0120.transition(after, command, { now, uuid: unknownRunId });
        expectSame(again.result, result, command.type);
      }
    });
  });
});

describe('what a refused command leaves behind all the same', () => {
  it('is the message id that a send without a delay has drawn', () => {
    const send = (delay: number | null) => ({ type: 'pgmq.send', queue_name: 'f', msg: {}, delay }) as const;
    const { results } = play([createFlow('f'), send(0), send(null), send(0)]);
    expect(rowsOf(results[1])).toEqual([{ send: 1 }]);
    expect(refusalOf(results[2])).toEqual(['23502', 'vt']);
    expect(rowsOf(results[3])).toEqual([{ send: 3 }]);
  });

  it('is nothing of a complete_task that fails in the middle, however much it had done', () => {
    const { steps, results, state } = play([
      createFlow('f'),
      addStep('f', 'a'),
      addStep('f', 'b', ['a']),
      startFlow('f'),
      { type: 'pgmq.drop_queue', queue_name: 'f' },
      complete(1, 'a', 'done'),
    ]);
    expect(refusalOf(results.at(-1))).toEqual(['42P01']);
    expect(runOf(state, 1)).toMatchObject({ remaining_steps: 2, step_tasks: [{ status: 'queued' }] });
    expectSame(tablesOf(state), tablesOf(steps.at(-1)!.before));
  });
});
