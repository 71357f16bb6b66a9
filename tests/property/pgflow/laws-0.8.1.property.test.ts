/** What holds along every trace of pgflow 0.8.1: its invariants, that a transition is a function, and its broadcasts. */
import { describe, expect, it } from 'vitest';
import { generateTrace } from '../../../src/harness/campaign/generate.ts';
import { pgflow081UnderTest } from '../../../src/harness/pgflow/0.8.1/release.ts';
import { unknownRunId } from '../../../src/harness/pgflow/run-ids.ts';
import type { PgflowCommand } from '../../../src/model/pgflow/0.8.1/commands.ts';
import { pgflow081 } from '../../../src/model/pgflow/0.8.1/machine.ts';
import type { PgflowState } from '../../../src/model/pgflow/0.8.1/state.ts';
import { expectSame, seed } from '../../support/for-all.ts';
import { type Executed, follow, Stage } from '../../support/play.ts';

type Step = Executed<PgflowState, PgflowCommand>;

const traces = Array.from({ length: 100 }, (_, index) =>
  follow(pgflow081, generateTrace(pgflow081UnderTest, { seed, index, maxCommands: 60 })),
);

function alongTraces(law: (steps: readonly Step[]) => void): void {
  for (const [index, steps] of traces.entries()) {
    try {
      law(steps);
    } catch (error) {
      throw new Error(`PGTWIN_SEED=${seed}, sample ${index}`, { cause: error });
    }
  }
}

const tablesOf = (state: PgflowState) =>
  structuredClone(Object.fromEntries(pgflow081UnderTest.project(state)));

describe('in every state that a trace reaches', () => {
  for (const { title, violation } of pgflow081.invariants) {
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
        const again = pgflow081.transition(before, command, { now, uuid });
        expectSame(
          [result, finishedAt, reached, tablesOf(after)],
          [again.result, again.finishedAt, again.reached, tablesOf(again.state)],
        );
      }
    });
  });

  it('leaves the state it was given as it was, whatever comes after it', () => {
    alongTraces((steps) => {
      let state = pgflow081.initialState;
      const kept = steps.map(({ command, now, uuid }) => {
        state = pgflow081.transition(state, command, { now, uuid }).state;
        return { state, tables: tablesOf(state) };
      });
      // Then a second life from each of them: two drafts of one state must not see each other.
      for (const [i, { command, now }] of steps.slice(1).entries()) {
        pgflow081.transition(kept[i]!.state, command, { now: now + 60_000, uuid: unknownRunId });
      }
      for (const { state, tables } of kept) expectSame(tablesOf(state), tables);
    });
  });

  it('never ends before it began, and takes time only where it polls', () => {
    alongTraces((steps) => {
      for (const { command, now, finishedAt } of steps) {
        const polls = command.type === 'pgmq.read_with_poll';
        expectSame(polls ? finishedAt >= now : finishedAt === now, true, command.type);
      }
    });
  });
});

describe('what is broadcast', () => {
  it('is announced as events and written down in the same order, nothing of a refused command', () => {
    alongTraces((steps) => {
      for (const { before, command, now, uuid, result } of steps) {
        const { state, events } = pgflow081.transition(before, command, { now, uuid });
        const added = state.broadcasts
          .entries()
          .slice(before.broadcasts.size)
          .map(([, broadcast]) => broadcast);
        expectSame(added, result.ok ? events : [], command.type);
      }
    });
  });

  it('tells each run that it started before anything else, and at most once how it ended', () => {
    alongTraces((steps) => {
      const kinds = new Map<string, string[]>();
      for (const { event, topic } of steps.at(-1)!.after.broadcasts.values()) {
        kinds.set(topic, [...(kinds.get(topic) ?? []), event]);
      }
      for (const [topic, events] of kinds) {
        expectSame(events[0], 'run:started', topic);
        expectSame(events.filter((event) => event === 'run:started').length, 1, topic);
        expectSame(events.filter((event) => /^run:(failed|completed)$/.test(event)).length <= 1, true, topic);
      }
    });
  });
});

describe('a map over a thousand elements', () => {
  it('starts a task and sends a message for each, and ends when the last has ended', () => {
    const stage = new Stage(pgflow081);
    const input = Array.from({ length: 1000 }, (_, i) => i);
    stage.execute({ type: 'create_flow', flow_slug: 'f' });
    stage.execute({ type: 'add_step', flow_slug: 'f', step_slug: 'm', step_type: 'map' });
    const { uuid: run_id } = stage.execute({ type: 'start_flow', flow_slug: 'f', input });
    const msg_ids = input.map((i) => i + 1);
    const { result } = stage.execute({ type: 'start_tasks', flow_slug: 'f', msg_ids, worker_id: null });
    expect(result.ok && result.rows.map((row) => row.input)).toEqual(input);
    for (const task_index of input) {
      expect(stage.state.runs.get(run_id)?.status).toBe('started');
      stage.execute({ type: 'complete_task', run_id, step_slug: 'm', task_index, output: task_index * 2 });
    }
    expect(stage.state.runs.get(run_id)).toMatchObject({
      status: 'completed',
      output: { m: input.map((i) => i * 2) },
    });
  });
});
