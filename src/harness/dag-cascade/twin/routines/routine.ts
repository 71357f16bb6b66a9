/** Routines: what the nodes and steps of a flow call, as functions of a test. */
import type { Duration } from '../../../twin/duration.ts';
import type { DagFunctions } from '../functions/functions.ts';

/** What the SQL calls a routine with: `flow.callback_arguments_t`. Its `task_id` is what `finish` and `defer` take. */
// biome-ignore lint/suspicious/noExplicitAny: whoever writes a routine knows what its flows and steps are given.
export interface CallbackArguments<FlowArguments = any, StepArguments = any> {
  readonly flow_id: number;
  readonly flow: string;
  /** What the flow was created with; undefined if that was nothing. */
  readonly flow_arguments: FlowArguments;
  readonly node: string;
  /** Of a step. Of a node itself: `{}`. */
  readonly step_arguments: StepArguments;
  readonly task_id: number;
}

/**
 * The functions of the SQL, as its own session has them, and time. Once the call was canceled, because its time is up, its flow
 * was canceled or the orchestrator has started again, each of them rejects with a `PostgresError` 57014, a `sleep` that has
 * begun as well.
 */
export interface RoutineContext extends DagFunctions {
  /** Waits in virtual time. */
  sleep(duration: Duration): Promise<void>;
  /** Virtual time. */
  readonly now: Date;
  /** How often this routine was called, from 1. */
  readonly call: number;
}

/** The task ends when it returns, well; or when it throws, failed. With an asynchronous target, only `finish` ends it well. */
export type Routine = (call: CallbackArguments, context: RoutineContext) => unknown;

/** A call of a routine, or of what replaces it. */
export interface RoutineCall extends CallbackArguments {
  readonly routine: string;
  /** Of this routine, from 1. */
  readonly call: number;
  readonly at: Date;
  /** Milliseconds since the beginning. */
  readonly atMs: number;
  /** Null as long as it runs. */
  readonly endedAt: Date | null;
  /** `canceled`: the database did not wait for its end. */
  readonly outcome: 'running' | 'returned' | 'threw' | 'canceled';
  /** The message of what it threw. */
  readonly error: string | undefined;
  /** What it threw, with its stack. Not enumerable. */
  readonly thrown?: unknown;
}
