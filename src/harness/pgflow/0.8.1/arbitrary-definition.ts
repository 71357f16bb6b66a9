/** Commands that add steps: good ones most of the time, and every way of getting them wrong. */
import type { Arbitrary } from 'fast-check';
import type { AddStep } from '../../../model/pgflow/0.8.1/commands.ts';
import type { Flow } from '../../../model/pgflow/0.8.1/state.ts';
import { drawnLater, fc } from '../../contract/fast-check.ts';
import { present } from '../../contract/present.ts';
import { badSlugs, options, someOptionWrong, stepNames } from '../shared/arbitrary-flow.ts';
import type { Shape, Temper } from './arbitrary-temper.ts';

export type Steps = Arbitrary<AddStep>;
interface Parts {
  readonly flow_slug: Arbitrary<string | null>;
  readonly step_slug: Arbitrary<string | null>;
  readonly deps_slugs: Arbitrary<readonly (string | null)[] | null | undefined>;
  readonly step_type?: Arbitrary<string | null | undefined>;
  readonly options?: Arbitrary<object>;
}

const startDelay = drawnLater(() =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constant(undefined) },
    { weight: 3, arbitrary: fc.constantFrom(0, 1, 5, 60) },
    { weight: 1, arbitrary: fc.constantFrom(2 ** 31 - 1, 100_000) },
  ),
);
const withDelay = drawnLater(() => fc.record({ ...options, start_delay: startDelay }));
const wrongDelay = drawnLater(() => fc.record({ ...options, start_delay: fc.constantFrom(-1, -(2 ** 31)) }));
const anyType = drawnLater(() => fc.constantFrom(undefined, undefined, 'single', 'map', 'map', null));

export function addStepOf({ options: rest = withDelay, step_type = anyType, ...names }: Parts): Steps {
  return fc
    .tuple(fc.record(names), step_type, rest)
    .map(([keys, type, more]) => present({ type: 'add_step', ...keys, ...more, step_type: type } as AddStep));
}

export const slugsOf = (flow: Flow) => flow.steps.map((step) => step.step_slug);

/** A name that no step of the flow has, while there are any left. */
export const freshName = (flow: Flow) => fc.constantFrom(...freshNames(flow));

const nextName = (flow: Flow) => freshNames(flow)[0]!;

function freshNames(flow: Flow): readonly string[] {
  const existing = slugsOf(flow);
  const fresh = stepNames.filter((name) => !existing.includes(name));
  return fresh.length > 0 ? fresh : ['z'];
}

/** A step that the flow does not have, after any of those that it has; single or map. Of several flows each has steps of the same names. */
export function addGoodStep(flow: Flow, { shape, maps, flows }: Temper): Steps {
  const deps = dependenciesOf(slugsOf(flow), shape);
  const step_slug = flows > 1 ? fc.constant(nextName(flow)) : freshName(flow);
  const names = { flow_slug: fc.constant(flow.flow_slug), step_slug };
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

function dependenciesOf(existing: string[], shape: Shape): Arbitrary<string[] | undefined> {
  const none = fc.constantFrom<(string[] | undefined)[]>(undefined, []);
  if (existing.length === 0) return none;
  const [first, last] = [existing.slice(0, 1), existing.slice(-1)];
  switch (shape) {
    case 'chain':
      return fc.constant(last);
    case 'fan':
      return fc.constantFrom(first, first, existing);
    case 'islands':
      return none;
    case 'any':
      return fc.oneof(fc.subarray(existing), fc.subarray(existing), fc.constant(last), none);
  }
}

/** Again, late, twice, to itself, without what it depends on, with bad names, types and options. */
export function addOddStep(flows: readonly Flow[]): Steps {
  const flow_slug = fc.constantFrom(...(flows.length > 0 ? flows.map((each) => each.flow_slug) : ['f']));
  const existing = flows.flatMap(slugsOf);
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
