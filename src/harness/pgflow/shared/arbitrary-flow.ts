/** Commands that create flows, and the names and options that steps share with them. The same in every release so far. */
import type { Arbitrary } from 'fast-check';
import type { CreateFlow } from '../../../model/pgflow/shared/commands.ts';
import { drawnLater, fc } from '../../contract/fast-check.ts';
import { present } from '../../contract/present.ts';

const longSlug = (length: number) => 'l'.padEnd(length, '0');

/** `F` and `f` share one queue; 47 characters are the most a queue's name may have. */
const goodFlows = ['f', 'g', 'F', longSlug(47)];
/** Names that Postgres gives to an index and to the sequence of the queue of `f`. */
const namesOfIndexes = ['f_pkey', 'f_msg_id_seq'];
export const badSlugs = [
  '',
  'run',
  '1st',
  'a-b',
  'a b',
  'é',
  'a\n',
  'a\0',
  'b\0',
  "a'b",
  'a$b',
  longSlug(129),
];
export const stepNames = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', '__proto__', 'constructor'];

/** Left out, ordinary, zero, large, or wrong. */
export function option(...ordinary: number[]) {
  return drawnLater(() =>
    fc.oneof(
      { weight: 12, arbitrary: fc.constant(undefined) },
      { weight: 6, arbitrary: fc.constantFrom(...ordinary) },
      { weight: 1, arbitrary: fc.constantFrom(0, 2 ** 31 - 3, 2 ** 31 - 2, 2 ** 31 - 1, 100_000) },
    ),
  );
}

export const wrongOption = drawnLater(() => fc.constantFrom(null, -1, 0, -(2 ** 31)));

export const options = {
  max_attempts: option(0, 1, 1, 2, 3, 5),
  base_delay: option(0, 1, 2, 7),
  timeout: option(1, 3, 10, 60),
};

export const someOptionWrong = drawnLater(() =>
  fc
    .constantFrom('max_attempts', 'base_delay', 'timeout')
    .chain((name) => fc.record({ ...options, [name]: wrongOption })),
);

function createFlowOf(flow_slug: Arbitrary<string | null>, rest: Arbitrary<object>) {
  return fc
    .tuple(flow_slug, rest)
    .map(([slug, more]) => present({ type: 'create_flow', flow_slug: slug, ...more } as CreateFlow));
}

export const createGoodFlow = drawnLater(() =>
  createFlowOf(
    fc.oneof(
      { weight: 12, arbitrary: fc.constant('f') },
      { weight: 6, arbitrary: fc.constant('g') },
      { weight: 3, arbitrary: fc.constantFrom(...goodFlows, ...namesOfIndexes) },
    ),
    fc.record(options),
  ),
);

/** A flow that is not there yet, as long as a name is left. */
export function createMissingFlow(existing: readonly string[]) {
  const missing = ['f', 'f', 'f', 'g', 'g', ...goodFlows].filter((name) => !existing.includes(name));
  return missing.length === 0
    ? createGoodFlow
    : createFlowOf(fc.constantFrom(...missing), fc.record(options));
}

export const createBadFlow = drawnLater(() =>
  fc.oneof(
    createFlowOf(fc.constantFrom(...badSlugs), fc.record(options)),
    // Valid as slugs, too long as names of queues.
    createFlowOf(fc.constantFrom(null, longSlug(48), longSlug(128), ...namesOfIndexes), fc.record(options)),
    createFlowOf(fc.constantFrom(...goodFlows), someOptionWrong),
    createFlowOf(fc.constantFrom(...goodFlows), someOptionWrong),
  ),
);
