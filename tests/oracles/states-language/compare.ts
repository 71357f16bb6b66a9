/** One machine by the twin and by the interpreter: what they disagree about. */
import {
  type Execution,
  SimulationError,
  simulateStateMachine,
  TaskFailure,
} from '../../../src/harness/state-machine/twin/index.ts';
import type { MachineJson } from '../../../src/model/state-machine/states-language/language/definition.ts';
import { type Interpreted, interpret } from './interpret.ts';
import { comparable, type Json } from './values.ts';
import type { Visit } from './visits.ts';
import type { Asked, Outcome } from './world.ts';

export const startedAt = Date.parse('2030-01-01T00:00:00Z');

export interface Case {
  readonly definition: MachineJson;
  readonly input: Json;
  readonly outcomeOf: (asked: Asked) => Outcome;
  /** In thousandths. */
  readonly jitter?: number;
}

/** What the twin makes of it. Undefined where it takes the definition for no machine. */
export async function executed({
  definition,
  input,
  outcomeOf,
  jitter = 1000,
}: Case): Promise<Execution | undefined> {
  let sim: ReturnType<typeof simulateStateMachine>;
  try {
    sim = simulateStateMachine(definition, { startedAt, jitter: jitter / 1000 });
  } catch (error) {
    if (error instanceof SimulationError) return undefined;
    throw error;
  }
  for (const resource of resourcesOf(definition)) {
    sim
      .resource(resource)
      .hangs()
      .on((call) => outcomeOf(askedOf(call)).afterMs === Number.POSITIVE_INFINITY);
    sim.resource(resource).runs(async (given, task) => {
      const outcome = outcomeOf(askedOf({ ...task, input: given }));
      let now = 0;
      for (const beat of outcome.beats ?? []) {
        await task.sleep(beat - now);
        task.heartbeat();
        now = beat;
      }
      if (outcome.afterMs > now) await task.sleep(outcome.afterMs - now);
      if ('error' in outcome) throw new TaskFailure(outcome.error, outcome.cause);
      return outcome.output;
    });
  }
  const execution = sim.start(input);
  try {
    return await execution.finish();
  } catch (error) {
    // It never ends.
    if (error instanceof SimulationError && error.message.startsWith('finish() cannot finish'))
      return execution;
    throw error;
  }
}

function askedOf(call: Omit<Asked, 'input'> & { readonly input: unknown }): Asked {
  const { state, resource, attempt, index, input } = call;
  return { state, resource, attempt, input: input as Json, ...(index !== undefined && { index }) };
}

function resourcesOf({ States }: MachineJson): Set<string> {
  const inner = Object.values(States).flatMap((state) => [
    ...(state.Type === 'Task' ? [state.Resource!] : []),
    ...[...(state.Branches ?? []), state.ItemProcessor ?? state.Iterator].flatMap((each) =>
      each ? [...resourcesOf(each)] : [],
    ),
  ]);
  return new Set(inner);
}

/**
 * What may come of the machine: more than one where it depends on the order of what happens at the very same instant. First those where
 * each such choice is made alike, as a machine that tries the same again does. Then `most` at random.
 */
export function* possible(each: Case, most: number): Generator<Interpreted> {
  let counts: number[] = [];
  const run = (choose: () => number) => {
    counts = [];
    const { definition, input, outcomeOf, jitter = 1000 } = each;
    const pick = (count: number) => {
      counts.push(count);
      return choose() % count;
    };
    return interpret(definition, input, { startedAt, outcomeOf, jitter, pick });
  };
  for (let alike = 0, more = 1; alike < more; alike++) {
    yield run(() => alike);
    more = Math.max(more, ...counts);
  }
  let drawn = 1;
  for (let i = 0; i < most && counts.length > 0; i++) {
    yield run(() => {
      drawn = (drawn * 48_271) % 2_147_483_647;
      return drawn % Math.max(2, ...counts);
    });
  }
}

/** What they disagree about; undefined where they agree. */
export function difference(actual: Execution, expected: Interpreted): string | undefined {
  const ended = expected.endedAt === Number.POSITIVE_INFINITY ? null : expected.endedAt;
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ['status', actual.status, expected.status],
    ['error', actual.error, expected.error],
    ['cause', causeOf(actual), causeOf(expected)],
    ['output', textOf(actual.output), textOf(expected.output)],
    ['end', actual.endedAt?.getTime() ?? null, ended],
  ];
  const different = pairs.find(([, a, b]) => a !== b);
  if (different) return `${different[0]}: the twin ${different[1]}, the interpreter ${different[2]}`;
  return differenceOfVisits(actual, expected.visits);
}

const textOf = (value: unknown) => (value === undefined ? undefined : comparable(value as Json));
const causeOf = ({ error, cause }: Pick<Execution, 'error' | 'cause'>) =>
  error === 'States.IntrinsicFailure' ? 'in words of its own' : cause;

function differenceOfVisits({ visits }: Execution, expected: readonly Visit[]): string | undefined {
  const entered = counted(visits.map((each) => key(each.enteredAt.getTime(), each)));
  const sure = counted(expected.filter(({ isSure }) => isSure).map((each) => key(each.at, each)));
  const all = counted(expected.map((each) => key(each.at, each)));
  const ended = counted(visits.map((each) => wholeKey({ ...each, at: each.enteredAt.getTime() })));
  const clear = counted(expected.filter((each) => each.isSure && each.isClear).map(wholeKeyOf));
  const missing = moreIn(sure, entered) ?? moreIn(clear, ended);
  if (missing !== undefined) return `the twin has not: ${missing}`;
  const more = moreIn(entered, all);
  return more === undefined ? undefined : `the interpreter has not: ${more}`;
}

const key = (at: number, { state, input }: { state: string; input: unknown }) =>
  `${state} at ${at - startedAt} with ${textOf(input)}`;
const wholeKey = (each: {
  readonly at: number;
  readonly state: string;
  readonly input: unknown;
  readonly attempts: number;
  readonly status: string;
  readonly output?: unknown;
}) => `${key(each.at, each)}, ${each.attempts} attempts, ${each.status}, ${textOf(each.output)}`;
const wholeKeyOf = (each: Visit) =>
  wholeKey({
    ...each,
    attempts: each.tries.length,
    status: each.end?.status ?? 'running',
    output: each.end?.output,
  });

function counted(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const each of keys) counts.set(each, (counts.get(each) ?? 0) + 1);
  return counts;
}
const moreIn = (a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>) =>
  [...a].find(([each, count]) => count > (b.get(each) ?? 0))?.[0];
