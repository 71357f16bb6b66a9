/**
 * What `flow.walk_flow` finds, which follows every way from a root of a flow downwards, as it is configured now. There may be very many:
 * so these are answers to what is asked of the ways, from how far nodes are from each other, and no list of them.
 */
import type { Dependency, FlowConfiguration } from './state.ts';

/** How many edges a way has at most; with that, one on a cycle ends. */
const longest = 100;

type Distances = ReadonlyMap<string, number>;
type Edges = ReadonlyMap<string, readonly string[]>;

/** How many edges each node is from the nearest of these, along edges; only of those that can be reached. */
function distances(from: Iterable<string>, edges: Edges): Distances {
  const found = new Map<string, number>();
  let nodes = [...new Set(from)];
  for (let distance = 0; nodes.length > 0; distance++) {
    for (const node of nodes) found.set(node, distance);
    nodes = [...new Set(nodes.flatMap((node) => edges.get(node) ?? []))].filter((node) => !found.has(node));
  }
  return found;
}

/** Only to nodes that the flow still has. */
const edgesOf = ({ nodes, dependencies }: FlowConfiguration) =>
  dependencies.filter(({ child }) => nodes.has(child));

function grouped(edges: readonly Dependency[], from: 'parent' | 'child', to: 'parent' | 'child'): Edges {
  const found = new Map<string, string[]>();
  for (const edge of edges) {
    const others = found.get(edge[from]);
    if (others) others.push(edge[to]);
    else found.set(edge[from], [edge[to]]);
  }
  return found;
}

/** Of each node, how far it is from a root; a node that depends on others in a circle has none. */
function fromRoots({ nodes, dependencies }: FlowConfiguration, below: Edges): Distances {
  const children = new Set(dependencies.map(({ child }) => child));
  return distances(
    [...nodes.keys()].filter((node) => !children.has(node)),
    below,
  );
}

/** The node, and all that hang on it, be it by others; none where no way from a root leads to it. */
export function nodesBelow(configuration: FlowConfiguration, node: string): ReadonlySet<string> {
  const below = grouped(edgesOf(configuration), 'parent', 'child');
  const before = fromRoots(configuration, below).get(node) ?? Infinity;
  const reached = [...distances([node], below)].filter(([, distance]) => before + distance <= longest);
  return new Set(reached.map(([name]) => name));
}

/** Whether no way through the node, to it or from it, goes on after a failure. Nothing for a node that no way leads to. */
export function terminatesOnFailure(configuration: FlowConfiguration): ReadonlyMap<string, boolean> {
  if (configuration.dependencies.length === 0)
    return new Map([...configuration.nodes.keys()].map((node) => [node, true]));
  const edges = edgesOf(configuration);
  const before = fromRoots(configuration, grouped(edges, 'parent', 'child'));
  const going = edges.filter((edge) => edge.continue_on_failure);
  const toGoing = distances(
    going.map(({ parent }) => parent),
    grouped(edges, 'child', 'parent'),
  );
  const isReached = (distance: number) => distance <= longest;
  const goesOn = new Set<string>();
  for (const { parent, child } of going) {
    if (isReached((before.get(parent) ?? Infinity) + 1)) goesOn.add(child);
  }
  const found = new Map<string, boolean>();
  for (const [node, distance] of before) {
    if (!isReached(distance)) continue;
    const leadsOn = isReached(distance + (toGoing.get(node) ?? Infinity) + 1);
    found.set(node, !leadsOn && !goesOn.has(node));
  }
  return found;
}

/** Whether a node depends on itself, be it by others. */
export function hasCycle({ dependencies }: FlowConfiguration): boolean {
  const left = new Set(dependencies);
  for (;;) {
    const children = new Set([...left].map(({ child }) => child));
    const free = [...left].filter(({ parent }) => !children.has(parent));
    if (free.length === 0) return left.size > 0;
    for (const each of free) left.delete(each);
  }
}
