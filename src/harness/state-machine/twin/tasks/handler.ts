/** What carries out tasks, as functions of a test. */
import type { Duration } from '../../../twin/duration.ts';

export interface TaskContext {
  /** The name of the state. */
  readonly state: string;
  readonly resource: string;
  /** From 1: higher where a retrier tries again. */
  readonly attempt: number;
  /** How often this state was asked to work, in this simulation, from 1. */
  readonly call: number;
  /** The number of the execution, from 1. */
  readonly execution: number;
  /** Of the nearest Map around it, which item it is for. */
  readonly index?: number;
  /** What `$$.Task.Token` says. */
  readonly token: string;
  /** Virtual time. */
  readonly now: Date;
  /** Waits in virtual time. Rejects with a `TaskCanceled` once nobody waits for the task any more. */
  sleep(duration: Duration): Promise<void>;
  /** `HeartbeatSeconds` begins anew. @throws TaskCanceled once nobody waits for the task any more */
  heartbeat(): void;
}

/** Its result is what it returns; what it throws fails the task: `Error` is the name of the error, `Cause` its message. */
// biome-ignore lint/suspicious/noExplicitAny: whoever writes a handler knows what its state gets.
export type TaskHandler = (input: any, context: TaskContext) => unknown;

/** A call of a handler, or of what replaces it. */
export interface TaskCall
  extends Pick<TaskContext, 'state' | 'resource' | 'attempt' | 'call' | 'execution' | 'index'> {
  readonly input: unknown;
  readonly at: Date;
  /** Milliseconds since the beginning. */
  readonly atMs: number;
  /** Null as long as it runs. */
  readonly endedAt: Date | null;
  /** `canceled`: its time was up, or its execution no longer waits for it. */
  readonly outcome: 'running' | 'returned' | 'threw' | 'canceled';
  readonly output?: unknown;
  /** `Error` and `Cause` of a task that failed. */
  readonly error?: string;
  readonly cause?: string;
  /** What it threw, with its stack. Not enumerable. */
  readonly thrown?: unknown;
}

/** A failure with a name of its own: `throw new TaskFailure('CardDeclined', 'no money')`. */
export class TaskFailure extends Error {
  override readonly name: string;

  constructor(error: string, cause = '') {
    super(cause);
    this.name = error;
  }
}

/** Nobody waits for the task any more: its time is up, or its execution has ended. */
export class TaskCanceled extends Error {
  override readonly name = 'TaskCanceled';
}
