/** How a worker tells the database what became of a handler's call, with what its client does to values on the way. */
import type { NullableJsonb } from '../../model/kernel/jsonb.ts';
import type { Row } from '../../model/kernel/transition.ts';
import type { Attempt } from './attempt.ts';
import { throughJson } from './json.ts';
import type { Settled } from './settlement.ts';
import type { World } from './world.ts';

/** The task is left as it is, started, though nobody works on it any more. */
export interface LeftBehind {
  readonly cause: string;
  /** Whether the main loop takes the whole batch for ended. */
  readonly endsBatch: boolean;
}

type Told = LeftBehind | undefined;

/** Nothing where the database was told. */
export function report(
  world: World,
  worker: number,
  attempt: Attempt,
  settled: Settled,
): Told | Promise<Told> {
  if (!settled.ok) return fail(world, worker, attempt, settled.error);
  let rows: readonly Row[] | Promise<readonly Row[]>;
  try {
    rows = complete(world, attempt, settled.value);
  } catch (error) {
    return fail(world, worker, attempt, error);
  }
  if (!(rows instanceof Promise)) return undefined;
  return rows.then(
    () => undefined,
    (error) => fail(world, worker, attempt, error),
  );
}

function complete(world: World, attempt: Attempt, value: unknown) {
  const { run_id, step_slug, task_index } = attempt.key;
  const output = outputOf(world, attempt, value);
  return world.rows({
    type: 'complete_task',
    run_id,
    step_slug,
    task_index,
    ...(output === undefined ? {} : { output }),
  });
}

/** What is sent of a handler's value; nothing for SQL NULL. */
function outputOf(world: World, attempt: Attempt, value: unknown): NullableJsonb {
  // Surprise: the client sends `output || null`, so that 0, false and '' become NULL, as does what is no number.
  if (!value) {
    if (value !== undefined && value !== null) {
      const name = typeof value === 'string' ? "''" : typeof value === 'bigint' ? '0n' : String(value);
      world.warn(attempt.key, [`$: ${name} became null`]);
    }
    return undefined;
  }
  const passed = throughJson(value);
  if (passed.losses.length > 0) world.warn(attempt.key, passed.losses);
  return passed.value;
}

function fail(world: World, worker: number, attempt: Attempt, error: unknown): Told | Promise<Told> {
  // Surprise: for whatever reason a handler throws one, the worker takes it for its own end and reports nothing.
  if (isError(error) && error.name === 'AbortError') {
    return { cause: 'its handler threw an AbortError, which is not reported as a failure', endsBatch: false };
  }
  const lost = (reason: unknown): LeftBehind => {
    const text = isError(reason) ? reason.message : String(reason);
    world.note({ type: 'report lost', worker, task: attempt.key, reason: text });
    return { cause: `its failure could not be reported (${text})`, endsBatch: true };
  };
  try {
    const error_message = textOf(error);
    const { run_id, step_slug, task_index } = attempt.key;
    const rows = world.rows({ type: 'fail_task', run_id, step_slug, task_index, error_message });
    if (!(rows instanceof Promise)) return undefined;
    return rows.then(() => undefined, lost);
  } catch (reason) {
    return lost(reason);
  }
}

/** @throws TypeError where there is no text for it: `undefined`, a function, a cycle. */
function textOf(error: unknown): string {
  const text = typeof error === 'string' ? error : isError(error) ? error.message : JSON.stringify(error);
  // The client takes no undefined for a parameter; its words.
  if (text === undefined) throw new TypeError('UNDEFINED_VALUE: Undefined values are not allowed');
  return String(text);
}

/** Of this realm or another: test runners execute tests in one of their own. */
const isError = (value: unknown): value is Error =>
  value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
