/** Everything that varies between two executions of the same test arrives through here, and nothing by another way. */
import { checkObject, wholeNumber } from '../../../twin/checks.ts';
import { SimulationError, shown } from '../../../twin/simulation-error.ts';
import { type CrashPoint, crashPoints } from '../log/log.ts';
import type { Stage } from './happening.ts';

/** An attempt. Its fields are the same on every backend and in every repetition. */
export interface ScheduledAttempt {
  /** Number of the run, in the order in which they started, from 1. */
  readonly run: number;
  readonly step: string;
  readonly index: number;
  /** From 1. */
  readonly attempt: number;
  /** Number of the worker, from 1. */
  readonly worker: number;
}

/** What happens to an attempt. */
export interface Fate {
  /** Milliseconds of virtual time from the call of the handler to its end. */
  readonly takes?: number | undefined;
  /** The handler is not called. The attempt fails with this error. */
  readonly throws?: { readonly error: unknown } | undefined;
  /** Its worker dies: before the handler is called, during it, or after it and before the report. */
  readonly crash?: CrashPoint | undefined;
  /** Its message is delivered again while the handler runs. */
  readonly deliveredTwice?: boolean | undefined;
}

/**
 * Called at each point at which an execution could go on in more than one way. Its answer may depend only on the
 * arguments of this call and of earlier calls. Then the same test with the same schedule has the same timeline.
 */
export interface Schedule {
  /** Called once, before anything happens. It may use the simulation as a test does. */
  begins?(simulation: Stage): void;
  /** What happens to an attempt, where the test itself has set nothing. */
  attempt?(attempt: ScheduledAttempt): Fate | undefined;
  /** Several workers look at the queue at the same instant. Returns the position of the first one. */
  looksFirst?(workers: readonly number[]): number;
}

/** @throws SimulationError where something in it is no function */
export function checkSchedule(schedule: Schedule, what: string): void {
  checkObject(schedule, what);
  for (const name of ['begins', 'attempt', 'looksFirst'] as const) {
    const value: unknown = schedule[name];
    if (value === undefined || typeof value === 'function') continue;
    throw new SimulationError(`${what}.${name} is ${shown(value)}: expected a function`);
  }
}

/** What the schedule says of an attempt. @throws SimulationError where that cannot be */
export function fateOf(schedule: Schedule, attempt: ScheduledAttempt): Fate | undefined {
  const fate = schedule.attempt?.(attempt);
  if (fate === undefined) return undefined;
  checkObject(fate, 'the result of schedule.attempt()');
  if (fate.takes !== undefined) wholeNumber(fate.takes, 'takes of schedule.attempt()', 0, longestFate);
  if (fate.crash !== undefined && !crashPoints.has(fate.crash)) {
    throw new SimulationError(
      `crash of schedule.attempt() is ${shown(fate.crash)}: expected 'before', 'during' or 'after'`,
    );
  }
  return fate;
}

/** A hundred years, as for every other span. */
const longestFate = 100 * 365 * 86_400_000;

/** Nothing varies: handlers take no time, and the oldest of several workers looks first. */
export const steadySchedule: Schedule = {};

/** Half of the attempts take up to three seconds, which is longer than a message stays invisible. Any worker may be first. */
export function shuffledSchedule(seed: number): Schedule {
  const random = randomNumbers(seed);
  return {
    attempt: ({ run, step, index, attempt }) => {
      // Not from the sequence: an attempt keeps its fate when another one is added before it.
      const own = randomNumbers(hash(`${seed} ${run} ${step} ${index} ${attempt}`));
      return own() < 0.5 ? undefined : { takes: Math.floor(own() * 3000) };
    },
    looksFirst: (workers) => Math.floor(random() * workers.length),
  };
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value;
}

/** Random numbers, 0 <= x < 1, the same for the same seed. */
function randomNumbers(seed: number): () => number {
  let state = (seed ^ Math.floor(seed / 2 ** 32)) | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
