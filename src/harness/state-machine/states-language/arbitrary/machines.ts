/** Random machines: each name once, every state reached, nested up to two deep, always with an end. */
import type { Arbitrary } from 'fast-check';
import type {
  MachineJson,
  StateJson,
} from '../../../../model/state-machine/states-language/language/definition.ts';
import { drawnLater, fc } from '../../../contract/fast-check.ts';
import { broken } from './broken.ts';
import { rule } from './rules.ts';
import { stateOf } from './states.ts';

interface Names {
  count: number;
}
const named = (names: Names) => `S${++names.count}`;

type Type = StateJson['Type'];
const middles: readonly Type[] = ['Pass', 'Task', 'Task', 'Task', 'Wait', 'Choice', 'Parallel', 'Map'];
const ends: readonly Type[] = ['Pass', 'Pass', 'Task', 'Succeed', 'Fail', 'Wait', 'Parallel', 'Map'];
const innerEnds: readonly Type[] = [
  'Pass',
  'Pass',
  'Task',
  'Task',
  'Succeed',
  'Fail',
  'Wait',
  'Parallel',
  'Map',
];

/** A chain of states, in which a Choice and a catcher lead to any that comes later. What is never reached is left out. */
function machineOf(names: Names, depth: number): Arbitrary<MachineJson> {
  return fc.constantFrom(...(depth === 0 ? [1, 2, 3, 4] : [1, 1, 1, 2])).chain((length) => {
    const chain = Array.from({ length }, () => named(names));
    const inner = () => machineOf(names, depth + 1);
    const flat = (types: readonly Type[]) =>
      depth < 2 ? types : types.filter((type) => type !== 'Parallel' && type !== 'Map');
    const states = chain.map((_, i) => {
      const later = chain.slice(i + 1);
      const types = flat(later.length > 0 ? middles : depth === 0 ? ends : innerEnds);
      return fc.constantFrom(...types).chain((type) => stateOf(type, { next: later[0], later }, inner));
    });
    return fc.tuple(...states).map((all) =>
      reachedIn({
        StartAt: chain[0]!,
        States: Object.fromEntries(all.map((state, i) => [chain[i]!, state])),
      }),
    );
  });
}

function reachedIn({ StartAt, States }: MachineJson): MachineJson {
  const reached = new Set([StartAt!]);
  for (const name of reached) {
    const { Next, Default, Choices = [], Catch = [] } = States[name]!;
    for (const to of [Next, Default, ...[...Choices, ...Catch].map((each) => each.Next)])
      if (to !== undefined) reached.add(to);
  }
  return {
    StartAt: StartAt!,
    States: Object.fromEntries(Object.entries(States).filter(([name]) => reached.has(name))),
  };
}

/** One comparison, whose answer shows in what follows. */
const comparison = drawnLater(() =>
  rule.map(
    (each): MachineJson => ({
      StartAt: 'S1',
      States: {
        S1: { Type: 'Choice', Choices: [{ ...each, Next: 'S2' }], Default: 'S3' },
        S2: { Type: 'Succeed' },
        S3: { Type: 'Fail', Error: 'E1' },
      },
    }),
  ),
);

const big = 'x'.repeat(262_100);
/** More than there may be in one value. */
const large: readonly MachineJson[] = [
  {
    StartAt: 'S1',
    States: {
      S1: { Type: 'Pass', Result: big, ResultPath: '$.d.h', Next: 'S2' },
      S2: { Type: 'Parallel', Branches: [], ResultPath: '$.c', End: true },
    },
  },
];

/** A machine whose executions have little time. */
const hasty = drawnLater(() =>
  fc
    .tuple(fc.constantFrom(1, 5, 60), machineOf({ count: 0 }, 0))
    .map(([TimeoutSeconds, machine]): MachineJson => ({ ...machine, TimeoutSeconds })),
);

const any = drawnLater(
  (): Arbitrary<MachineJson> =>
    fc.oneof(
      { weight: 24, arbitrary: fc.constant(0).chain(() => machineOf({ count: 0 }, 0)) },
      { weight: 4, arbitrary: hasty },
      { weight: 3, arbitrary: comparison },
      { weight: 4, arbitrary: broken },
    ),
);

/** In some samples mostly comparisons, of which there are many; in few, large values. */
export function machines(character: number): Arbitrary<MachineJson> {
  if (character < 0.25) return fc.oneof({ weight: 12, arbitrary: comparison }, { weight: 1, arbitrary: any });
  if (character < 0.27)
    return fc.oneof({ weight: 1, arbitrary: fc.constantFrom(...large) }, { weight: 4, arbitrary: any });
  return any;
}
