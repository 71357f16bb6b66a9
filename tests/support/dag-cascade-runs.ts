/** Random flows without cycles, each with a run whose tasks all end, one way or the other. */
import fc from 'fast-check';
import type { NodeJson } from '../../src/model/dag-cascade/commands.ts';
import type { DagCascadeState, FlowRun } from '../../src/model/dag-cascade/state.ts';
import { createFlow, doWork, ends, finish, newStage, type Step, start } from './dag-cascade.ts';

export interface Plan {
  readonly nodes: readonly NodeJson[];
  readonly only: readonly string[] | null;
  /** How the tasks end, one after the other, and from the first again: true where they fail. */
  readonly fates: readonly boolean[];
  /** Steps that are pushed to a node while its own task runs, by node. */
  readonly pushed: Readonly<Record<string, readonly number[]>>;
}

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const often = <T>(usual: T, other: T, times = 4) =>
  fc.nat(times).map((n) => (n === 0 ? other : usual)) as fc.Arbitrary<T>;

/** Nodes that depend on those before them. */
export const arbitraryNodes: fc.Arbitrary<NodeJson[]> = fc
  .array(
    fc.record({
      target: fc.constantFrom('t', 't', 'u'),
      empty: often(false, true, 9),
      synchronous: often(false, true),
      all_steps_must_complete: often(true, false, 2),
      steps: fc.uniqueArray(fc.nat(4), { maxLength: 3 }),
      edges: fc.array(fc.constantFrom('none', 'none', 'hard', 'soft'), {
        minLength: names.length,
        maxLength: names.length,
      }),
    }),
    { minLength: 1, maxLength: names.length },
  )
  .map((drawn) =>
    drawn.map(({ edges, ...rest }, i) => ({
      node: names[i]!,
      ...rest,
      dependencies: edges
        .slice(0, i)
        .flatMap((kind, parent) =>
          kind === 'none' ? [] : [{ parent: names[parent]!, continue_on_failure: kind === 'soft' }],
        ),
    })),
  );

export const arbitraryPlan: fc.Arbitrary<Plan> = fc.record({
  nodes: arbitraryNodes,
  only: fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.subarray(names) }),
  fates: fc.array(
    fc.nat(2).map((n) => n === 0),
    { minLength: 1, maxLength: 12 },
  ),
  pushed: fc.dictionary(fc.constantFrom(...names), fc.uniqueArray(fc.nat(4), { maxLength: 3 }), {
    maxKeys: 3,
  }),
});

export interface Ended {
  readonly steps: readonly Step[];
  readonly state: DagCascadeState;
  readonly run: FlowRun;
  readonly rounds: number;
}

/** Rounds of the orchestrator. In each of them all that runs in the background ends, and what waits for it is finished. */
export function runToEnd({ nodes, only, fates, pushed }: Plan, mostRounds = 200): Ended {
  const stage = newStage();
  for (const command of start) stage.execute(command);
  stage.execute({ type: 'configure_flow', _flow_name: 'f', _configuration: { nodes: [...nodes] } });
  stage.execute({ ...createFlow, ...(only && { _only_these_nodes: [...only] }) } as typeof createFlow);
  let ended = 0;
  const fails = () => fates[ended++ % fates.length]!;
  let rounds = 0;
  for (; rounds < mostRounds && stage.state.openFlows.size > 0; rounds++) {
    stage.now++;
    stage.execute(doWork);
    for (const id of [...stage.state.busy.keys()].map(Number)) {
      const data = stage.state.tasks.get(id)!.task_data;
      if ('node' in data && JSON.stringify(data.step_arguments) === '{}' && pushed[data.node]) {
        const { flow_id: _flow_id, node: _node } = data;
        stage.execute({ type: 'push_steps', _flow_id, _node, _arguments: [...pushed[data.node]!] });
      }
      stage.execute(ends(id, fails() ? `boom ${id}` : null));
    }
    for (const { task_id } of stage.state.tasks.values()) {
      const { processed, yielded, source } = stage.state.tasks.get(task_id)!;
      const waits = processed === null && yielded !== null && source !== 'step processing';
      if (waits) stage.execute(finish(task_id, fails()));
    }
  }
  return { steps: stage.steps, state: stage.state, run: stage.state.flows.get(1)!, rounds };
}
