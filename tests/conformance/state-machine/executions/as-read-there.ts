/** What the package makes of a machine, written as a machine of the language: each reading is a deviation of it. */
import type { Jsonb } from '../../../../src/model/kernel/jsonb.ts';
import type {
  CatcherJson,
  MachineJson,
  RetrierJson,
  RuleJson,
  StateJson,
} from '../../../../src/model/state-machine/states-language/language/definition.ts';

/** What is made of a state, by its name. */
export type Reading = (state: StateJson, name: string) => StateJson;

export function readAs(machine: MachineJson, readings: readonly Reading[]): MachineJson {
  const inner = (each: MachineJson) => readAs(each, readings);
  const states = Object.entries(machine.States).map(([name, state]) => {
    const read = readings.reduce((each, next) => next(each, name), state);
    const { Branches, ItemProcessor, Iterator: older } = read;
    return [
      name,
      {
        ...read,
        ...(Branches && { Branches: Branches.map(inner) }),
        ...(ItemProcessor && { ItemProcessor: inner(ItemProcessor) }),
        ...(older && { Iterator: inner(older) }),
      },
    ];
  });
  return { ...machine, States: Object.fromEntries(states) };
}

/** A `Result` of null is none. */
export function withoutEmptyResult({ Result, ...state }: StateJson): StateJson {
  return Result ? { ...state, Result } : state;
}

const flags = ['IsNull', 'IsNumeric', 'IsString', 'IsBoolean', 'IsTimestamp'];

/** `IsNull: false`, and so on, are never met. */
export function withoutFalseFlags(state: StateJson): StateJson {
  const { Choices } = state;
  return Choices ? { ...state, Choices: Choices.map((each) => withNoFalse(each) as typeof each) } : state;
}

function withNoFalse(rule: RuleJson): RuleJson {
  const { And, Or, Not, Next } = rule;
  const next = Next === undefined ? {} : { Next };
  if (And) return { And: And.map(withNoFalse), ...next };
  if (Or) return { Or: Or.map(withNoFalse), ...next };
  if (Not) return { Not: withNoFalse(Not), ...next };
  const { Variable } = rule as { Variable: string };
  if (rule.IsPresent === false) {
    const present = { Variable, IsPresent: true };
    return { And: [present, { Not: present }], ...next };
  }
  // Of a value that is missing, it fails all the same.
  return flags.some((flag) => rule[flag] === false)
    ? {
        And: [
          { Variable, IsNull: true },
          { Variable, IsString: true },
        ],
        ...next,
      }
    : rule;
}

/** A `ResultPath` that does not begin with `$.` begins with a field of the name `$`. */
export function withFieldOfDollar(state: StateJson): StateJson {
  const read = <T extends { readonly ResultPath?: string | null }>(of: T): T =>
    typeof of.ResultPath === 'string' && !of.ResultPath.startsWith('$.')
      ? { ...of, ResultPath: `$['$']${of.ResultPath.slice(1)}` }
      : of;
  return { ...read(state), ...(state.Catch && { Catch: state.Catch.map(read) }) };
}

/** A Fail without `Error` has one. */
export function withNamedFailure(state: StateJson): StateJson {
  const isNamed = state.Error !== undefined || state.ErrorPath !== undefined;
  return {
    ...state,
    ...(state.Type === 'Fail' && !isNamed && { Error: 'FailStateError' }),
    ...(state.Type === 'Fail' &&
      state.Cause === undefined &&
      state.CausePath === undefined && { Cause: 'Execution failed because of a Fail state' }),
  };
}

/** Of `x.$` and `x` in one object of a template, the later one counts. */
export const withTheLaterOfTwo = (state: StateJson): StateJson => ({
  ...state,
  ...(state.Parameters !== undefined && { Parameters: withLater(state.Parameters) }),
  ...(state.ItemSelector !== undefined && { ItemSelector: withLater(state.ItemSelector) }),
  ...(state.ResultSelector !== undefined && { ResultSelector: withLater(state.ResultSelector) }),
});

function withLater(template: Jsonb): Jsonb {
  if (Array.isArray(template)) return template.map(withLater);
  if (typeof template !== 'object' || template === null) return template;
  const entries = Object.entries(template);
  const names = entries.map(([name]) => name);
  const read = ([name, value]: [string, unknown], i: number): [string, unknown][] => {
    const isAgain = names.includes(`${name}.$`) && names.indexOf(`${name}.$`) < i;
    if (isAgain) return [];
    const later = name.endsWith('.$') ? names.indexOf(name.slice(0, -2)) : -1;
    if (later <= i) return [[name, withLater(value as Jsonb)]];
    // It is evaluated all the same, and may select nothing.
    return [[name, `States.ArrayGetItem(States.Array(${entries[later]![1]}, ${value}), 0)`]];
  };
  return Object.fromEntries(entries.flatMap(read)) as Jsonb;
}

/** In states of these names, a `ResultPath` `$.p.q` leads through what is no object: it makes one of it. */
export const withObjectsMade =
  (names: ReadonlySet<string>) =>
  (state: StateJson, name: string): StateJson => {
    const [, parent, field] = /^(.*)\.(\w+)$/.exec(state.ResultPath ?? '') ?? [];
    if (!names.has(name) || parent === undefined || field === undefined) return state;
    const wrapped = (template: Jsonb | undefined): Jsonb =>
      template === undefined ? { [`${field}.$`]: '$' } : { [field]: template };
    const at = { ...state, ResultPath: parent };
    if (state.Type !== 'Pass') return { ...at, ResultSelector: wrapped(state.ResultSelector) };
    return state.Result === undefined
      ? { ...at, Parameters: wrapped(state.Parameters) }
      : { ...at, Result: wrapped(state.Result) };
  };

/** In the Parallel or the Map of this name, all parts but one begin later. */
export const withOneFirst =
  (of: string, part: number) =>
  (state: StateJson, name: string): StateJson => {
    if (name !== of) return state;
    const { Branches, ItemProcessor, Iterator: older } = state;
    const isFirst: RuleJson = { Variable: '$$.Map.Item.Index', NumericEquals: part };
    return {
      ...state,
      ...(Branches && { Branches: Branches.map((each, i) => (i === part ? each : later(each, name))) }),
      ...(ItemProcessor && { ItemProcessor: laterUnless(isFirst, ItemProcessor, name) }),
      ...(older && { Iterator: laterUnless(isFirst, older, name) }),
    };
  };

function later(machine: MachineJson, of: string): MachineJson {
  const name = `later ${of} ${machine.StartAt}`;
  const wait = { Type: 'Wait', Seconds: 10_000_000, Next: machine.StartAt! } as const;
  return { ...machine, StartAt: name, States: { ...machine.States, [name]: wait } };
}

function laterUnless(rule: RuleJson, machine: MachineJson, of: string): MachineJson {
  const waiting = later(machine, of);
  const name = `whether ${waiting.StartAt}`;
  const Choices = [{ ...rule, Next: machine.StartAt! }];
  const choice = { Type: 'Choice', Choices, Default: waiting.StartAt! } as const;
  return { ...waiting, StartAt: name, States: { ...waiting.States, [name]: choice } };
}

/** Before any other character, `\\` stands for nothing in a pattern. */
export function withoutOpenEscapes(state: StateJson): StateJson {
  const { Choices } = state;
  return Choices ? { ...state, Choices: Choices.map((each) => withPattern(each) as typeof each) } : state;
}

function withPattern(rule: RuleJson): RuleJson {
  const { And, Or, Not, StringMatches } = rule;
  return {
    ...rule,
    ...(And && { And: And.map(withPattern) }),
    ...(Or && { Or: Or.map(withPattern) }),
    ...(Not && { Not: withPattern(Not) }),
    ...(typeof StringMatches === 'string' && {
      StringMatches: StringMatches.replace(/\\([^*\\]|$)|(\\.)/g, '$1$2'),
    }),
  };
}

/** All that a machine can fail with, but for `States.Runtime` and what is that there. */
const errors = [
  ...['E1', 'E2', 'E3', 'FailStateError', 'States.NoChoiceMatched', 'States.ResultPathMatchFailure'],
  ...['x', 'xy', 'x*', 'a\\b', 'é', '\u{1f600}', '\uffee', 'x\ny', ''],
];

type Handler = RetrierJson | CatcherJson;
const handling = (state: StateJson, read: (names: readonly string[]) => readonly string[]): StateJson => {
  const of = <T extends Handler>(handlers: readonly T[]): T[] =>
    handlers.map((each) => ({ ...each, ErrorEquals: read(each.ErrorEquals) }));
  return {
    ...state,
    ...(state.Retry && { Retry: of(state.Retry) }),
    ...(state.Catch && { Catch: of(state.Catch) }),
  };
};

/** `States.TaskFailed` means something in a Task alone. */
export const withTaskFailedInTasks = (state: StateJson): StateJson =>
  state.Type === 'Task'
    ? state
    : handling(state, (names) => names.map((each) => (each === 'States.TaskFailed' ? 'nothing' : each)));

/** What selects nothing in a template is never tried again nor caught, as it is `States.Runtime` there. */
export const withoutParameterPathFailure = (state: StateJson): StateJson =>
  handling(state, (names) => [
    ...names.flatMap((each) =>
      each === 'States.ALL' || each === 'States.TaskFailed'
        ? errors
        : each === 'States.ParameterPathFailure'
          ? 'nothing'
          : each,
    ),
  ]);
