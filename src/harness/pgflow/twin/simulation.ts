/** A simulation as a test drives it. */
import type { Duration } from '../../twin/duration.ts';
import type { Warning } from './engine/engine.ts';
import type { SimulationTrace } from './engine/trace.ts';
import type { SimulationWorker } from './engine/worker-control.ts';
import type { Which } from './faults/plans.ts';
import type { StepStub } from './faults/step-stub.ts';
import type { AnyFlow, FlowInput, StepSlug } from './flow/types.ts';
import type { SentBroadcast } from './seen/history.ts';
import type { Run } from './seen/run.ts';
import type { Timeline } from './seen/timeline.ts';
import type { WorkerConfig } from './worker/config.ts';

export interface StartOptions {
  /** A uuid. Default: the simulation generates one. */
  readonly run_id?: string;
  /** The delay from now. Default: none. */
  readonly after?: Duration;
}

/** A message in the queue or in its archive. */
export interface QueuedMessage {
  readonly msg_id: number;
  readonly read_ct: number;
  readonly enqueuedAt: Date;
  readonly visibleAt: Date;
  readonly message: unknown;
}

/**
 * Nothing happens by itself. Virtual time advances only in `finish`, `advance`, `runUntil` and `tick`.
 * A start, a stop or a fault between these calls takes place at the current instant, as soon as time advances.
 */
export interface Simulation<F extends AnyFlow> {
  /** The stub of a step: it sets what happens to the step's attempts, and lists the calls of its handler. */
  step<S extends StepSlug<F>>(slug: S): StepStub<F, S>;
  /** Starts a run of the flow. @throws SimulationError if the input is not JSON or the `run_id` is not a uuid */
  start(input: FlowInput<F>, options?: StartOptions): Run<F>;
  readonly runs: readonly Run<F>[];
  /** Virtual time. */
  readonly now: Date;
  /** Milliseconds of virtual time since the simulation began. */
  readonly elapsedMs: number;
  /** Advances virtual time by the duration. Everything that is due in it happens. */
  advance(duration: Duration): Promise<void>;
  /** Advances virtual time until the condition is true. @throws SimulationError if nothing else will happen before */
  runUntil(condition: (simulation: Simulation<F>) => boolean): Promise<void>;
  /** Executes the next event. Resolves to false if there is none. */
  tick(): Promise<boolean>;
  /** Advances virtual time until every run has ended or is stuck. */
  finish(): Promise<void>;
  /** Calls the action when virtual time has advanced by the duration. */
  after(duration: Duration, action: () => void): void;
  /** All workers, also those that stopped or died, in the order of their numbers. */
  readonly workers: readonly SimulationWorker[];
  /** Adds a worker. Missing options are taken from `options.worker`. */
  addWorker(config?: WorkerConfig): SimulationWorker;
  readonly database: {
    /** Every statement of a worker fails, from now on, for the duration. */
    unreachable(duration: Duration): void;
  };
  /** The same as `step(slug).on(which).deliveredTwice()`. */
  duplicate(slug: StepSlug<F>, which?: Which): void;
  /** The timeline of all runs. */
  readonly timeline: Timeline;
  /** Values that JSON changed on their way through the database. Once all runs are over: rules that no attempt has met. */
  readonly warnings: readonly Warning[];
  readonly queue: readonly QueuedMessage[];
  readonly archive: readonly QueuedMessage[];
  readonly broadcasts: readonly SentBroadcast[];
  /** The commands so far, as a trace for `pgtwin replay`. */
  readonly trace: SimulationTrace;
  /** Frees the database of the backend `pglite`. With `model` there is nothing to free. */
  close(): Promise<void>;
}
