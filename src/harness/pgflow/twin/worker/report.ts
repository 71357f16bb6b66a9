/** How a worker tells the database what became of a handler's call, with what its client does to values on the way. */
import type { NullableJsonb } from '../../../../model/kernel/jsonb.ts';
import type { Row } from '../../../../model/kernel/transition.ts';
import type { PgflowCommand } from '../../../../model/pgflow/0.8.1/commands.ts';
import { DatabaseError } from '../../../twin/database-error.ts';
import { throughJson } from '../../../twin/json.ts';
import { undefinedValue, wellFormed } from '../../../twin/parameters.ts';
import type { Settled } from '../../../twin/settlement.ts';
import { messageOfThrown } from '../../../twin/user-line.ts';
import type { Attempt } from './attempt.ts';
import type { World } from './world.ts';

/** The task is left as it is, started, though nobody works on it any more. */
export interface LeftBehind {
  readonly cause: string;
  /** Whether the main loop takes the whole batch for ended. */
  readonly endsBatch: boolean;
}

type Told = LeftBehind | undefined;

/** Nothing where the database was told. @throws whatever is wrong with the simulation rather than with the report */
export function report(
  world: World,
  worker: number,
  attempt: Attempt,
  settled: Settled,
): Told | Promise<Told> {
  if (!settled.ok) return fail(world, worker, attempt, settled.error);
  const { run_id, step_slug, task_index } = attempt.key;
  let output: NullableJsonb;
  try {
    output = outputOf(world, attempt, settled.value);
  } catch (error) {
    return fail(world, worker, attempt, error);
  }
  const command = { type: 'complete_task', run_id, step_slug, task_index } as const;
  return send(world, output === undefined ? command : { ...command, output }, (error) =>
    fail(world, worker, attempt, error),
  );
}

/** Executes a command; what becomes of it where the database refuses it, or is not there, is for the caller to say. */
function send(
  world: World,
  command: PgflowCommand,
  refused: (error: DatabaseError) => Told | Promise<Told>,
  thrown?: unknown,
) {
  const handle = (error: unknown) => {
    if (error instanceof DatabaseError) return refused(error);
    throw error;
  };
  let rows: readonly Row[] | Promise<readonly Row[]>;
  try {
    rows = world.rows(command, thrown);
  } catch (error) {
    return handle(error);
  }
  return rows instanceof Promise ? rows.then(() => undefined, handle) : undefined;
}

/** What is sent of a handler's value; nothing for SQL NULL. */
export function outputOf(
  world: Pick<World, 'warn'>,
  attempt: Pick<Attempt, 'key'>,
  value: unknown,
): NullableJsonb {
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
  const lost = (reason: unknown): LeftBehind => {
    const text = messageOfThrown(reason);
    world.note({ type: 'report lost', worker, task: attempt.key, reason: text });
    return { cause: `its failure could not be reported (${text})`, endsBatch: true };
  };
  let error_message: string;
  try {
    // Surprise: for whatever reason a handler throws one, the worker takes it for its own end and reports nothing.
    if (isError(error) && error.name === 'AbortError') {
      return {
        cause: 'its handler threw an AbortError, which is not reported as a failure',
        endsBatch: false,
      };
    }
    error_message = textOf(error);
  } catch (reason) {
    return lost(reason);
  }
  const { run_id, step_slug, task_index } = attempt.key;
  return send(world, { type: 'fail_task', run_id, step_slug, task_index, error_message }, lost, error);
}

/** @throws TypeError where there is no text for it: `undefined`, a function, a cycle. */
export function textOf(error: unknown): string {
  const text = typeof error === 'string' ? error : isError(error) ? error.message : JSON.stringify(error);
  // The client takes no undefined for a parameter; its words.
  if (text === undefined) throw undefinedValue();
  return wellFormed(String(text));
}

/** Of this realm or another: test runners execute tests in one of their own. */
const isError = (value: unknown): value is Error =>
  value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
