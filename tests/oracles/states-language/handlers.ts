/** Retriers and catchers. */
import type {
  CatcherJson,
  RetrierJson,
} from '../../../src/model/state-machine/states-language/language/definition.ts';
import { put } from './paths.ts';
import { type Json, StateError } from './values.ts';
import type { Failure } from './world.ts';

function isFor({ ErrorEquals }: { readonly ErrorEquals: readonly string[] }, error: string | null): boolean {
  const isLimit = error === 'States.DataLimitExceeded';
  return ErrorEquals.some(
    (name) =>
      name === error ||
      (name === 'States.ALL' && !isLimit) ||
      (name === 'States.TaskFailed' && !isLimit && error !== 'States.Timeout'),
  );
}

/** Milliseconds until the next attempt; undefined where there is none. `counts`: how often each retrier has tried again. */
export function delayOf(
  retriers: readonly RetrierJson[],
  counts: number[],
  error: string | null,
  jitter: number,
): number | undefined {
  const place = retriers.findIndex((each) => isFor(each, error));
  const retrier = retriers[place];
  if (!retrier || counts[place]! >= (retrier.MaxAttempts ?? 3)) return undefined;
  const most = retrier.MaxDelaySeconds ?? 31_622_400;
  let seconds = retrier.IntervalSeconds ?? 1;
  for (let i = 0; i < counts[place]! && seconds < most; i++) seconds *= retrier.BackoffRate ?? 2;
  counts[place]!++;
  const ms = Math.floor(Math.min(seconds, most) * 1000 + 0.000001);
  return retrier.JitterStrategy === 'FULL' ? Math.floor((ms * jitter) / 1000) : ms;
}

/** Where a failure leads, and with what. What cannot be put into the input is a failure of its own. */
export function caught(
  catchers: readonly CatcherJson[],
  { error, cause }: Failure,
  raw: Json,
): { readonly next: string; readonly output: Json } | { readonly failure: Failure } | undefined {
  const catcher = catchers.find((each) => isFor(each, error));
  if (!catcher) return undefined;
  const told = { ...(error !== null && { Error: error }), ...(cause !== null && { Cause: cause }) };
  try {
    return { next: catcher.Next, output: put(catcher.ResultPath, raw, told) };
  } catch (thrown) {
    return { failure: failureOf(thrown) };
  }
}

export function failureOf(thrown: unknown): Failure {
  if (!(thrown instanceof StateError)) throw thrown;
  return { error: thrown.error, cause: thrown.cause, isFatal: thrown.error === 'States.Runtime' };
}
