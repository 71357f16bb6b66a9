/** Random machines: each name once, nested up to two deep, mostly with an end. */
import type { Arbitrary } from 'fast-check';
import type { Jsonb } from '../../../model/kernel/jsonb.ts';
import type { ChoiceJson, MachineJson, StateJson } from '../../../model/state-machine/shared/definition.ts';
import { drawnLater, fc } from '../../contract/fast-check.ts';
import { brokenPath, oddResultPath, resultPath, valuePath } from './paths.ts';
import { rule } from './rules.ts';
import { without } from './without-undefined.ts';

export const resources = ['work', 'check', 'send'];

const template = drawnLater(() =>
  fc.constantFrom<Jsonb>(
    { 'all.$': '$' },
    { 'first.$': '$[0]', fixed: [1, { 'again.$': '$' }] },
    { plain: 1 },
    { 'b.$': '$', 'a.$': '$[0]' },
    { 'context.$': '$$' },
    [{ 'x.$': '$[0]' }, 'text'],
    { 'x.$': '$.nothing' },
    { 'x.$': '$$.a' },
    { 'x.$': 7 },
    { 'x.$': null, y: 1 },
    { 'x.$': 'States.UUID()' },
    [{ 'x.$': 'States.Array(1)' }],
    { 'x.$': 'text' },
    { y: { 'x.$': 'a.b' } },
    { 'x.$': '' },
    'text',
    null,
  ),
);

interface Names {
  count: number;
}
const named = (names: Names) => `S${++names.count}`;

/** What a state can be, with the name of the next, if there is one. */
function stateOf(
  type: string,
  next: string | undefined,
  inner: () => Arbitrary<MachineJson>,
): Arbitrary<StateJson> {
  const leads = next === undefined ? { End: true } : { Next: next };
  const common = { Type: type, ...leads };
  const rare = (value: Jsonb) =>
    fc.oneof({ weight: 20, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constant(value) });
  switch (type) {
    case 'Succeed':
      return fc
        .record({ InputPath: valuePath, OutputPath: valuePath })
        .map((paths) => without({ Type: type, ...paths }) as StateJson);
    case 'Fail':
      return fc.constant({ Type: type, Error: 'E', Cause: 'c' } as StateJson);
    case 'Wait':
      return fc
        .record({ Seconds: fc.constantFrom(1, 60), InputPath: valuePath, OutputPath: valuePath })
        .map((rest) => without({ ...common, ...rest }) as StateJson);
    case 'Pass':
      return fc
        .record({
          InputPath: valuePath,
          OutputPath: valuePath,
          ResultPath: resultPath,
          Result: rare({ r: 1 }),
          Parameters: rare({ p: 1 }),
        })
        .map((rest) => without({ ...common, ...rest }) as StateJson);
    case 'Task':
      return fc
        .record({
          Resource: fc.constantFrom(...resources),
          ...{ InputPath: valuePath, OutputPath: valuePath, ResultPath: resultPath },
          ...{ ResultSelector: rare({ 'r.$': '$' }), Parameters: rare({ p: 1 }) },
        })
        .map((rest) => without({ ...common, ...rest }) as StateJson);
    case 'Parallel':
      return fc
        .record({
          Branches: fc
            .integer({ min: 0, max: 3 })
            .chain((size) => fc.tuple(...Array.from({ length: size }, inner))),
          ...{ InputPath: valuePath, OutputPath: valuePath, ResultPath: resultPath },
          ...{ ResultSelector: rare({ 'r.$': '$' }), Parameters: rare({ p: 1 }) },
        })
        .map((rest) => without({ ...common, ...rest }) as StateJson);
    default:
      return fc
        .record({
          ItemProcessor: inner(),
          InputPath: fc.constantFrom('$.c', '$.c', '$', undefined),
          ...{ OutputPath: valuePath, ResultPath: resultPath },
          ResultSelector: fc.oneof(
            { weight: 3, arbitrary: fc.constant(undefined) },
            { weight: 2, arbitrary: template },
          ),
        })
        .map((rest) => without({ ...common, ...rest }) as StateJson);
  }
}

const kinds = ['Pass', 'Pass', 'Task', 'Task', 'Wait', 'Choice', 'Parallel', 'Map'];
const ends = ['Pass', 'Pass', 'Task', 'Succeed', 'Fail', 'Wait', 'Parallel', 'Map', 'Map'];
const innerEnds = ['Pass', 'Pass', 'Pass', 'Task', 'Succeed', 'Fail', 'Wait', 'Parallel', 'Map'];

/** A chain of states, in which a Choice leads to any that comes later. */
function machineOf(names: Names, depth: number): Arbitrary<MachineJson> {
  return fc.constantFrom(...(depth === 0 ? [1, 2, 3, 4] : [1, 1, 1, 2])).chain((length) => {
    const chain = Array.from({ length }, () => named(names));
    const inner = () => machineOf(names, depth + 1);
    const flat = (types: string[]) =>
      depth < 2 ? types : types.filter((type) => type !== 'Parallel' && type !== 'Map');
    const states = chain.map((_, i) => {
      const isLast = i === length - 1;
      return fc
        .constantFrom(...flat(isLast ? (depth === 0 ? ends : innerEnds) : kinds))
        .chain((type) =>
          type === 'Choice' ? choiceOf(chain.slice(i + 1)) : stateOf(type, chain[i + 1], inner),
        );
    });
    return fc.tuple(...states).map((all) => ({
      StartAt: chain[0]!,
      States: Object.fromEntries(all.map((state, i) => [chain[i]!, state])),
    }));
  });
}

function choiceOf(targets: readonly string[]): Arbitrary<StateJson> {
  const target = fc.constantFrom(...targets);
  const choices = fc.array(
    fc.tuple(rule, target).map(([each, Next]) => ({ ...each, Next }) as ChoiceJson),
    { minLength: 1, maxLength: 3 },
  );
  return fc
    .record({
      Choices: choices,
      Default: fc.oneof({ weight: 3, arbitrary: target }, { weight: 1, arbitrary: fc.constant(undefined) }),
      InputPath: valuePath,
      OutputPath: valuePath,
    })
    .map((rest) => without({ Type: 'Choice', ...rest }) as unknown as StateJson);
}

const one = (state: object, more: object = {}): MachineJson =>
  ({ StartAt: 'S1', States: { S1: state, ...more } }) as unknown as MachineJson;

/** Whether it is made for more messages than a queue holds. */
export const isWide = (machine: MachineJson): boolean => 'Comment' in machine && machine.Comment === 'wide';

const each: StateJson = {
  ...{ Type: 'Map', End: true },
  ItemProcessor: { StartAt: 'S2', States: { S2: { Type: 'Pass', End: true } } },
};
const asWide = (machine: MachineJson) => ({ Comment: 'wide', ...machine }) as MachineJson;
const wide: readonly MachineJson[] = [
  asWide(one(each)),
  // Somebody waits meanwhile.
  asWide(
    one({
      ...{ Type: 'Parallel', End: true },
      Branches: [
        { StartAt: 'S3', States: { S3: { Type: 'Wait', Seconds: 1, End: true } } },
        { StartAt: 'S4', States: { S4: each } },
      ],
    }),
  ),
];

/** What a template of a Map's results can do. */
const selecting = drawnLater(() =>
  template.map((ResultSelector) =>
    one({
      ...{ Type: 'Map', End: true, InputPath: '$.c', ResultSelector },
      ItemProcessor: { StartAt: 'S2', States: { S2: { Type: 'Succeed' } } },
    }),
  ),
);

/** Where a result can be set. */
const setting = drawnLater(() =>
  fc
    .tuple(oddResultPath, fc.constantFrom(undefined, '$.a'))
    .map(([ResultPath, InputPath]) => one(without({ Type: 'Pass', End: true, ResultPath, InputPath }))),
);

/** A Choice of what the run was given. */
const choosing = drawnLater(() =>
  fc.tuple(fc.array(rule, { minLength: 1, maxLength: 2 }), fc.boolean()).map(([rules, hasDefault]) =>
    one(
      {
        Type: 'Choice',
        Choices: rules.map((each) => ({ ...each, Next: 'S2' })),
        ...(hasDefault && { Default: 'S3' }),
      },
      { S2: { Type: 'Succeed' }, S3: { Type: 'Fail', Error: 'E' } },
    ),
  ),
);

/** Parts that do not say where they begin, or what comes next. */
const headless: readonly MachineJson[] = [
  one({
    ...{ Type: 'Map', InputPath: '$.c', End: true },
    ItemProcessor: { States: { S2: { Type: 'Succeed' } } },
  }),
  one({ Type: 'Pass' }),
  one({ Type: 'Parallel', End: true, Branches: [{ States: { S2: { Type: 'Succeed' } } }] }),
];

/** What nobody should write. */
const broken = drawnLater(
  (): Arbitrary<MachineJson> =>
    fc.oneof(
      fc.constantFrom<MachineJson>(
        one({ Type: 'Pass' }),
        one({ Type: 'Pass', Next: 'nowhere' }),
        { States: { S1: { Type: 'Succeed' } } },
        { StartAt: 'nowhere', States: {} },
        one({ Type: 'Passing', End: true }),
        one({ End: true }),
        one({ Type: 'Parallel', End: true, Branches: [one({ Type: 'Succeed' })] }),
        one({ Type: 'Parallel', End: true }),
        one({ Type: 'Task', End: true }),
        one({ Type: 'Choice' }),
        one({ Type: 'Pass', End: true, ResultPath: '$$.a' }),
        one({ Type: 'Pass', End: true, ResultPath: '$.a[1]' }),
        one({ Type: 'Choice', Choices: [{ Variable: '$$.a', IsNull: true, Next: 'S1' }] }),
        one({
          Type: 'Map',
          End: true,
          ResultSelector: { 'x.$': '$..a' },
          ItemProcessor: { States: { S2: { Type: 'Succeed' } } },
        }),
      ),
      fc
        .tuple(fc.constantFrom('InputPath', 'OutputPath', 'ResultPath'), brokenPath)
        .map(([field, path]) => one({ Type: 'Pass', End: true, [field]: path })),
      brokenPath.map((path) =>
        one({ Type: 'Choice', Choices: [{ Not: { Variable: path, IsNull: true }, Next: 'S1' }] }),
      ),
    ),
);

export const machines = drawnLater(
  (): Arbitrary<MachineJson> =>
    fc.oneof(
      { weight: 16, arbitrary: fc.constant(0).chain(() => machineOf({ count: 0 }, 0)) },
      { weight: 2, arbitrary: fc.constantFrom(...wide) },
      { weight: 8, arbitrary: selecting },
      { weight: 8, arbitrary: setting },
      { weight: 5, arbitrary: choosing },
      { weight: 1, arbitrary: fc.constantFrom(...headless) },
      { weight: 4, arbitrary: broken },
    ),
);
