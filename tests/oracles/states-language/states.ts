/** What each type of state does, and how it ends. */
import type {
  MachineJson,
  StateJson,
} from '../../../src/model/state-machine/states-language/language/definition.ts';
import { holds } from './choices.ts';
import { caught, delayOf, failureOf } from './handlers.ts';
import { limitsOf, runBranches, runIterations } from './parts.ts';
import { put, selectedAs, through } from './paths.ts';
import { fill } from './templates.ts';
import { isList, isTooLarge, type Json, type JsonObject, StateError, timeOf } from './values.ts';
import type { Visit } from './visits.ts';
import type { Ended, Failure, Outcome, Scope, World } from './world.ts';

export interface Entered {
  readonly name: string;
  readonly state: StateJson;
  /** The raw input. */
  readonly input: Json;
  readonly at: number;
  readonly id: string;
  readonly scope: Scope;
}

/** How it leaves the state: to the next, or to the end. */
export type Left = { readonly at: number; readonly visits: readonly Visit[] } & (
  | { readonly output: Json; readonly next: string | undefined }
  | { readonly failure: Failure }
);

type RunMachine = (machine: MachineJson, input: Json, at: number, scope: Scope) => Ended;

interface Attempt extends Entered {
  readonly attempt: number;
  readonly from: number;
  readonly context: JsonObject;
  readonly world: World;
  readonly run: RunMachine;
}

const never = Number.POSITIVE_INFINITY;
const handling = ['Task', 'Parallel', 'Map'];

export function runState(entered: Entered, world: World, run: RunMachine): Left {
  const { name, state, input, at } = entered;
  const counts = (state.Retry ?? []).map(() => 0);
  const isHandling = handling.includes(state.Type);
  const tries: number[] = [];
  const inner: Visit[] = [];
  const visit = (end: Visit['end']): Visit[] => [
    { state: name, input, at, tries, end, isSure: true, isClear: true },
    ...inner,
  ];
  for (let from = at; ; ) {
    tries.push(from);
    const left = attemptOf(entered, tries.length, from, world, run);
    inner.push(...left.visits);
    if (left.at === never) return { ...left, visits: visit(undefined) };
    if ('output' in left)
      return { ...left, visits: visit({ at: left.at, status: 'succeeded', output: left.output }) };
    const { isInner, failure } = left;
    const handled = isHandling && !failure.isFatal;
    const delay = handled ? delayOf(state.Retry ?? [], counts, failure.error, world.jitter) : undefined;
    if (delay !== undefined) {
      from = left.at + delay;
      continue;
    }
    const to = handled ? caught(state.Catch ?? [], failure, input) : undefined;
    if (to && 'next' in to) return { ...to, at: left.at, visits: visit({ at: left.at, status: 'caught' }) };
    // What ends the whole execution from within does not come through this state.
    const status = failure.isFatal && isInner ? 'aborted' : 'failed';
    return { at: left.at, failure: to?.failure ?? failure, visits: visit({ at: left.at, status }) };
  }
}

/** `isInner`: the failure is one of a branch or an iteration. */
type Tried =
  | Extract<Left, { output: Json }>
  | (Extract<Left, { failure: Failure }> & { readonly isInner: boolean });

function attemptOf(entered: Entered, attempt: number, from: number, world: World, run: RunMachine): Tried {
  const own: Attempt = { ...entered, attempt, from, world, run, context: contextOf(entered, attempt, world) };
  let at = from;
  let visits: readonly Visit[] = [];
  try {
    const done = execute(own);
    ({ at, visits } = done);
    if ('failure' in done) return { ...done, isInner: entered.state.Type !== 'Task' };
    if (at === never) return { at, visits, output: null, next: undefined };
    return { at, visits, output: complete(own, done.output), next: done.next ?? nextOf(entered.state) };
  } catch (thrown) {
    return { at, visits, failure: failureOf(thrown), isInner: false };
  }
}

const nextOf = ({ Type, End, Next }: StateJson) => (End || Type === 'Succeed' ? undefined : Next);
const iso = (instant: number) => new Date(instant).toISOString();

function contextOf({ name, state, at, id, scope }: Entered, attempt: number, world: World): JsonObject {
  const { machine, input, startedAt } = world;
  return {
    Execution: { Id: '1', Input: input, Name: '1', StartTime: iso(startedAt) },
    State: { EnteredTime: iso(at), Name: name, RetryCount: attempt - 1 },
    StateMachine: { Id: machine, Name: machine },
    ...(state.Type === 'Task' && { Task: { Token: `${id}#${attempt}` } }),
    ...(scope.item && mapContext(scope.item)),
  };
}
const mapContext = ({ index, value }: { index: number; value: Json }) => ({
  Map: { Item: { Index: index, Value: value } },
});

type Done = Ended & { readonly next?: string };
const done = (at: number, output: Json): Done => ({ at, visits: [], output });

/** What the state gives, before its way out. */
function execute(own: Attempt): Done {
  const { state, from } = own;
  if (state.Type === 'Fail') return fail(own);
  const input = through('InputPath', state.InputPath, { input: own.input, context: own.context });
  const roots = { input, context: own.context };
  const parameters = () =>
    state.Parameters === undefined ? input : fill('Parameters', state.Parameters as Json, roots);
  switch (state.Type) {
    case 'Pass': {
      const given = parameters();
      return done(from, state.Result === undefined ? given : (state.Result as Json));
    }
    case 'Succeed':
      return done(from, input);
    case 'Choice': {
      const next = state.Choices!.find((rule) => holds(rule, roots))?.Next ?? state.Default;
      if (next === undefined) throw new StateError('States.NoChoiceMatched');
      return { ...done(from, input), next };
    }
    case 'Wait':
      return done(Math.max(from, waitEnd(own, input)), input);
    case 'Task':
      return task(own, input, parameters);
    case 'Parallel': {
      const given = parameters();
      const branches = state.Branches!.map(
        (branch, i) => () => own.run(branch, given, from, { ...own.scope, id: partId(own, i) }),
      );
      return runBranches(branches, from, own.world);
    }
    case 'Map':
      return map(own, input);
  }
}

const partId = ({ id, attempt }: Attempt, index: number) => `${id}#${attempt}/${index}`;

function fail({ state, input, context }: Attempt): never {
  const isText = (value: Json): value is string => typeof value === 'string';
  const word = (field: 'Error' | 'Cause') => {
    const path = state[`${field}Path`];
    if (path === undefined) return state[field] ?? null;
    return selectedAs(`${field}Path`, path, { input, context }, isText);
  };
  const error = word('Error');
  throw new StateError(error, word('Cause'));
}

const isWhole =
  (least: number) =>
  (value: Json): value is number =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= 99_999_999;

function waitEnd({ state, from, context }: Attempt, input: Json): number {
  const roots = { input, context };
  const { Seconds, SecondsPath, Timestamp, TimestampPath } = state;
  if (Seconds !== undefined) return from + Number(Seconds) * 1000;
  if (Timestamp !== undefined) return timeOf(Timestamp)!;
  if (SecondsPath !== undefined)
    return from + selectedAs('SecondsPath', SecondsPath, roots, isWhole(0)) * 1000;
  const isTime = (value: Json): value is string => timeOf(value) !== undefined;
  return timeOf(selectedAs('TimestampPath', TimestampPath!, roots, isTime))!;
}

function task(own: Attempt, input: Json, parameters: () => Json): Done {
  const { state, from, context, name, attempt, scope } = own;
  const limit = (field: 'TimeoutSeconds' | 'HeartbeatSeconds'): number => {
    const path = state[`${field}Path`];
    const roots = { input, context };
    const seconds = path === undefined ? state[field] : selectedAs(`${field}Path`, path, roots, isWhole(1));
    return seconds === undefined ? never : Number(seconds) * 1000;
  };
  const [timeout, heartbeat] = [limit('TimeoutSeconds'), limit('HeartbeatSeconds')];
  const index = scope.item && { index: scope.item.index };
  const asked = { state: name, resource: state.Resource!, attempt, ...index, input: parameters() };
  const outcome = own.world.outcomeOf(asked);
  const silent = silence(outcome, heartbeat);
  const failed = (after: number, error: string, cause: string | null): Done => ({
    ...{ at: from + after, visits: [] },
    failure: { error, cause, isFatal: error === 'States.Runtime' },
  });
  if (outcome.afterMs > Math.min(timeout, silent)) {
    if (timeout <= silent) return failed(timeout, 'States.Timeout', null);
    return failed(silent, 'States.HeartbeatTimeout', null);
  }
  if ('error' in outcome) return failed(outcome.afterMs, outcome.error, outcome.cause);
  if (outcome.afterMs !== never && isTooLarge(outcome.output))
    return failed(outcome.afterMs, 'States.DataLimitExceeded', null);
  return done(from + outcome.afterMs, outcome.output);
}

/** When its heartbeat is missed: the first beat that comes too late, or none after the last. */
function silence({ beats = [] }: Outcome, heartbeat: number): number {
  let last = 0;
  for (const beat of beats) {
    if (beat - last > heartbeat) break;
    last = beat;
  }
  return last + heartbeat;
}

function map(own: Attempt, input: Json): Done {
  const { state, from, context, scope, world } = own;
  const items = selectedAs('ItemsPath', state.ItemsPath ?? '$', { input, context }, isList);
  const limits = limitsOf(state, input, context);
  const field = state.ItemSelector === undefined ? 'Parameters' : 'ItemSelector';
  const template = state[field] as Json | undefined;
  const inputs = items.map((value, index) => {
    const ofItem = { ...context, ...mapContext({ index, value }) };
    return template === undefined ? value : fill(field, template, { input, context: ofItem });
  });
  const processor = (state.ItemProcessor ?? state.Iterator)!;
  const iterations = items.map((value, index) => (at: number) => {
    const part = { ...scope, id: partId(own, index), item: { index, value } };
    return own.run(processor, inputs[index]!, at, part);
  });
  return runIterations(iterations, from, limits, world);
}

/** The way out: ResultSelector, ResultPath, OutputPath. */
function complete({ state, input, context }: Attempt, result: Json): Json {
  const hasSelector = handling.includes(state.Type) && state.ResultSelector !== undefined;
  const selection = hasSelector
    ? fill('ResultSelector', state.ResultSelector as Json, { input: result, context })
    : result;
  const hasPath = handling.includes(state.Type) || state.Type === 'Pass';
  const whole = hasPath ? put(state.ResultPath, input, selection) : selection;
  const output = through('OutputPath', state.OutputPath, { input: whole, context });
  if (isTooLarge(output)) throw new StateError('States.DataLimitExceeded');
  return output;
}
