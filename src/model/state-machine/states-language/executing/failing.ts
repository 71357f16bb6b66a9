/** A state fails: it is tried again, caught, or ends what it is in. */
import { jsonbObject } from '../../../kernel/jsonb.ts';
import type { CatcherJson, RetrierJson, StateJson } from '../language/definition.ts';
import { attempt, type Failure, runtime, timeout, tooLarge } from '../language/failure.ts';
import { placed } from '../language/result-path.ts';
import { handedOn } from './completing.ts';
import { abortAttempt, end, endExecution, startState } from './entering.ts';
import { assign } from './jsonata.ts';
import { putActivity, setTimer, stateOfActivity, tell } from './live.ts';
import { sceneOf } from './selecting.ts';
import type { Activity, Live } from './state.ts';

/** What is nested in the activity is over first. */
export function failActivity(live: Live, activity: Activity, failure: Failure): void {
  abortAttempt(live, activity);
  const { Retry, Catch } = handlersOf(stateOfActivity(live, activity), failure);
  const again = Retry.findIndex((retrier) => isFor(retrier, failure));
  if (again >= 0 && retry(live, activity, Retry[again]!, again, failure)) return;
  const catcher = Catch.findIndex((each) => isFor(each, failure));
  const beyond = catcher >= 0 ? caught(live, activity, Catch[catcher]!, catcher, failure) : failure;
  if (!beyond) return;
  putActivity(live, { ...activity, status: 'Failed', timer: undefined });
  const { error, cause } = beyond;
  tell(live, activity, { what: 'failed', error, cause });
  live.draft.reached.push(`fail/${activity.part_id === null ? 'execution' : 'part'}`);
  if (error === runtime) endExecution(live, { error, cause });
  else end(live, activity.part_id, { error, cause });
}

interface Handlers {
  readonly Retry: readonly RetrierJson[];
  readonly Catch: readonly CatcherJson[];
}

/** What went wrong within the machine itself is never handled. */
function handlersOf({ Type, Retry = [], Catch = [] }: StateJson, { error }: Failure): Handlers {
  const handles = (Type === 'Task' || Type === 'Parallel' || Type === 'Map') && error !== runtime;
  return handles ? { Retry, Catch } : { Retry: [], Catch: [] };
}

function isFor({ ErrorEquals }: { readonly ErrorEquals: readonly string[] }, { error }: Failure): boolean {
  return ErrorEquals.some((name) => {
    if (name === error) return true;
    if (name === 'States.ALL') return error !== tooLarge;
    return name === 'States.TaskFailed' && error !== tooLarge && error !== timeout;
  });
}

/** Whether it is tried again. */
function retry(
  live: Live,
  activity: Activity,
  retrier: RetrierJson,
  place: number,
  { error, cause }: Failure,
): boolean {
  const before = activity.retries[place]!;
  if (before >= (retrier.MaxAttempts ?? 3)) {
    live.draft.reached.push('retry/used-up');
    return false;
  }
  const due = live.draft.now + delayOf(retrier, before, live);
  putActivity(live, {
    ...activity,
    status: 'Retrying',
    retries: activity.retries.with(place, before + 1),
    timer: setTimer(live, 'retry', activity.id, due),
  });
  tell(live, activity, { what: 'retries', by: `Retry[${place}]`, due, error, cause });
  live.draft.reached.push('retry/again');
  return true;
}

/** Milliseconds. Step by step, as a power of doubles is not the same everywhere. */
function delayOf(retrier: RetrierJson, before: number, { jitter, draft }: Live): number {
  const { IntervalSeconds = 1, BackoffRate = 2, MaxDelaySeconds = 31_622_400, JitterStrategy } = retrier;
  let seconds = IntervalSeconds;
  for (let i = 0; i < before && seconds < MaxDelaySeconds; i++) seconds *= BackoffRate;
  if (seconds >= MaxDelaySeconds) draft.reached.push('retry/longest');
  // So that 1.4 times 1.4 is 1.96, and no millisecond less.
  const delay = Math.floor(Math.min(seconds, MaxDelaySeconds) * 1000 + 0.000001);
  return JitterStrategy === 'FULL' ? Math.floor((delay * jitter) / 1000) : delay;
}

/** What it fails with all the same, where the words of the error have no place. */
function caught(
  live: Live,
  activity: Activity,
  catcher: CatcherJson,
  place: number,
  { error, cause }: Failure,
): Failure | undefined {
  const { ResultPath, Next } = catcher;
  const output = jsonbObject([
    ...(error === null ? [] : [['Error', error] as const]),
    ...(cause === null ? [] : [['Cause', cause] as const]),
  ]);
  const lost = attempt(() => {
    const scene = sceneOf(live, activity);
    const handed = scene.isJsonata
      ? handedOn(scene, catcher, output, { errorOutput: output })
      : { output: placed(ResultPath, activity.input, output) };
    if (handed.assigned !== undefined) assign(live, activity.part_id, handed.assigned);
    putActivity(live, { ...activity, status: 'Caught', timer: undefined });
    tell(live, activity, { what: 'caught', by: `Catch[${place}]`, to: Next, error, cause });
    startState(live, activity.part_id, Next, handed.output);
  });
  live.draft.reached.push(lost ? 'catch/lost' : 'catch/caught');
  return lost;
}
