/** Laws of executors in random runs. */
import { expect, test } from 'vitest';
import { generateTrace } from '../../../src/harness/campaign/generate.ts';
import { findRelease } from '../../../src/harness/services.ts';
import { fornextUnderTest } from '../../../src/harness/state-machine/fornext/release.ts';
import type { Clock, FornextState, Message } from '../../../src/model/state-machine/fornext/state.ts';

const samples = 60;

test('executors keep their laws after every command', () => {
  const { machine } = fornextUnderTest;
  const seen = { activities: 0, ends: 0, clocks: 0 };
  for (let index = 0; index < samples; index++) {
    const trace = generateTrace(findRelease('state-machine', 'fornext'), { seed: 5, index, maxCommands: 60 });
    const startedAt = Date.parse(trace.startedAt);
    let state = machine.initialState;
    const clocks = new Map<number, Clock>();
    for (const { at, command } of trace.commands as typeof trace.commands & readonly { command: never }[]) {
      const next = machine.transition(state, command, { now: startedAt + at, uuid: '' });
      for (const { title, violation } of machine.invariants)
        expect(violation(next.state), `${title}, sample ${index}`).toBeUndefined();
      for (const executor of next.state.executors.values()) {
        const before = clocks.get(executor.executor);
        clocks.set(executor.executor, executor);
        // Surprise: after its last value the count begins anew.
        if (!before || before.logical > 2 ** 32 - 1000) continue;
        const rises = executor.wall - before.wall || executor.logical - before.logical;
        expect(rises, `the clock, sample ${index}`).toBeGreaterThanOrEqual(0);
        seen.clocks++;
      }
      parentsAreThere(next.state);
      state = next.state;
    }
    seen.activities += parentsAreThere(state);
    seen.ends += state.executors.values().filter(({ status }) => status === 'done').length;
  }
  expect(seen.activities).toBeGreaterThan(200);
  expect(seen.ends).toBeGreaterThan(30);
  expect(seen.clocks).toBeGreaterThan(1000);
});

/** Each activity within a branch or an iteration is of one that was started before it. Gives how many there are. */
function parentsAreThere({ executors }: FornextState): number {
  let count = 0;
  for (const { activities, branches, iterations } of executors.values()) {
    for (const { parent_branch_id, parent_iteration_id } of activities.values()) {
      count++;
      if (parent_branch_id !== undefined) expect(branches.has(parent_branch_id)).toBe(true);
      if (parent_iteration_id !== undefined) expect(iterations.has(parent_iteration_id)).toBe(true);
    }
  }
  return count;
}

test('the started event of a state comes before its children', () => {
  const { machine } = fornextUnderTest;
  const definition = {
    StartAt: 'P',
    States: {
      P: {
        ...{ Type: 'Parallel', End: true },
        Branches: ['A', 'B'].map((name) => ({
          StartAt: name,
          States: { [name]: { Type: 'Pass', End: true } },
        })),
      },
    },
  };
  let state = machine.initialState;
  const run = (command: Parameters<typeof machine.transition>[1]) => {
    const done = machine.transition(state, command, { now: 1_893_456_000_000, uuid: '' });
    state = done.state;
    return done.result;
  };
  run({ type: 'create_machine', machine: 'm', definition });
  run({ type: 'run', machine: 'm', input: { a: 1 } });
  const kinds: Message['kind'][] = [];
  for (;;) {
    const result = run({ type: 'deliver', executor: 1 });
    const kind = result.ok ? (result.rows[0]!.kind as Message['kind'] | null) : null;
    if (kind === null) break;
    kinds.push(kind);
  }
  expect(kinds.indexOf('StateStarted')).toBeLessThan(kinds.indexOf('StartBranch'));
  expect(kinds.filter((kind) => kind === 'BranchCompleted')).toHaveLength(2);
  expect(state.executors.get(1)).toMatchObject({ status: 'done', output: [{ a: 1 }, { a: 1 }] });
});
