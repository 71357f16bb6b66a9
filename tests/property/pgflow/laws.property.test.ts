/** What holds along every trace: the machine's own invariants, and that a transition is a function. */
import { describe, it } from 'vitest';
import { unknownRunId } from '../../../src/harness/pgflow/run-ids.ts';
import { pgflow0120 } from '../../../src/model/pgflow/0.1.20/machine.ts';
import { expectSame } from '../../support/for-all.ts';
import { tablesOf } from '../../support/pgflow.ts';
import { alongTraces } from '../../support/traces.ts';

describe('in every state that a trace reaches', () => {
  for (const { title, violation } of pgflow0120.invariants) {
    it(title, () => {
      alongTraces((steps) => {
        for (const { after } of steps) expectSame(violation(after), undefined, title);
      });
    });
  }
});

describe('a transition', () => {
  it('gives the same outcome for the same state, command and circumstances', () => {
    alongTraces((steps) => {
      for (const { before, command, now, uuid, after, result, finishedAt, reached } of steps) {
        const again = pgflow0120.transition(before, command, { now, uuid });
        expectSame(
          [result, finishedAt, reached, tablesOf(after)],
          [again.result, again.finishedAt, again.reached, tablesOf(again.state)],
        );
      }
    });
  });

  it('leaves the state it was given as it was, whatever comes after it', () => {
    alongTraces((steps) => {
      let state = pgflow0120.initialState;
      // Played anew, so that each state is looked at before anything can have been done to it.
      const kept = steps.map(({ command, now, uuid }) => {
        state = pgflow0120.transition(state, command, { now, uuid }).state;
        return { state, tables: tablesOf(state) };
      });
      // Then a second life from each of them: two drafts of one state must not see each other.
      for (const [i, { command, now }] of steps.slice(1).entries()) {
        pgflow0120.transition(kept[i]!.state, command, { now: now + 60_000, uuid: unknownRunId });
      }
      for (const { state, tables } of kept) expectSame(tablesOf(state), tables);
    });
  });

  it('never ends before it began, and takes time only where it polls', () => {
    alongTraces((steps) => {
      for (const { command, now, finishedAt } of steps) {
        const polls = command.type === 'poll_for_tasks' || command.type === 'read_with_poll';
        expectSame(polls ? finishedAt >= now : finishedAt === now, true, command.type);
      }
    });
  });
});
