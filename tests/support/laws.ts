/** What holds along every trace of a release: the machine's own invariants, and that a transition is a function. */
import { describe, it } from 'vitest';
import type { AnyCommand } from '../../src/harness/contract/command.ts';
import type { TestedRelease } from '../../src/harness/contract/engine.ts';
import { expectSame } from './for-all.ts';
import type { AlongTraces } from './traces.ts';

/** An id that nothing in a trace has. */
const otherId = 'ffffffff-ffff-4fff-bfff-ffffffffffff';

/** `polls` are the commands that may take time. */
export function testLaws<State, Command extends AnyCommand>(
  { machine, project }: TestedRelease<State, Command>,
  alongTraces: AlongTraces<State, Command>,
  polls: ReadonlySet<string>,
): void {
  const tablesOf = (state: State) => structuredClone(Object.fromEntries(project(state)));

  describe('in every state that a trace reaches', () => {
    for (const { title, violation } of machine.invariants) {
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
          const again = machine.transition(before, command, { now, uuid });
          expectSame(
            [result, finishedAt, reached, tablesOf(after)],
            [again.result, again.finishedAt, again.reached, tablesOf(again.state)],
          );
        }
      });
    });

    it('leaves the state it was given as it was, whatever comes after it', () => {
      alongTraces((steps) => {
        let state = machine.initialState;
        // Played anew, so that each state is looked at before anything can have been done to it.
        const kept = steps.map(({ command, now, uuid }) => {
          state = machine.transition(state, command, { now, uuid }).state;
          return { state, tables: tablesOf(state) };
        });
        // Then a second life from each of them: two drafts of one state must not see each other.
        for (const [i, { command, now }] of steps.slice(1).entries()) {
          machine.transition(kept[i]!.state, command, { now: now + 60_000, uuid: otherId });
        }
        for (const { state, tables } of kept) expectSame(tablesOf(state), tables);
      });
    });

    it('never ends before it began, and takes time only where it polls', () => {
      alongTraces((steps) => {
        for (const { command, now, finishedAt } of steps) {
          const mayWait = polls.has(command.type);
          expectSame(mayWait ? finishedAt >= now : finishedAt === now, true, command.type);
        }
      });
    });
  });
}
