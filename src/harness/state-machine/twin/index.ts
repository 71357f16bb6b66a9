/** Entry point `pgtwin/state-machine`: testing machines of the states language, with their handlers, in memory. */
import { readDefinition } from './definition.ts';
import { resolveOptions, type StateMachineOptions } from './options.ts';
import type { StateMachineSimulation } from './simulation.ts';
import { SimulatedStateMachine } from './simulation-of.ts';

export type { Duration } from '../../twin/duration.ts';
export { SimulationError } from '../../twin/simulation-error.ts';
export type { StateMachineOptions } from './options.ts';
export { type Coverage, mergeCoverage } from './seen/coverage.ts';
export type { Execution, ExecutionStatus, Visit } from './seen/execution.ts';
export type { Timeline, TimelineEntry, TimelineEvent } from './seen/timeline.ts';
export type { StateMachineSimulation, StateMachineTrace } from './simulation.ts';
export type { TaskCall, TaskContext, TaskHandler } from './tasks/handler.ts';
export { TaskCanceled, TaskFailure } from './tasks/handler.ts';
export type { ChoosesTask, WhichTask } from './tasks/rules.ts';
export type { TaskStub } from './tasks/stub.ts';

/**
 * No execution yet, and its own virtual time. `definition`: an object, or a text of JSON or YAML.
 * @throws SimulationError if the definition is no state machine, which names the state and the field, or if an option is unknown or of the wrong type
 */
export function simulateStateMachine(
  definition: object | string,
  options: StateMachineOptions = {},
): StateMachineSimulation {
  return new SimulatedStateMachine(readDefinition(definition), resolveOptions(options));
}
