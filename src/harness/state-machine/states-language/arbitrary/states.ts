/** Random states of each type. */
import type { Arbitrary } from 'fast-check';
import type { Jsonb } from '../../../../model/kernel/jsonb.ts';
import type {
  MachineJson,
  StateJson,
} from '../../../../model/state-machine/states-language/language/definition.ts';
import { drawnLater, fc } from '../../../contract/fast-check.ts';
import { present } from '../../../contract/present.ts';
import { catchers, retriers } from './handlers.ts';
import { rule } from './rules.ts';
import { path, resultPath, seldom, template, throughPath } from './values.ts';

export const resources = ['work', 'check', 'send'];

/** Where a state can lead: to the next, and to any that comes later. */
export interface Leads {
  readonly next: string | undefined;
  readonly later: readonly string[];
}

type Fields = Readonly<Record<string, Arbitrary<unknown>>>;

const made = (Type: StateJson['Type'], fields: Fields): Arbitrary<StateJson> =>
  fc.record(fields).map((rest) => present({ Type, ...rest }) as unknown as StateJson);

const through = (): Fields => ({ InputPath: throughPath, OutputPath: throughPath });
const on = ({ next }: Leads): Fields =>
  next === undefined
    ? { End: fc.constant(true) }
    : { Next: fc.constant(next), End: seldom(fc.constant(false), 1) };
const results = (): Fields => ({
  ...through(),
  ...{ Parameters: seldom(template, 4), ResultPath: resultPath },
});
const handled = ({ later }: Leads): Fields => ({
  ResultSelector: seldom(template, 2),
  Retry: retriers,
  ...(later.length > 0 && { Catch: catchers(later) }),
});

/** Given as a number, by a path, or not. */
const either = (field: string, values: readonly number[], paths: readonly string[]) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constant({}) },
    { weight: 4, arbitrary: fc.constantFrom(...values).map((value) => ({ [field]: value })) },
    {
      weight: 1,
      arbitrary: fc
        .oneof({ weight: 3, arbitrary: fc.constantFrom(...paths) }, { weight: 1, arbitrary: path })
        .map((each) => ({ [`${field}Path`]: each })),
    },
  );

const withAll = (state: Arbitrary<StateJson>, ...more: readonly Arbitrary<object>[]): Arbitrary<StateJson> =>
  fc.tuple(state, ...more).map((all) => Object.assign({}, ...all) as StateJson);

const wait = drawnLater(
  (): Arbitrary<object> =>
    fc.oneof(
      fc.constantFrom(0, 1, 60, 86_400).map((Seconds) => ({ Seconds })),
      fc
        .constantFrom('2030-01-01T00:00:05.5Z', '2029-01-01T00:00:00Z', '2030-01-01T00:00:05.5009Z')
        .map((Timestamp) => ({ Timestamp })),
      fc.oneof(fc.constant('$.s'), path).map((SecondsPath) => ({ SecondsPath })),
      fc.oneof(fc.constant('$.d.f'), path).map((TimestampPath) => ({ TimestampPath })),
    ),
);

const words = drawnLater(
  (): Arbitrary<object> =>
    fc
      .tuple(
        fc.constantFrom<object>(
          {},
          { Error: 'E1' },
          { Error: 'E2' },
          { Error: 'States.Runtime' },
          { ErrorPath: '$.b' },
        ),
        fc.constantFrom<object>(
          {},
          { Cause: 'why' },
          { CausePath: '$.b' },
          { CausePath: '$.nothing' },
          { CausePath: '$.a' },
        ),
      )
      .map(([error, cause]) => ({ ...error, ...cause })),
);

export function stateOf(
  type: StateJson['Type'],
  leads: Leads,
  inner: () => Arbitrary<MachineJson>,
): Arbitrary<StateJson> {
  switch (type) {
    case 'Succeed':
      return made(type, through());
    case 'Fail':
      return withAll(made(type, {}), words);
    case 'Wait':
      return withAll(made(type, { ...through(), ...on(leads) }), wait);
    case 'Pass':
      return made(type, {
        ...results(),
        ...on(leads),
        Result: seldom(fc.constantFrom<Jsonb>({ r: 1 }, null, [1, 2], { c: [1, 2], s: 1 })),
      });
    case 'Task':
      return withAll(
        made(type, {
          ...{ ...results(), ...handled(leads), ...on(leads) },
          Resource: fc.constantFrom(...resources),
        }),
        either('TimeoutSeconds', [60, 90], ['$.s']),
        either('HeartbeatSeconds', [5, 20], ['$.s']),
      );
    case 'Parallel':
      return made(type, {
        ...{ ...results(), ...handled(leads), ...on(leads) },
        Branches: fc
          .integer({ min: 0, max: 3 })
          .chain((size) => fc.tuple(...Array.from({ length: size }, inner))),
      });
    case 'Map':
      return mapOf(leads, inner);
    case 'Choice':
      return choiceOf(leads.later);
  }
}

function mapOf(leads: Leads, inner: () => Arbitrary<MachineJson>): Arbitrary<StateJson> {
  const processed = fc
    .tuple(inner(), fc.integer({ min: 0, max: 5 }))
    .map(([machine, older]) => (older === 0 ? { Iterator: machine } : { ItemProcessor: machine }));
  const items = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom({ ItemsPath: '$.c' }, { ItemsPath: "$['c']" }) },
    { weight: 2, arbitrary: fc.constantFrom<object>({}, { ItemsPath: '$.a' }, { ItemsPath: '$.nothing' }) },
  );
  return withAll(
    made('Map', {
      ...{ ...through(), ...handled(leads), ...on(leads), ResultPath: resultPath },
      ...{ ItemSelector: seldom(template, 4), Parameters: seldom(template, 1) },
    }),
    processed,
    items,
    either('MaxConcurrency', [0, 1, 2], ['$.s']),
    either('ToleratedFailureCount', [0, 1, 2], ['$.s']),
    either('ToleratedFailurePercentage', [0, 25, 50, 100], ['$.s']),
  );
}

function choiceOf(targets: readonly string[]): Arbitrary<StateJson> {
  const target = fc.constantFrom(...targets);
  return made('Choice', {
    ...through(),
    Choices: fc.array(
      fc.tuple(rule, target).map(([each, Next]) => ({ ...each, Next })),
      { minLength: 1, maxLength: 3 },
    ),
    Default: fc.oneof({ weight: 4, arbitrary: target }, { weight: 1, arbitrary: fc.constant(undefined) }),
  });
}
