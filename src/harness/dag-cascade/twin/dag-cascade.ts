/** Flows and their orchestrator as a test drives them. */
import type { Duration } from '../../twin/duration.ts';
import type { DagCascadeTrace } from './engine/trace.ts';
import type { DagFunctions } from './functions/functions.ts';
import type { OrchestratorControl } from './routines/orchestrator.ts';
import type { RoutineCall } from './routines/routine.ts';
import type { RoutineStub } from './routines/stub.ts';
import type { Flow, FlowTask, Pool } from './seen/rows.ts';
import type { Timeline } from './seen/timeline.ts';

/**
 * Nothing happens by itself. Virtual time advances only in `drain`, `advance` and `runUntil`; the orchestrator and the routines work
 * only then. Statements and rounds of the orchestrator take no time.
 */
export interface DagCascade extends DagFunctions {
  /** The stub of a routine: it sets what happens to its calls, and lists them. */
  routine(name: string): RoutineStub;
  /** Started at the beginning. */
  readonly orchestrator: OrchestratorControl;
  /** Virtual time. */
  readonly now: Date;
  /** Milliseconds of virtual time since the beginning. */
  readonly elapsedMs: number;
  /** Advances virtual time until every flow, every task and every call of a routine is over. @throws SimulationError if that will never happen; the message says why */
  drain(): Promise<void>;
  /** Advances virtual time by the duration. Everything that is due in it happens. */
  advance(duration: Duration): Promise<void>;
  /** Advances virtual time until the condition is true. @throws SimulationError if nothing else will happen before */
  runUntil(condition: () => boolean): Promise<void>;
  /** Calls the action when virtual time has advanced by the duration. */
  after(duration: Duration, action: () => unknown): void;

  /** A flow as it is now. @throws SimulationError if there is none of that id */
  flow(flow_id: number): Flow;
  /** Every flow, in the order of its id: also those that steps have started. */
  readonly flows: readonly Flow[];
  /** Every node and step that was reached, in the order of its `task_id`. */
  readonly tasks: readonly FlowTask[];
  readonly pools: readonly Pool[];
  /** The calls of all routines, in order. */
  readonly calls: readonly RoutineCall[];

  /** What happened so far. */
  readonly timeline: Timeline;
  /**
   * Values that JSON changed on their way into the database, and routines that needed too much real time until their task failed. Once
   * every flow is processed: rules that no call has met, and functions of `options.routines` whose routine was never called.
   */
  readonly warnings: readonly string[];
  /** The commands so far, as a trace for `pgtwin replay`. */
  readonly trace: DagCascadeTrace;
}
