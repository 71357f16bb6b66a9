/** Entry point `pgtwin`: unit-testing a flow of pgflow. Loads no package. */

export type { Duration } from '../../twin/duration.ts';
export { SimulationError } from '../../twin/simulation-error.ts';
export type { Warning } from './engine/engine.ts';
export type { SimulateOptions } from './engine/options.ts';
export type { SimulationTrace } from './engine/trace.ts';
export type { SimulationWorker } from './engine/worker-control.ts';
export type { Which } from './faults/plans.ts';
export {
  type Fate,
  type Schedule,
  type ScheduledAttempt,
  shuffledSchedule,
  steadySchedule,
} from './faults/schedule.ts';
export type { Call, StepStub } from './faults/step-stub.ts';
export type {
  AnyFlow,
  FlowInput,
  FlowOutput,
  HandlerContext,
  OutputOfStep,
  StepSlug,
  TaskInput,
  TaskOutput,
} from './flow/types.ts';
export type { CrashPoint } from './log/log.ts';
export {
  AssertionError,
  assertAttempts,
  assertCompleted,
  assertFailed,
  assertOutput,
  assertStuck,
} from './seen/assertions.ts';
export type { SentBroadcast } from './seen/history.ts';
export type { Run, RunStatus } from './seen/run.ts';
export type { RunStep, RunTask, TaskAttempt } from './seen/run-step.ts';
export type { Stuck, StuckTask } from './seen/stuck.ts';
export type { Timeline, TimelineEntry, TimelineEvent } from './seen/timeline.ts';
export { simulate } from './simulate.ts';
export type { QueuedMessage, Simulation, StartOptions } from './simulation.ts';
export type { WorkerConfig } from './worker/config.ts';
export type { WorkerStatus } from './worker/worker.ts';
