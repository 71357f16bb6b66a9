/** Flows of the tests, on two targets: one whose tasks end when their routine does, and one that waits for `finish`. */
import {
  type DagCascadeOptions,
  dagCascade,
  type NodeConfiguration,
} from '../../../src/harness/dag-cascade/twin/index.ts';

export const targets = [
  { target: 'here', connection_string: 'host=here' },
  { target: 'far', connection_string: 'host=far', asynchronous_finish: true },
];

/** `extract < load` depends on load; `extract <? load` goes on if that fails. */
export function nodes(...lines: readonly string[]): NodeConfiguration[] {
  return lines.map((line) => {
    const [node = '', ...parents] = line.split(/ (?=<)/);
    return {
      node,
      target: 'here',
      dependencies: parents.map((each) => ({
        parent: each.replace(/^<\?? /, ''),
        continue_on_failure: each.startsWith('<?'),
      })),
    };
  });
}

/** One flow `f` of these nodes, whose routines do nothing where the test does not say what they do. */
export async function flowOf(list: readonly NodeConfiguration[], options: DagCascadeOptions = {}) {
  const { routines = {}, ...others } = options;
  const names = list.flatMap(({ node, routine, node_routine, step_routine }) =>
    [node_routine, step_routine, routine, node].filter((name) => name != null),
  );
  const nothing = Object.fromEntries(names.map((name) => [name, () => {}]));
  const dag = dagCascade({
    configuration: { targets },
    ...others,
    routines: { ...nothing, ...routines },
  });
  await dag.configureFlow('f', { nodes: list });
  return dag;
}
