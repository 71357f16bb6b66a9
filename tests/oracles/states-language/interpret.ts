/** A machine of the states language, interpreted directly: each state is a call, and time is a number that is handed on. */
import type {
  MachineJson,
  StateJson,
} from '../../../src/model/state-machine/states-language/language/definition.ts';
import { runState } from './states.ts';
import type { Json } from './values.ts';
import { cut, type Visit } from './visits.ts';
import type { Ended, Scope, World } from './world.ts';

export interface Interpreted {
  /** Running: something in it never ends. */
  readonly status: 'Succeeded' | 'Failed' | 'TimedOut' | 'Running';
  readonly output: Json | undefined;
  readonly error: string | null;
  readonly cause: string | null;
  /** Milliseconds since the epoch; Infinity: never. */
  readonly endedAt: number;
  readonly visits: readonly Visit[];
}

export type Options = Pick<World, 'startedAt' | 'outcomeOf'> & Partial<Pick<World, 'jitter' | 'pick'>>;

export function interpret(definition: MachineJson, input: Json, options: Options): Interpreted {
  const world: World = { machine: 'machine', jitter: 1000, pick: () => 0, input, ...options };
  const ended = runMachine(definition, input, world.startedAt, { id: '1' }, world);
  const { TimeoutSeconds } = definition;
  const limit = world.startedAt + (TimeoutSeconds ?? Number.POSITIVE_INFINITY) * 1000;
  const nothing = { output: undefined, error: null, cause: null };
  if (limit < ended.at || (limit === ended.at && TimeoutSeconds !== undefined && world.pick(2) === 0)) {
    const visits = cut(ended.visits, limit);
    return { ...nothing, status: 'TimedOut', error: 'States.Timeout', endedAt: limit, visits };
  }
  const { at: endedAt, visits } = ended;
  if (endedAt === Number.POSITIVE_INFINITY) return { ...nothing, status: 'Running', endedAt, visits };
  if ('output' in ended) return { ...nothing, status: 'Succeeded', output: ended.output, endedAt, visits };
  const { error, cause } = ended.failure;
  return { status: 'Failed', output: undefined, error, cause, endedAt, visits };
}

/** A machine, a branch or an iteration, from its first state to its end. */
export function runMachine(
  machine: MachineJson,
  input: Json,
  at: number,
  scope: Scope,
  world: World,
  name = machine.StartAt!,
  count = 1,
): Ended {
  const state = machine.States[name] as StateJson;
  const entered = { name, state, input, at, id: `${scope.id}/${count}`, scope };
  const left = runState(entered, world, (inner, given, from, part) =>
    runMachine(inner, given, from, part, world),
  );
  if ('failure' in left || left.at === Number.POSITIVE_INFINITY || left.next === undefined) return left;
  const rest = runMachine(machine, left.output, left.at, scope, world, left.next, count + 1);
  return { ...rest, visits: [...left.visits, ...rest.visits] };
}
