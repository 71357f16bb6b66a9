/** Random machines that are none. */
import type { Arbitrary } from 'fast-check';
import type { MachineJson } from '../../../../model/state-machine/states-language/language/definition.ts';
import { drawnLater, fc } from '../../../contract/fast-check.ts';
import { brokenPath } from './values.ts';

const one = (state: object, more: object = {}): MachineJson =>
  ({ StartAt: 'S1', States: { S1: state, ...more } }) as unknown as MachineJson;
const last = { Resource: 'work', End: true };
const succeed = { Type: 'Succeed' };
const inner = { StartAt: 'S2', States: { S2: succeed } };
const is = { Variable: '$', IsNull: true };
const choice = (rule: object) => one({ Type: 'Choice', Choices: [{ ...rule, Next: 'S2' }] }, { S2: succeed });
const all = ['States.ALL'];

/** Several have two faults, of which the first by its text is told. */
const known: readonly MachineJson[] = [
  { States: { S1: { Type: 'Succeed' } } },
  { StartAt: 'nowhere', States: { S1: { Type: 'Succeed' } } },
  { StartAt: 'S1', States: {} },
  { ...one(succeed), QueryLanguage: 'JSONata' },
  one({ ...succeed, QueryLanguage: 'JSONata' }),
  one({ Type: 'Parallel', End: true, Branches: [one(succeed)] }),
  one({
    Type: 'Parallel',
    End: true,
    Branches: [inner, { States: {} }, { StartAt: 'S4', States: { S3: succeed } }],
  }),
  one({ Type: 'Map', End: true, ItemProcessor: { States: { S2: succeed } } }),
  one({ Type: 'Map', End: true, Iterator: { StartAt: 'S2', States: { S2: { Type: 'Pass' } } } }),
  { StartAt: 'x'.repeat(81), States: { ['x'.repeat(81)]: { Type: 'Succeed' } } },
  { StartAt: '\u{1f600}'.repeat(80), States: { ['\u{1f600}'.repeat(80)]: { Type: 'Succeed' } } },
  one(succeed, { S2: succeed }),
  one({ Type: 'Pass', Next: 'S2' }, { S2: { Type: 'Pass', Next: 'S1' }, S3: { Type: 'Pass', Next: 'S3' } }),
  one({ Type: 'Pass', Next: 'nowhere' }),
  // Out of a branch.
  one(
    {
      Type: 'Parallel',
      Next: 'S3',
      Branches: [{ StartAt: 'S2', States: { S2: { Type: 'Pass', Next: 'S3' } } }],
    },
    { S3: succeed },
  ),
  one({ Type: 'Choice', Choices: [{ ...is, Next: 'nowhere' }], Default: 'nobody' }),
  one({ Type: 'Task', ...last, Catch: [{ ErrorEquals: ['E1'], Next: 'nowhere' }] }),
  // Fields that another type has.
  one({
    Type: 'Pass',
    End: true,
    Catch: [{ ErrorEquals: [], Next: 'nowhere' }],
    Choices: [{ Next: 'nowhere' }],
    SecondsPath: 'a',
  }),
  one({ ...succeed, Next: 'nowhere', ResultPath: 'a', Parameters: { 'a.$': 1 } }),
  one({ Type: 'Fail', InputPath: 'a', Next: 'nowhere' }),
  ...['Pass', 'Wait', 'Parallel', 'Map', 'Task'].map((Type) => one({ Type })),
  one({ Type: 'Pass', End: false }),
  one({ Type: 'Pass', End: true, Next: 'S1' }),
  one({ Type: 'Task', End: true }),
  one({ Type: 'Choice', Default: 'S1' }),
  one({ Type: 'Choice', Choices: [], Default: 'S1' }),
  one({ Type: 'Wait', End: true, Seconds: 1, SecondsPath: '$.a' }),
  ...[{}, { Variable: '$' }, { ...is, IsString: true }, { ...is, Not: is }, { And: [] }, { Or: [] }].map(
    choice,
  ),
  ...[
    { IsNull: true },
    { And: [is, { StringEquals: 'x' }] },
    { Not: { Or: [{}, { Variable: 'a', IsNull: true }] } },
  ].map(choice),
  ...[{ Variable: '$', StringEqualsPath: 'a' }, { Or: [{ Variable: 'b', NumericLessThanPath: 'a' }] }].map(
    choice,
  ),
  choice({ ...is, StringMatchesPath: 'a' }),
  one({ Type: 'Pass', End: true, Parameters: { 'a.$': null, 'b.$': '$' } }),
  one({ Type: 'Task', ...last, TimeoutSeconds: 5, TimeoutSecondsPath: '$' }),
  one({ Type: 'Task', ...last, HeartbeatSeconds: 5, HeartbeatSecondsPath: '$' }),
  one({ Type: 'Task', ...last, HeartbeatSeconds: 5, TimeoutSeconds: 5 }),
  ...['MaxConcurrency', 'ToleratedFailureCount', 'ToleratedFailurePercentage'].map((field) =>
    one({ Type: 'Map', End: true, ItemProcessor: inner, [field]: 1, [`${field}Path`]: '$' }),
  ),
  one({ Type: 'Fail', Error: 'E', ErrorPath: '$' }),
  one({ Type: 'Fail', Cause: 'E', CausePath: '$' }),
  one({ Type: 'Task', ...last, Retry: [{ ErrorEquals: [] }] }),
  one({ Type: 'Task', ...last, Retry: [{ ErrorEquals: all }, { ErrorEquals: ['E1'] }] }),
  one({ Type: 'Task', ...last, Retry: [{ ErrorEquals: ['E1', ...all] }] }),
  one({ Type: 'Parallel', Branches: [], End: true, Catch: [{ ErrorEquals: [], Next: 'S1' }] }),
  one({
    Type: 'Task',
    ...last,
    Catch: [
      { ErrorEquals: all, Next: 'S1' },
      { ErrorEquals: all, Next: 'S1' },
    ],
  }),
  ...['ItemReader', 'ItemBatcher', 'ResultWriter', 'Assign'].map((field) =>
    one({ Type: 'Map', End: true, ItemProcessor: inner, [field]: {} }),
  ),
  one({ ...succeed, Assign: {} }),
  one({ Type: 'Pass', End: true, ItemReader: {}, ResultPath: '$$.a' }),
];

const ofWait = { Type: 'Wait', End: true };
const ofTask = { Type: 'Task', ...last };
const ofMap = { Type: 'Map', End: true, ItemProcessor: inner };
const ofPass = { Type: 'Pass', End: true };
/** Each field that holds a path, in a state that has it. */
const withPath: readonly (readonly [object, string])[] = [
  ...(['InputPath', 'OutputPath', 'ResultPath'] as const).map((field) => [ofPass, field] as const),
  ...(['InputPath', 'OutputPath', 'SecondsPath', 'TimestampPath'] as const).map(
    (field) => [ofWait, field] as const,
  ),
  ...(['TimeoutSecondsPath', 'HeartbeatSecondsPath', 'ResultPath'] as const).map(
    (field) => [ofTask, field] as const,
  ),
  ...(['ItemsPath', 'MaxConcurrencyPath', 'ToleratedFailureCountPath', 'ResultPath'] as const).map(
    (field) => [ofMap, field] as const,
  ),
  [ofMap, 'ToleratedFailurePercentagePath'],
  [{ Type: 'Fail' }, 'ErrorPath'],
  [{ Type: 'Fail' }, 'CausePath'],
  [succeed, 'InputPath'],
];
const withTemplate: readonly (readonly [object, string])[] = [
  [ofPass, 'Parameters'],
  [ofTask, 'Parameters'],
  [ofTask, 'ResultSelector'],
  [ofMap, 'Parameters'],
  [ofMap, 'ItemSelector'],
  [ofMap, 'ResultSelector'],
  [{ Type: 'Parallel', Branches: [], End: true }, 'Parameters'],
];

export const broken = drawnLater(
  (): Arbitrary<MachineJson> =>
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...known) },
      {
        weight: 2,
        arbitrary: fc
          .tuple(fc.constantFrom(...withPath), brokenPath)
          .map(([[state, field], path]) => one({ ...state, [field]: path })),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(
            fc.constantFrom(...withTemplate),
            fc.constantFrom<unknown>(1, null, 'text', '$..a', 'States.UUID()', ['$'], { 'b.$': '$' }),
            fc.boolean(),
          )
          .map(([[state, field], value, isDeep]) =>
            one({ ...state, [field]: isDeep ? [{ b: { 'a.$': value } }] : { 'a.$': value, 'z.$': '$' } }),
          ),
      },
      {
        weight: 1,
        arbitrary: brokenPath.map((path) =>
          one({ ...ofTask, Catch: [{ ErrorEquals: ['E1'], ResultPath: path, Next: 'S1' }] }),
        ),
      },
      {
        weight: 1,
        arbitrary: brokenPath.map((path) => choice({ Not: { And: [{ Variable: path, IsNull: true }] } })),
      },
    ),
);
