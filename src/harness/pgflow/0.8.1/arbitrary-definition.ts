/** Commands that add steps: good ones most of the time, and every way of getting them wrong. */
import fc from 'fast-check';
import type { AddStep } from '../../../model/pgflow/0.8.1/commands.ts';
import type { Flow, Run } from '../../../model/pgflow/0.8.1/state.ts';
import { badSlugs, options, present, someOptionWrong, stepNames } from '../arbitrary-flow.ts';

type Steps = fc.Arbitrary<AddStep>;
interface Parts {
  readonly flow_slug: fc.Arbitrary<string | null>;
  readonly step_slug: fc.Arbitrary<string | null>;
  readonly deps_slugs: fc.Arbitrary<readonly (string | null)[] | null | undefined>;
  readonly step_type?: fc.Arbitrary<string | null | undefined>;
  readonly options?: fc.Arbitrary<object>;
}

const startDelay = fc.oneof(
  { weight: 12, arbitrary: fc.constant(undefined) },
  { weight: 3, arbitrary: fc.constantFrom(0, 1, 5, 60) },
  { weight: 1, arbitrary: fc.constantFrom(2 ** 31 - 1, 100_000) },
);
const withDelay = fc.record({ ...options, start_delay: startDelay });
const wrongDelay = fc.record({ ...options, start_delay: fc.constantFrom(-1, -(2 ** 31)) });
const anyType = fc.constantFrom(undefined, undefined, 'single', 'map', 'map', null);

function addStepOf({ options: rest = withDelay, step_type = anyType, ...names }: Parts): Steps {
  return fc
    .tuple(fc.record(names), step_type, rest)
    .map(([keys, type, more]) => present({ type: 'add_step', ...keys, ...more, step_type: type } as AddStep));
}

/** A step that the flow does not have, after any of those that it has: chains, fans, diamonds, islands; single or map. */
export function addGoodStep(flow: Flow, shape: number, maps: number): Steps {
  const existing = flow.steps.map((step) => step.step_slug);
  const fresh = stepNames.filter((name) => !existing.includes(name));
  const last = existing.at(-1);
  const none = fc.constantFrom(undefined, []);
  const names = {
    flow_slug: fc.constant(flow.flow_slug),
    step_slug: fc.constantFrom(...(fresh.length > 0 ? fresh : ['z'])),
  };
  // Each sample leans towards a shape of its own.
  const deps =
    last === undefined
      ? none
      : shape < 0.25
        ? fc.constant([last])
        : shape < 0.45
          ? fc.constantFrom([existing[0]!], [existing[0]!], existing)
          : shape < 0.6
            ? none
            : fc.oneof(fc.subarray(existing), fc.subarray(existing), fc.constant([last]), none);
  const single = addStepOf({
    ...names,
    deps_slugs: deps,
    step_type: fc.constantFrom(undefined, undefined, 'single', null),
  });
  const map = addStepOf({
    ...names,
    deps_slugs: deps.map((slugs) => slugs?.slice(0, 1)),
    step_type: fc.constant('map'),
  });
  return fc.oneof(
    { weight: Math.round((1 - maps) * 100), arbitrary: single },
    { weight: Math.round(maps * 100), arbitrary: map },
  );
}

/** After a run has begun: a step that it does not have, or a dependency that its steps did not count. */
export function addLate(flow: Flow): Steps {
  const flow_slug = fc.constant(flow.flow_slug);
  const existing = flow.steps.map((step) => step.step_slug);
  const maps = flow.steps.filter((step) => step.step_type === 'map' && step.deps_count > 0);
  const known = fc.constantFrom(
    ...existing,
    ...maps.flatMap((map) => [map.step_slug, map.step_slug, map.step_slug]),
  );
  const dependency = addStepOf({
    flow_slug,
    step_slug: known,
    deps_slugs: fc.constantFrom(...existing).map((dep) => [dep]),
  });
  const fresh = [...stepNames, 'x', 'yy'].filter((name) => !existing.includes(name));
  if (fresh.length === 0) return dependency;
  const step = addStepOf({
    flow_slug,
    step_slug: fc.constantFrom(...fresh),
    deps_slugs: fc.constant(undefined),
    step_type: fc.constantFrom('single', 'single', 'map'),
  });
  return fc.oneof({ weight: 5, arbitrary: dependency }, { weight: 2, arbitrary: step });
}

/**
 * A dependency that matters at once: of a map that waits in a run on a step that has ended there, or of a map
 * whose tasks are yet to be handed out.
 */
export function addTimelyDependency(runs: readonly Run[], flowOf: (slug: string) => Flow): Steps | undefined {
  const found = runs.flatMap(({ flow_slug, status, step_states }) => {
    if (status !== 'started') return [];
    const { steps } = flowOf(flow_slug);
    const ended = step_states.filter((each) => each.status === 'completed').map((each) => each.step_slug);
    return step_states.flatMap(({ step_slug, initial_tasks, tasks }) => {
      const isMap = steps.some(
        (step) => step.step_slug === step_slug && step.deps_count > 0 && step.step_type === 'map',
      );
      const isDue = isMap && (initial_tasks === null || tasks.some((task) => task.status === 'queued'));
      const others = initial_tasks === null ? ended : steps.map((step) => step.step_slug);
      return isDue
        ? others.filter((dep) => dep !== step_slug).map((dep) => ({ flow_slug, step_slug, dep }))
        : [];
    });
  });
  if (found.length === 0) return undefined;
  return fc
    .constantFrom(...found)
    .map(({ flow_slug, step_slug, dep }) => ({ type: 'add_step', flow_slug, step_slug, deps_slugs: [dep] }));
}

/** A map after the last step of the flow. */
export function addLink(flow: Flow, first: 'single' | 'map'): Steps {
  const last = flow.steps.at(-1)?.step_slug;
  return fc.constant({
    type: 'add_step',
    flow_slug: flow.flow_slug,
    step_slug: `s${flow.steps.length}`,
    deps_slugs: last === undefined ? [] : [last],
    step_type: last === undefined ? first : 'map',
  });
}

/** Again, late, twice, to itself, without what it depends on, with bad names, types and options. */
export function addOddStep(flows: readonly Flow[]): Steps {
  const flow_slug = fc.constantFrom(...(flows.length > 0 ? flows.map((each) => each.flow_slug) : ['f']));
  const existing = flows.flatMap((each) => each.steps.map((step) => step.step_slug));
  const known = fc.constantFrom(...(existing.length > 0 ? existing : ['a']));
  const step_slug = fc.oneof(known, fc.constantFrom(...stepNames));
  const deps_slugs = fc.array(known, { maxLength: 3 });
  const one = known.map((dep) => [dep]);
  const missing = fc.constantFrom(['missing'], ['a', 'missing'], [''], ['run']);
  const nulls = fc.constantFrom([null], ['a', null], null, ['a\0']);
  const map = fc.constant('map');
  const cases: [weight: number, parts: Parts][] = [
    // A dependency that comes late.
    [8, { flow_slug, step_slug: known, deps_slugs: one }],
    [2, { flow_slug, step_slug: known, deps_slugs, step_type: fc.constant(undefined) }],
    [3, { flow_slug, step_slug, deps_slugs: known.map((dep) => [dep, dep]) }],
    [2, { flow_slug, step_slug: fc.constant('a'), deps_slugs: fc.constantFrom(['a'], ['b', 'a']) }],
    [2, { flow_slug, step_slug, deps_slugs: missing }],
    [2, { flow_slug, step_slug, deps_slugs: nulls }],
    [2, { flow_slug: fc.constantFrom('none', null, '', 'none\0'), step_slug, deps_slugs: one }],
    [2, { flow_slug, step_slug: fc.constantFrom(null, null, null, ...badSlugs), deps_slugs: one }],
    [2, { flow_slug, step_slug, deps_slugs, options: someOptionWrong }],
    [1, { flow_slug, step_slug, deps_slugs: one, options: wrongDelay }],
    [1, { flow_slug, step_slug, deps_slugs: one, step_type: fc.constantFrom('', 'Map', 'array', 'm\0') }],
    [1, { flow_slug, step_slug: fc.constantFrom(null, 'm'), deps_slugs: nulls, step_type: map }],
    [1, { flow_slug, step_slug, deps_slugs: fc.constantFrom([null, 'a'], ['a', 'b', 'c']), step_type: map }],
  ];
  return fc.oneof(...cases.map(([weight, parts]) => ({ weight, arbitrary: addStepOf(parts) })));
}
