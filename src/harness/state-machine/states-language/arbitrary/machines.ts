/** Random machines: each name once, every state reached, nested up to two deep, always with an end. */
import type { Arbitrary } from 'fast-check';
import type {
  MachineJson,
  StateJson,
} from '../../../../model/state-machine/states-language/language/definition.ts';
import { drawnLater, fc } from '../../../contract/fast-check.ts';
import { present } from '../../../contract/present.ts';
import { broken } from './broken.ts';
import { rule } from './rules.ts';
import { stateOf } from './states.ts';
import { seldom } from './values.ts';

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

/** Comparisons one after the other, whose answers show in what follows. */
const comparison = drawnLater(() =>
  fc.array(rule, { minLength: 1, maxLength: 4 }).map((rules): MachineJson => {
    const choices = rules.map((each, i) => {
      const isLast = i + 1 === rules.length;
      const next = `S${i + 1}`;
      const Choices = [{ ...each, Next: isLast ? 'First' : next }];
      return [`S${i}`, { Type: 'Choice', Choices, Default: isLast ? 'Last' : next }];
    });
    const ends = { First: { Type: 'Succeed' }, Last: { Type: 'Fail', Error: 'E1' } };
    return { StartAt: 'S0', States: { ...Object.fromEntries(choices), ...ends } };
  }),
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

/** A Map of tasks, of which some fail: what it bears, and how many it has at once. */
const mapping = drawnLater(() =>
  fc
    .record({
      MaxConcurrency: seldom(fc.constantFrom(1, 1, 2), 10),
      ToleratedFailureCount: seldom(fc.constantFrom(0, 1, 2), 5),
      ToleratedFailurePercentage: seldom(fc.constantFrom(0, 33, 50, 66), 8),
      ItemSelector: seldom(
        fc.constantFrom({ 'item.$': '$$.Map.Item' }, { 'all.$': '$.c', 'at.$': '$$.Map.Item.Index' }),
        5,
      ),
      Retry: seldom(
        fc.constant([{ ErrorEquals: ['E1', 'States.ExceedToleratedFailureThreshold'], MaxAttempts: 1 }]),
        2,
      ),
    })
    .chain((fields) =>
      fc
        .constantFrom<MachineJson>(
          { StartAt: 'S2', States: { S2: { Type: 'Task', Resource: 'work', End: true } } },
          {
            StartAt: 'S2',
            States: { S2: { Type: 'Pass', Parameters: { 'item.$': '$$.Map.Item', 'in.$': '$' }, End: true } },
          },
          {
            StartAt: 'S2',
            States: {
              S2: {
                Type: 'Parallel',
                Branches: [
                  {
                    StartAt: 'S3',
                    States: { S3: { Type: 'Pass', Parameters: { 'x.$': '$$.Map.Item.Value' }, End: true } },
                  },
                ],
                End: true,
              },
            },
          },
        )
        .map(
          (ItemProcessor) =>
            ({
              StartAt: 'S1',
              States: { S1: present({ Type: 'Map', ItemsPath: '$.c', ...fields, ItemProcessor, End: true }) },
            }) as unknown as MachineJson,
        ),
    ),
);

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
      { weight: 6, arbitrary: mapping },
      { weight: 3, arbitrary: comparison },
      { weight: 4, arbitrary: broken },
    ),
);

/** In some samples mostly comparisons, of which there are many, in some mostly Maps; in few, large values. */
export function machines(character: number): Arbitrary<MachineJson> {
  if (character < 0.33) return fc.oneof({ weight: 12, arbitrary: comparison }, { weight: 1, arbitrary: any });
  if (character < 0.35)
    return fc.oneof({ weight: 1, arbitrary: fc.constantFrom(...large) }, { weight: 4, arbitrary: any });
  if (character < 0.47) return fc.oneof({ weight: 2, arbitrary: mapping }, { weight: 1, arbitrary: any });
  return any;
}
