/** `flow.configure_flow`: nodes, which all flows share, how they depend on each other, and their steps. */
import type { Jsonb } from '../kernel/jsonb.ts';
import {
  checkViolation,
  foreignKeyViolation,
  notNullViolation,
  raised,
  uniqueViolation,
} from '../kernel/sql-error.ts';
import type { FlowConfigurationJson, NodeJson } from './commands.ts';
import { elementsOf } from './json-array.ts';
import { refuse } from './refusal.ts';
import type { Dependency, Draft, FlowConfiguration, Node } from './state.ts';
import { intervalOf, jsonbText } from './values.ts';
import { hasCycle, terminatesOnFailure } from './walk-flow.ts';

/** `SIMILAR TO`, in which a full stop is one. */
const isName = (text: string) => /^[a-z]+[a-z_0-9]*\.?[a-z_0-9]*$/.test(text);

export function configureFlow(
  draft: Draft,
  nameOrNull: string | null,
  json: FlowConfigurationJson,
  isAppending: boolean | null,
): void {
  const nodes = json.nodes ?? [];
  const name = nameOrNull ?? '';
  readingRefusal(name, json);
  if (nameOrNull === null) {
    configureNoFlow(draft, json, isAppending);
    return;
  }
  beginFlow(draft, name, json);
  putNodes(draft, nodes);
  putDependencies(draft, name, nodes, isAppending === true);
  for (const node of nodes) putSteps(draft, node);
  if (isAppending === false) forgetOthers(draft, name, nodes);
  const configuration = draft.configurations.get(name)!;
  if (hasCycle(configuration)) {
    if (draft.documented.has('a-cycle-is-accepted')) refuse(raised(`flow ${name} has a cycle`));
    draft.reached.push('configure_flow/cycle');
  }
  const terminates = terminatesOnFailure(configuration);
  const after = new Map(configuration.nodes);
  for (const [node, does] of terminates) after.set(node, does);
  put(draft, { ...configuration, nodes: after });
}

/** Surprise: without a name, and without nodes, a flow with an empty name is made. */
function configureNoFlow(draft: Draft, json: FlowConfigurationJson, isAppending: boolean | null): void {
  const nodes = json.nodes ?? [];
  const before = draft.configurations.get('');
  // Nobody is found to overwrite the routine of.
  const routine = json.flow?.concurrency_group_routine ?? null;
  if (routine !== null && !isName(routine)) refuse(checkViolation(checkOfRoutine));
  putNodes(draft, nodes);
  if (nodes.length > 0) refuse(notNullViolation('flow'));
  if (!before) {
    put(draft, { flow: '', nodes: new Map(), dependencies: [], concurrency_group_routine: routine });
  }
  if (isAppending === false) deleteUnattached(draft);
}

/** Names are written into JSON as they are, and everything is read into tables before anything is checked. */
function readingRefusal(name: string, { flow, nodes = [] }: FlowConfigurationJson): void {
  if (!isJsonString(name)) refuse({ sqlstate: '22P02' });
  // JSON null has no fields.
  if (flow === null || nodes === null) refuse({ sqlstate: '22023' });
  for (const { steps } of nodes) if (steps) elementsOf(steps);
  if (nodes.some(({ node }) => node == null)) refuse(notNullViolation('node'));
  for (const { node, dependencies, steps } of nodes) {
    const edges = dependencies ?? [];
    if (edges.length > 0 && !isJsonString(node!)) refuse({ sqlstate: '22P02' });
    if (edges.some(({ parent }) => parent == null)) refuse(notNullViolation('parent'));
    // JSON null is SQL NULL by then.
    if (steps && elementsOf(steps).includes(null)) refuse(notNullViolation('arguments'));
  }
}

/** A backslash is not modelled. */
const isJsonString = (text: string) => !/["\p{Cc}]/u.test(text.replaceAll(/[\u007f-\u009f]/g, ''));

const put = (draft: Draft, configuration: FlowConfiguration) => {
  draft.configurations = draft.configurations.set(configuration.flow, configuration, draft.owner);
};

const checkOfRoutine = 'flow_configuration_concurrency_group_routine_check';

/** The row of the flow. Surprise: the routine that is named where it belongs is overwritten by the one that is named outside. */
function beginFlow(draft: Draft, flow: string, json: FlowConfigurationJson): void {
  const inside = json.flow?.concurrency_group_routine ?? null;
  const outside = json.concurrency_group_routine ?? null;
  const before = draft.configurations.get(flow);
  // Checked before it is known that the row is there.
  if (inside !== null && !isName(inside)) refuse(checkViolation(checkOfRoutine));
  if (outside !== null && !isName(outside)) refuse(checkViolation(checkOfRoutine));
  if (inside !== null && outside === null) draft.reached.push('configure_flow/routine-overwritten');
  put(draft, {
    flow,
    nodes: before?.nodes ?? new Map(),
    dependencies: before?.dependencies ?? [],
    concurrency_group_routine: draft.documented.has('a-routine-for-pools-is-forgotten')
      ? (outside ?? inside)
      : outside,
  });
}

function putNodes(draft: Draft, nodes: readonly NodeJson[]): void {
  const made = new Set<string>();
  for (const { node } of nodes as readonly { readonly node: string }[]) {
    if (draft.nodes.has(node) && !made.has(node)) continue;
    if (!isName(node)) refuse(checkViolation('node_node_check'));
    if (made.has(node)) refuse(uniqueViolation('node_pkey'));
    made.add(node);
    draft.nodes = draft.nodes.set(node, emptyNode(node), draft.owner);
  }
}

const emptyNode = (node: string): Node => ({
  node,
  target: null,
  routine: null,
  node_routine: null,
  step_routine: null,
  priority: null,
  all_steps_must_complete: true,
  empty: false,
  steps_to_flow: null,
  synchronous: false,
  node_timeout: null,
  step_timeout: null,
  steps: new Map(),
});

function putDependencies(draft: Draft, flow: string, nodes: readonly NodeJson[], isAppending: boolean): void {
  const configuration = draft.configurations.get(flow)!;
  const attached = new Map(configuration.nodes);
  for (const { node } of nodes) if (!attached.has(node!)) attached.set(node!, null);
  const isChanged = new Set<string>();
  for (const json of nodes) {
    // Of a node that is named twice, one of them.
    if (isChanged.has(json.node!)) continue;
    isChanged.add(json.node!);
    changeNode(draft, json, isAppending);
  }
  const all: Dependency[] = [...configuration.dependencies];
  const added = new Set<string>();
  const changed = new Set<string>();
  let isUnknown = false;
  for (const { node, dependencies } of nodes) {
    for (const { parent, continue_on_failure } of (dependencies ?? []) as readonly Edge[]) {
      const place = all.findIndex((each) => each.parent === parent && each.child === node);
      const key = keyOf(parent, node!);
      if (added.has(key)) refuse(uniqueViolation('dependency_configuration_pkey'));
      if (place < 0) {
        added.add(key);
        isUnknown ||= !draft.nodes.has(parent);
        all.push({ parent, child: node!, continue_on_failure: continue_on_failure ?? false });
      } else if (!changed.has(key)) {
        // Of one that is named twice, the first.
        changed.add(key);
        const before = all[place]!;
        all[place] = { ...before, continue_on_failure: continue_on_failure ?? before.continue_on_failure };
      }
    }
  }
  // Looked at only after all of them are in.
  if (isUnknown) refuse(foreignKeyViolation('dependency_configuration_parent_fkey'));
  put(draft, { ...configuration, nodes: attached, dependencies: all });
}

/** No text of Postgres has U+0000 in it. */
const keyOf = (parent: string, child: string) => `${parent}\0${child}`;

type Edge = Pick<Dependency, 'parent'> & { readonly continue_on_failure?: boolean | null };

/** What is left out stays; but the routines and the timeouts, which are forgotten. */
function changeNode(draft: Draft, json: NodeJson, isAppending: boolean): void {
  const before = draft.nodes.get(json.node!)!;
  const kept =
    isAppending && draft.documented.has('appending-forgets-routines-and-timeouts') ? before : undefined;
  const target = json.target ?? before.target;
  if (target !== null && !draft.targets.has(target)) refuse(foreignKeyViolation('node_target_fkey'));
  const changed: Node = {
    ...before,
    target,
    priority: json.priority ?? before.priority,
    all_steps_must_complete: json.all_steps_must_complete ?? before.all_steps_must_complete,
    empty: json.empty ?? before.empty,
    steps_to_flow: json.steps_to_flow ?? before.steps_to_flow,
    routine: json.routine ?? kept?.routine ?? null,
    node_routine: json.node_routine ?? kept?.node_routine ?? null,
    step_routine: json.step_routine ?? kept?.step_routine ?? null,
    synchronous: json.synchronous ?? before.synchronous,
    node_timeout: json.node_timeout == null ? (kept?.node_timeout ?? null) : intervalOf(json.node_timeout),
    step_timeout: json.step_timeout == null ? (kept?.step_timeout ?? null) : intervalOf(json.step_timeout),
  };
  draft.nodes = draft.nodes.set(before.node, changed, draft.owner);
}

const stepsIn = (steps: readonly Jsonb[] | null | undefined): Map<string, Jsonb> =>
  new Map(elementsOf(steps ?? []).map((each) => [jsonbText(each), each]));

function putSteps(draft: Draft, { node, steps }: NodeJson): void {
  if (!steps || steps.length === 0) return;
  const before = draft.nodes.get(node!)!;
  const all = new Map([...before.steps, ...stepsIn(steps)]);
  draft.nodes = draft.nodes.set(node!, { ...before, steps: all }, draft.owner);
}

function forgetOthers(draft: Draft, flow: string, nodes: readonly NodeJson[]): void {
  const named = new Set(nodes.map(({ node }) => node!));
  const edges = new Set(
    nodes.flatMap(({ node, dependencies }) =>
      (dependencies ?? []).map(({ parent }) => keyOf(parent!, node!)),
    ),
  );
  const configuration = draft.configurations.get(flow)!;
  put(draft, {
    ...configuration,
    nodes: new Map([...configuration.nodes].filter(([node]) => named.has(node))),
    dependencies: configuration.dependencies.filter(({ parent, child }) => edges.has(keyOf(parent, child))),
  });
  for (const node of named) {
    const before = draft.nodes.get(node)!;
    if (before.steps.size === 0) continue;
    const wanted = new Map(
      nodes.filter((each) => each.node === node).flatMap(({ steps }) => [...stepsIn(steps)]),
    );
    const steps = new Map([...before.steps].filter(([text]) => wanted.has(text)));
    draft.nodes = draft.nodes.set(node, { ...before, steps }, draft.owner);
  }
  deleteUnattached(draft);
}

/** Nodes that are in no flow. */
function deleteUnattached(draft: Draft): void {
  const attached = new Set([...draft.configurations.values()].flatMap(({ nodes: all }) => [...all.keys()]));
  for (const node of [...draft.nodes.keys()]) {
    if (attached.has(node)) continue;
    draft.reached.push('configure_flow/deleted-node');
    deleteNode(draft, node);
  }
}

/** With its place in every flow, also in those that run. */
export function deleteNode(draft: Draft, node: string): void {
  draft.nodes = draft.nodes.delete(node);
  const without = (dependencies: readonly Dependency[]) =>
    dependencies.some(({ parent, child }) => parent === node || child === node)
      ? dependencies.filter(({ parent, child }) => parent !== node && child !== node)
      : dependencies;
  for (const configuration of [...draft.configurations.values()]) {
    put(draft, {
      ...configuration,
      nodes: new Map([...configuration.nodes].filter(([each]) => each !== node)),
      dependencies: without(configuration.dependencies),
    });
  }
  for (const flow of draft.flows.values()) {
    const dependencies = without(flow.dependencies);
    if (dependencies === flow.dependencies) continue;
    draft.flows = draft.flows.set(flow.flow_id, { ...flow, dependencies }, draft.owner);
  }
}
