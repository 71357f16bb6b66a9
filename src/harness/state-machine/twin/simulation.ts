/** Executions of one state machine as a test drives them. */
import type { StatesLanguageCommand } from '../../../model/state-machine/states-language/commands.ts';
import type { Duration } from '../../twin/duration.ts';
import type { TwinTrace } from '../../twin/trace.ts';
import type { Coverage } from './seen/coverage.ts';
import type { Execution } from './seen/execution.ts';
import type { Timeline } from './seen/timeline.ts';
import type { TaskCall } from './tasks/handler.ts';
import type { TaskStub } from './tasks/stub.ts';

export type StateMachineTrace = TwinTrace<StatesLanguageCommand, 'state-machine', 'states-language'>;

/**
 * Nothing happens by itself. Virtual time advances only in `finish`, `advance` and `runUntil`; executions and handlers work only then.
 * What an execution does by itself takes no time.
 */
export interface StateMachineSimulation {
  /** A new execution. */
  start(input?: unknown): Execution;
  /** The stub of a Task, by the name of its state: it sets what happens to its calls, and lists them. @throws SimulationError if there is no such Task */
  state(name: string): TaskStub;
  /** The stub of all tasks with that `Resource`. @throws SimulationError if there is none */
  resource(name: string): TaskStub;
  /** Virtual time. */
  readonly now: Date;
  /** Milliseconds of virtual time since the beginning. */
  readonly elapsedMs: number;
  /** Advances virtual time by the duration. Everything that is due in it happens. */
  advance(duration: Duration): Promise<void>;
  /** Advances virtual time until the condition is true. @throws SimulationError if nothing else will happen before */
  runUntil(condition: () => boolean): Promise<void>;
  /** Calls the action when virtual time has advanced by the duration. */
  after(duration: Duration, action: () => unknown): void;

  /** In the order of their numbers. */
  readonly executions: readonly Execution[];
  /** The calls of all tasks, in order. */
  readonly calls: readonly TaskCall[];
  readonly timeline: Timeline;
  /** Which states, choices, retriers and catchers were reached. */
  readonly coverage: Coverage;
  /** Handlers that needed too much real time. Once every execution is over: rules that no call has met, and handlers that were never called. */
  readonly warnings: readonly string[];
  /** The commands so far, as a trace for `pgtwin replay`. */
  readonly trace: StateMachineTrace;
}
