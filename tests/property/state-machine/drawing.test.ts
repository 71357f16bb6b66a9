/** What a page shows of executors. */
import { describe, expect, test } from 'vitest';
import { fornextUnderTest } from '../../../src/harness/state-machine/fornext/release.ts';
import type { FornextCommand } from '../../../src/model/state-machine/fornext/commands.ts';

const { machine, project } = fornextUnderTest;
const drawing = fornextUnderTest.drawing!;
const task = (name: string) => ({
  StartAt: name,
  States: { [name]: { Type: 'Task', Resource: 'work', End: true } },
});
const definition = {
  StartAt: 'P',
  States: { P: { Type: 'Parallel', Branches: [task('A'), task('B')], End: true } },
};

function after(...commands: FornextCommand[]) {
  let state = machine.initialState;
  for (const command of commands)
    state = machine.transition(state, command, { now: 1_893_456_000_000, uuid: '' }).state;
  const observation = project(state);
  const [run] = drawing.runs(observation);
  const nodes = [...run!.nodes].map(([name, { status, note }]) => [name, `${status} ${note}`.trim()]);
  return { status: run!.status, ...Object.fromEntries(nodes), graph: drawing.graphs(observation)[0]! };
}

const deliver = (times: number): FornextCommand[] =>
  Array.from({ length: times }, () => ({ type: 'deliver', executor: 1 }));
const begun: FornextCommand[] = [
  { type: 'create_machine', machine: 'm', definition },
  { type: 'run', machine: 'm', input: 1 },
];
const end = (logical: number, msg_id: number): FornextCommand => ({
  ...{ type: 'complete_task', executor: 1, output: msg_id, msg_id },
  task_id: `/tenant/namespace/t/${logical}70dbd880`,
});

describe('an executor', () => {
  test('has a graph of all states, in which nested ones hang on what they are nested in', () => {
    const { graph } = after(...begun);
    expect(graph.nodes.map(({ id }: { id: string }) => id)).toEqual(['P', 'A', 'B']);
    expect(graph.edges).toEqual([
      { from: 'P', to: 'A' },
      { from: 'P', to: 'B' },
    ]);
  });

  test('has states that are started while anybody works on them, and completed then', () => {
    expect(after(...begun, ...deliver(3))).toMatchObject({ status: 'started', P: 'started 0 of 2' });
    const both = [...begun, ...deliver(14)];
    expect(after(...both)).toMatchObject({ P: 'started 0 of 2', A: 'started', B: 'started' });
    expect(after(...both, end(4, 1), ...deliver(12))).toMatchObject({
      ...{ P: 'started 1 of 2', A: 'completed', B: 'started' },
    });
    expect(after(...both, end(4, 1), end(5, 2), ...deliver(30))).toMatchObject({
      ...{ status: 'completed', P: 'completed 2 of 2', A: 'completed', B: 'completed' },
    });
  });
});
