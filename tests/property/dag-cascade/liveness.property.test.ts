/** If all tasks end, so does every flow without a cycle whose nodes have targets. */
import { describe, expect, it } from 'vitest';
import { configureFlow, createFlow, doWork, node, nodeTask, play, start } from '../../support/dag-cascade.ts';
import { arbitraryPlan, type Ended, runToEnd } from '../../support/dag-cascade-runs.ts';
import { Tally } from '../../support/event-store.ts';
import { expectSame, forAll } from '../../support/for-all.ts';

/** Whether a parent has failed and starts nothing any more, or was not reached itself for that reason. */
function isBelowFailure({ state, run }: Ended, name: string): boolean {
  const terminates = state.configurations.get(run.flow)!.nodes;
  return run.dependencies
    .filter(({ child }) => child === name)
    .some(({ parent }) => {
      const task = nodeTask(state, run.flow_id, parent);
      return task
        ? task.failed === true && terminates.get(parent) === true
        : isBelowFailure({ state, run } as Ended, parent);
    });
}

describe('a flow without a cycle, whose nodes have targets and whose tasks all end,', () => {
  it('is over, and each node is FINISHED, FAILED or DOA, or is below a failure that terminates', () => {
    const tally = new Tally();
    forAll(arbitraryPlan, 400, (plan) => {
      const ended = runToEnd(plan);
      const { state, run } = ended;
      expectSame(run.processed !== null, true, 'the flow is over');
      for (const { node: name } of plan.nodes) {
        const task = nodeTask(state, run.flow_id, name!);
        if (!task) {
          expectSame(isBelowFailure(ended, name!), true, `${name} was not reached`);
          tally.count('not reached');
          continue;
        }
        expectSame(task.processed !== null, true, `${name} is done`);
        expect(['FINISHED', 'FAILED', 'DOA']).toContain(task.finish_status);
        tally.count(task.finish_status!);
      }
    });
    tally.expect(50, 'FINISHED', 'FAILED', 'DOA', 'not reached');
  });

  it('is over with every node finished where nothing fails', () => {
    forAll(arbitraryPlan, 200, (plan) => {
      const { state, run } = runToEnd({ ...plan, fates: [false] });
      const statuses = plan.nodes.map(({ node: name }) => nodeTask(state, run.flow_id, name!)?.finish_status);
      expectSame(
        statuses,
        plan.nodes.map(() => 'FINISHED'),
      );
      expectSame(
        [run.count_nodes, run.count_finished_nodes, run.count_failed_nodes],
        [plan.nodes.length, plan.nodes.length, 0],
      );
    });
  });

  it('takes no more rounds than three for each node and its steps, and as many as its pools ask for', () => {
    forAll(arbitraryPlan, 200, (plan) => {
      const { state, rounds } = runToEnd(plan);
      expectSame(rounds <= 3 * state.tasks.size + 1, true, `${rounds} rounds for ${state.tasks.size} tasks`);
    });
  });
});

it('a flow never ends where a task does not, or where its pool has no room', () => {
  const { state } = play([...start, configureFlow(node('a')), createFlow, doWork, doWork]);
  expect(state.flows.get(1)!.processed).toBeNull();
  const noRoom = {
    ...{ type: 'configure' as const },
    _configuration: { targets: [{ target: 't', connection_string: '', max_concurrency: 0 }] },
  };
  const crowded = play([noRoom, start[1]!, configureFlow(node('a')), createFlow, doWork, doWork]);
  expect([...crowded.state.busy.keys()]).toEqual([]);
  expect(crowded.state.flows.get(1)!.processed).toBeNull();
});
