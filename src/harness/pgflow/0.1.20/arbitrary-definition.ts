/** Commands that add steps: good ones most of the time, and every way of getting them wrong. */
import type { Arbitrary } from 'fast-check';
import type { AddStep } from '../../../model/pgflow/0.1.20/commands.ts';
import type { Flow } from '../../../model/pgflow/0.1.20/state.ts';
import { fc } from '../../contract/fast-check.ts';
import { present } from '../../contract/present.ts';
import { badSlugs, options, someOptionWrong, stepNames } from '../shared/arbitrary-flow.ts';

function addStepOf(
  flow_slug: Arbitrary<string | null>,
  step_slug: Arbitrary<string | null>,
  deps_slugs: Arbitrary<readonly (string | null)[] | null | undefined>,
  rest: Arbitrary<object> = fc.record(options),
) {
  return fc
    .tuple(flow_slug, step_slug, deps_slugs, rest)
    .map(([flow, step, deps, more]) =>
      present({ type: 'add_step', flow_slug: flow, step_slug: step, deps_slugs: deps, ...more } as AddStep),
    );
}

/** A step that the flow does not have, after any of those that it has: chains, fans, diamonds, islands. */
export function addGoodStep(flow: Flow, shape: number): Arbitrary<AddStep> {
  const existing = flow.steps.map((step) => step.step_slug);
  const fresh = stepNames.filter((name) => !existing.includes(name));
  const last = existing.at(-1);
  const any = fc.subarray(existing);
  const none = fc.constantFrom(undefined, []);
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
            : fc.oneof(any, any, fc.constant([last]), none);
  return addStepOf(fc.constant(flow.flow_slug), fc.constantFrom(...(fresh.length > 0 ? fresh : ['z'])), deps);
}

/** Again, late, twice, to itself, without what it depends on, with bad names and options. */
export function addOddStep(flows: readonly Flow[]): Arbitrary<AddStep> {
  const flow = fc.constantFrom(...(flows.length > 0 ? flows.map((each) => each.flow_slug) : ['f']));
  const existing = flows.flatMap((each) => each.steps.map((step) => step.step_slug));
  const known = fc.constantFrom(...(existing.length > 0 ? existing : ['a']));
  const name = fc.oneof(known, fc.constantFrom(...stepNames));
  const knownDeps = fc.array(known, { maxLength: 3 });
  return fc.oneof(
    { weight: 4, arbitrary: addStepOf(flow, known, knownDeps) },
    {
      weight: 2,
      arbitrary: addStepOf(
        flow,
        name,
        known.map((dep) => [dep, dep]),
      ),
    },
    { weight: 1, arbitrary: addStepOf(flow, fc.constant('a'), fc.constantFrom(['a'], ['b', 'a'])) },
    {
      weight: 1,
      arbitrary: addStepOf(flow, name, fc.constantFrom(['missing'], ['a', 'missing'], [''], ['run'])),
    },
    { weight: 1, arbitrary: addStepOf(flow, name, fc.constantFrom([null], ['a', null], null, ['a\0'])) },
    { weight: 1, arbitrary: addStepOf(fc.constantFrom('none', null, '', 'none\0'), name, knownDeps) },
    { weight: 1, arbitrary: addStepOf(flow, fc.constantFrom(null, null, null, ...badSlugs), knownDeps) },
    { weight: 2, arbitrary: addStepOf(flow, name, knownDeps, someOptionWrong) },
  );
}
