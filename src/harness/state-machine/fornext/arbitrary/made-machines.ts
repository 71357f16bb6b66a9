/** Machines that were made to reach what random ones hardly do. */
import type { Arbitrary } from 'fast-check';
import type { Jsonb } from '../../../../model/kernel/jsonb.ts';
import type { MachineJson, StateJson } from '../../../../model/state-machine/shared/definition.ts';
import { drawnLater, fc } from '../../../contract/fast-check.ts';
import { present } from '../../../contract/present.ts';
import { brokenPath, oddResultPath } from './paths.ts';
import { comparing, rule } from './rules.ts';

/** Of a Map: what is made of its results. */
export const template = drawnLater(() =>
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

const one = (state: object, more: object = {}): MachineJson =>
  ({ StartAt: 'S1', States: { S1: state, ...more } }) as unknown as MachineJson;

/** Whether it is made for more messages than a queue holds. */
export const isWide = (machine: MachineJson): boolean => 'Comment' in machine && machine.Comment === 'wide';

const each: StateJson = {
  ...{ Type: 'Map', End: true },
  ItemProcessor: { StartAt: 'S2', States: { S2: { Type: 'Pass', End: true } } },
};
const asWide = (machine: MachineJson) => ({ Comment: 'wide', ...machine }) as MachineJson;
export const wide: readonly MachineJson[] = [
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
export const selecting = drawnLater(() =>
  template.map((ResultSelector) =>
    one({
      ...{ Type: 'Map', End: true, InputPath: '$.c', ResultSelector },
      ItemProcessor: { StartAt: 'S2', States: { S2: { Type: 'Succeed' } } },
    }),
  ),
);

/** Where a result can be set. */
export const setting = drawnLater(() =>
  fc
    .tuple(oddResultPath, fc.constantFrom(undefined, '$.a'))
    .map(([ResultPath, InputPath]) => one(present({ Type: 'Pass', End: true, ResultPath, InputPath }))),
);

/** A Choice of what the run was given. */
export const choosing = drawnLater(() =>
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

/** One comparison, whose answer shows in what follows. */
export const comparison = drawnLater(() =>
  comparing.map((rule) => ({
    Comment: 'whole',
    ...one(
      { Type: 'Choice', Choices: [{ ...rule, Next: 'S2' }], Default: 'S3' },
      { S2: { Type: 'Succeed' }, S3: { Type: 'Fail', Error: 'E' } },
    ),
  })),
);
/** Whether it compares what all inputs of a kind have. */
export const isOfWhole = (machine: MachineJson): boolean =>
  'Comment' in machine && machine.Comment === 'whole';

/** Parts that do not say where they begin, or what comes next, or lead to where they should not. */
export const headless: readonly MachineJson[] = [
  one({ Type: 'Pass', Next: 'S1', InputPath: '$.c' }),
  one({ Type: 'Pass', Next: 'S1', End: true }),
  one(
    { Type: 'Choice', End: true, Choices: [{ Variable: '$', IsPresent: true, Next: 'S2' }] },
    { S2: { Type: 'Succeed' } },
  ),
  // Into a branch, and out of one.
  one(
    { Type: 'Pass', Next: 'S3' },
    {
      S2: {
        Type: 'Parallel',
        End: true,
        Branches: [{ StartAt: 'S3', States: { S3: { Type: 'Pass', End: true } } }],
      },
    },
  ),
  one(
    { Type: 'Parallel', End: true, Branches: [{ StartAt: 'S2', States: { S3: { Type: 'Fail' } } }] },
    { S2: { Type: 'Pass', Next: 'S3' } },
  ),
  one({
    ...{ Type: 'Map', InputPath: '$.c', End: true },
    ItemProcessor: { States: { S2: { Type: 'Succeed' } } },
  }),
  one({ Type: 'Pass' }),
  one({ Type: 'Parallel', End: true, Branches: [{ States: { S2: { Type: 'Succeed' } } }] }),
];

/** What nobody should write. */
export const broken = drawnLater(
  (): Arbitrary<MachineJson> =>
    fc.oneof(
      fc.constantFrom<MachineJson>(
        one({ Type: 'Pass', Next: 'nowhere' }),
        { States: { S1: { Type: 'Succeed' } } },
        { StartAt: 'nowhere', States: {} },
        one({ Type: 'Passing', End: true }),
        one({ End: true }),
        one({ Type: 'Parallel', End: true, Branches: [one({ Type: 'Succeed' })] }),
        one({ Type: 'Parallel', End: true }),
        one({ Type: 'Task', End: true }),
        one({ Type: 'Choice' }),
        one({ Type: 'Choice', Choices: null, Default: 'S1' }),
        one({ Type: 'Parallel', End: true, Branches: null }),
        one({ Type: 'Pass', End: true, Choices: null, Branches: null, ItemProcessor: null }),
        one({ Type: 'Choice', Choices: [{ Variable: '', IsNull: true, Next: 'S1' }] }),
        // Two faults: the first is told.
        one({ Type: 'Choice', Choices: [{ Variable: '$..b', StringEqualsPath: '$..a', Next: 'S1' }] }),
        one({
          Type: 'Choice',
          Choices: [{ StringEqualsPath: '$..a', NumericEqualsPath: '$..b', Next: 'S1' }],
        }),
        one({
          Type: 'Choice',
          Choices: [{ Not: { Variable: '$..c' }, And: [{ Variable: '$..d' }], Next: 'S1' }],
        }),
        one({ Type: 'Pass', End: true, InputPath: 'a', OutputPath: 'b', ResultPath: 'c' }),
        one(
          { Type: 'Parallel', End: true, Branches: [{ States: { S1: { Type: 'Pass', InputPath: 'a' } } }] },
          { S0: { Type: 'Pass', InputPath: 'b' } },
        ),
        one(
          { Type: 'Parallel', End: true, Branches: [{ States: { S0: { Type: 'Walk' } } }] },
          { S2: { Type: 'Run' } },
        ),
        one({ Type: 'Pass', End: true, ResultPath: '$$.a' }),
        one({ Type: 'Pass', End: true, ResultPath: '$.a[1]' }),
        one({ Type: 'Choice', Choices: [{ Variable: '$$.a', IsNull: true, Next: 'S1' }] }),
        one({
          Type: 'Map',
          End: true,
          ResultSelector: { 'bb.$': '$..b', 'c.$': '$..a' },
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
