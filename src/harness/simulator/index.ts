/** Entry point `pgtwin`: unit-testing a flow of pgflow. Loads no package. */

export {
  AssertionError,
  assertAttempts,
  assertCompleted,
  assertFailed,
  assertOutput,
  assertStuck,
} from './assertions.ts';
export type { Duration } from './duration.ts';
export type { Warning } from './engine.ts';
export type { SentBroadcast } from './history.ts';
export type { CrashPoint } from './log.ts';
export type { SimulateOptions, WorkerConfig } from './options.ts';
export type { Which } from './plans.ts';
export type { Run, RunStatus } from './run.ts';
export type { RunStep, RunTask, TaskAttempt } from './run-step.ts';
export {
  type Fate,
  type Schedule,
  type ScheduledAttempt,
  shuffledSchedule,
  steadySchedule,
} from './schedule.ts';
export { simulate } from './simulate.ts';
export type { QueuedMessage, Simulation, StartOptions } from './simulation.ts';
export { SimulationError } from './simulation-error.ts';
export type { Call, StepStub } from './step-stub.ts';
export type { Stuck, StuckTask } from './stuck.ts';
export type { Timeline, TimelineEntry, TimelineEvent } from './timeline.ts';
export type { SimulationTrace } from './trace.ts';
export type {
  AnyFlow,
  FlowInput,
  FlowOutput,
  HandlerContext,
  OutputOfStep,
  StepSlug,
  TaskInput,
  TaskOutput,
} from './types.ts';
export type { WorkerStatus } from './worker.ts';
export type { SimulationWorker } from './worker-control.ts';
