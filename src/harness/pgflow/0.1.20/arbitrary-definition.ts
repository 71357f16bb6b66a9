/** Commands that define flows: good ones most of the time, and every way of getting them wrong. */
import fc from 'fast-check';
import type { AddStep, CreateFlow } from '../../../model/pgflow/0.1.20/commands.ts';
import type { Flow } from '../../../model/pgflow/0.1.20/state.ts';

const longSlug = (length: number) => 'l'.padEnd(length, '0');

/** `F` and `f` share one queue; 47 characters are the most a queue's name may have. */
const goodFlows = ['f', 'g', 'F', longSlug(47)];
/** Names that Postgres gives to an index and to the sequence of the queue of `f`. */
const namesOfIndexes = ['f_pkey', 'f_msg_id_seq'];
const badSlugs = ['', 'run', '1st', 'a-b', 'a b', 'é', 'a\n', 'a\0', 'b\0', "a'b", 'a$b', longSlug(129)];
const stepNames = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', '__proto__', 'constructor'];

/** Left out, ordinary, zero, large, or wrong. */
function option(...ordinary: number[]) {
  return fc.oneof(
    { weight: 12, arbitrary: fc.constant(undefined) },
    { weight: 6, arbitrary: fc.constantFrom(...ordinary) },
    { weight: 1, arbitrary: fc.constantFrom(0, 2 ** 31 - 3, 2 ** 31 - 2, 2 ** 31 - 1, 100_000) },
  );
}

const wrongOption = fc.constantFrom(null, -1, 0, -(2 ** 31));

const options = {
  max_attempts: option(0, 1, 1, 2, 3, 5),
  base_delay: option(0, 1, 2, 7),
  timeout: option(1, 3, 10, 60),
};

const someOptionWrong = fc
  .constantFrom('max_attempts', 'base_delay', 'timeout')
  .chain((name) => fc.record({ ...options, [name]: wrongOption }));

const present = <T extends object>(command: T): T =>
  Object.fromEntries(Object.entries(command).filter(([, value]) => value !== undefined)) as T;

function createFlowOf(flow_slug: fc.Arbitrary<string | null>, rest: fc.Arbitrary<object>) {
  return fc
    .tuple(flow_slug, rest)
    .map(([slug, more]) => present({ type: 'create_flow', flow_slug: slug, ...more } as CreateFlow));
}

export const createGoodFlow = createFlowOf(
  fc.oneof(
    { weight: 12, arbitrary: fc.constant('f') },
    { weight: 6, arbitrary: fc.constant('g') },
    { weight: 3, arbitrary: fc.constantFrom(...goodFlows, ...namesOfIndexes) },
  ),
  fc.record(options),
);

export const createBadFlow = fc.oneof(
  createFlowOf(fc.constantFrom(...badSlugs), fc.record(options)),
  // Valid as slugs, too long as names of queues.
  createFlowOf(fc.constantFrom(null, longSlug(48), longSlug(128), ...namesOfIndexes), fc.record(options)),
  createFlowOf(fc.constantFrom(...goodFlows), someOptionWrong),
  createFlowOf(fc.constantFrom(...goodFlows), someOptionWrong),
);

function addStepOf(
  flow_slug: fc.Arbitrary<string | null>,
  step_slug: fc.Arbitrary<string | null>,
  deps_slugs: fc.Arbitrary<readonly (string | null)[] | null | undefined>,
  rest: fc.Arbitrary<object> = fc.record(options),
) {
  return fc
    .tuple(flow_slug, step_slug, deps_slugs, rest)
    .map(([flow, step, deps, more]) =>
      present({ type: 'add_step', flow_slug: flow, step_slug: step, deps_slugs: deps, ...more } as AddStep),
    );
}

/** A step that the flow does not have, after any of those that it has: chains, fans, diamonds, islands. */
export function addGoodStep(flow: Flow, shape: number): fc.Arbitrary<AddStep> {
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
export function addOddStep(flows: readonly Flow[]): fc.Arbitrary<AddStep> {
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
