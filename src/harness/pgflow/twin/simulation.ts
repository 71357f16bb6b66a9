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
  /** A uuid; drawn where it is left out. */
  readonly run_id?: string;
  /** From now on; at once where it is left out. */
  readonly after?: Duration;
}

/** A message as it lies in the queue, or in its archive. */
export interface QueuedMessage {
  readonly msg_id: number;
  readonly read_ct: number;
  readonly enqueuedAt: Date;
  readonly visibleAt: Date;
  readonly message: unknown;
}

/**
 * Nothing happens by itself: time stands still until it is driven, by `finish`, `advance`, `runUntil` or `tick`.
 * What is asked for in between (a start, a stop, a fault) takes place at the present instant, as soon as time is driven.
 */
export interface Simulation<F extends AnyFlow> {
  /** Says what becomes of the attempts at a step, and shows the calls that there were. */
  step<S extends StepSlug<F>>(slug: S): StepStub<F, S>;
  /** A run of the flow. @throws SimulationError where the input is no JSON or the `run_id` no uuid */
  start(input: FlowInput<F>, options?: StartOptions): Run<F>;
  readonly runs: readonly Run<F>[];
  /** Virtual time. */
  readonly now: Date;
  /** Milliseconds of virtual time since the simulation began. */
  readonly elapsedMs: number;
  /** Lets so much virtual time pass, with all that happens in it. */
  advance(duration: Duration): Promise<void>;
  /** Lets virtual time pass until the condition holds. @throws SimulationError where nothing is left to happen before */
  runUntil(condition: (simulation: Simulation<F>) => boolean): Promise<void>;
  /** Lets the next event happen. Gives whether there was one. */
  tick(): Promise<boolean>;
  /** Lets virtual time pass until every run is over, or stuck. */
  finish(): Promise<void>;
  /** Does something when virtual time gets there: so long after now. */
  after(duration: Duration, action: () => void): void;
  /** Every worker there ever was, by number. */
  readonly workers: readonly SimulationWorker[];
  /** Another worker; what is left out of its configuration is as in `options.worker`. */
  addWorker(config?: WorkerConfig): SimulationWorker;
  readonly database: {
    /** From now on and for so long, every statement of a worker fails. */
    unreachable(duration: Duration): void;
  };
  /** The same as `step(slug).on(which).deliveredTwice()`. */
  duplicate(slug: StepSlug<F>, which?: Which): void;
  /** Of all runs together. */
  readonly timeline: Timeline;
  /** Values that were changed on their way through the database. */
  readonly warnings: readonly Warning[];
  readonly queue: readonly QueuedMessage[];
  readonly archive: readonly QueuedMessage[];
  readonly broadcasts: readonly SentBroadcast[];
  /** What was executed so far, as a trace that `pgtwin replay` takes. */
  readonly trace: SimulationTrace;
  /** Gives back what the backend holds; with the model there is nothing. */
  close(): Promise<void>;
}
