/** Entry point `pgtwin/dag-cascade`: testing flows of nodes and steps, with their routines, in memory. Loads no package. */
import type { DagCascade } from './dag-cascade.ts';
import { SimulatedDagCascade } from './dag-cascade-of.ts';
import { type DagCascadeOptions, resolveOptions } from './options.ts';

export { PostgresError } from '../../twin/database-error.ts';
export type { Duration } from '../../twin/duration.ts';
export { SimulationError } from '../../twin/simulation-error.ts';
export type { DagCascade } from './dag-cascade.ts';
export type { DagCascadeTrace } from './engine/trace.ts';
export type {
  Configuration,
  ControlConfiguration,
  DependencyConfiguration,
  FlowConfiguration,
  Interval,
  NodeConfiguration,
  PoolConfiguration,
  TargetConfiguration,
} from './functions/configuration.ts';
export type {
  CreateFlowOptions,
  DagFunctions,
  FinishOptions,
  TaskReference,
} from './functions/functions.ts';
export type { DagCascadeOptions } from './options.ts';
export type { OrchestratorControl } from './routines/orchestrator.ts';
export type { CallbackArguments, Routine, RoutineCall, RoutineContext } from './routines/routine.ts';
export type { Chooses, Which } from './routines/rules.ts';
export type { RoutineStub } from './routines/stub.ts';
export type { Flow, FlowNode, FlowTask, Pool, TaskStatus } from './seen/rows.ts';
export type { Timeline, TimelineEntry, TimelineEvent } from './seen/timeline.ts';

/**
 * No flow yet, an orchestrator that was started, and its own virtual time.
 * @throws SimulationError if an option is unknown or of the wrong type
 * @throws PostgresError if the configuration is refused
 */
export function dagCascade(options: DagCascadeOptions = {}): DagCascade {
  return new SimulatedDagCascade(resolveOptions(options));
}
