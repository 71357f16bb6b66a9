/** What holds of any flow whose routines end. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DagCascade } from '../../../src/harness/dag-cascade/twin/index.ts';
import { dagCascadeCommand } from '../../../src/model/dag-cascade/commands.ts';
import { dagCascade as machine } from '../../../src/model/dag-cascade/machine.ts';
import { arbitraryRuns, type Drawn, nameOf, play, room } from './random-runs.ts';

it('ends, and calls nothing before its parents are over', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryRuns, async ([list, cancelAt]) => {
      const dag = await play(list, cancelAt);
      expect(dag.tasks.filter(({ processed }) => processed === null)).toEqual([]);
      expectParentsFirst(dag, list);
      expectRoom(dag);
      expectTold(dag);
      expectReplayed(dag);
    }),
    { numRuns: 60 },
  );
});

function expectParentsFirst(dag: DagCascade, list: readonly Drawn[]) {
  for (const { node, flow_id, at, step_arguments } of dag.calls) {
    const i = Number(node.slice(1));
    for (const [parent, kind] of list[i]!.parents.slice(0, i).entries()) {
      if (kind === 'none') continue;
      // Steps may be pushed before their node is reached, by nobody here.
      const { task } = dag.flow(flow_id).node(nameOf(parent));
      expect(task?.processed, `${node} ${JSON.stringify(step_arguments)}`).not.toBe(null);
      expect(task!.processed!.getTime()).toBeLessThanOrEqual(at.getTime());
      if (kind === 'hard') expect(task!.failed).toBe(false);
    }
  }
}

function expectRoom(dag: DagCascade) {
  const targets = new Map(dag.tasks.map(({ task_id, target }) => [task_id, target]));
  for (const target of ['here', 'far']) {
    const calls = dag.calls.filter(({ task_id }) => targets.get(task_id) === target);
    for (const { at } of calls) {
      const beside = calls.filter((call) => call.at <= at && call.endedAt! > at);
      expect(beside.length).toBeLessThanOrEqual(room);
    }
  }
}

const told: Readonly<Record<string, string>> = {
  FINISHED: 'finished',
  FAILED: 'failed',
  CANCELED: 'canceled',
  DOA: 'dead on arrival',
};

function expectTold(dag: DagCascade) {
  const last = new Map(dag.timeline.map((line) => [line.task_id, line.what]));
  expect(dag.tasks.map(({ task_id }) => last.get(task_id))).toEqual(
    dag.tasks.map(({ status }) => told[status]),
  );
  const flows = dag.timeline.filter(({ what }) => what === 'flow done');
  expect(flows.map(({ flow_id }) => flow_id).sort()).toEqual([1, 2]);
}

function expectReplayed({ trace, tasks }: DagCascade) {
  let state = machine.initialState;
  for (const { at, command } of trace.commands) {
    const now = Date.parse(trace.startedAt) + at;
    state = machine.transition(state, dagCascadeCommand.parse(command), { now, uuid: '' }).state;
  }
  const replayed = state.tasks.values().filter(({ task_data }) => 'flow_id' in task_data);
  expect(replayed.map(({ task_id, processed }) => [task_id, processed])).toEqual(
    tasks.map(({ task_id, processed }) => [task_id, processed?.getTime() ?? null]),
  );
}
