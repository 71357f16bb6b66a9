/** What can be asked of flows: the functions of the SQL, each under its name in camel case. */
import type { Duration } from '../../../twin/duration.ts';
import type { Configuration, FlowConfiguration } from './configuration.ts';

export interface CreateFlowOptions {
  /** All other nodes are passed over: they count as finished, without their steps. */
  readonly only_these_nodes?: readonly string[] | null;
  /** The step that is finished when the new flow is over. */
  readonly parent_task_id?: number | null;
  /** In place of the priorities of the nodes. */
  readonly force_priority?: number | null;
}

export interface FinishOptions {
  readonly failed?: boolean;
  readonly error_message?: string | null;
}

/** A task by its id: what a routine is called with is one. */
export interface TaskReference {
  readonly task_id: number;
}

/**
 * Each call executes one statement at the current virtual instant, as soon as it is called. If the SQL refuses it, its
 * promise rejects with a `PostgresError`. All of them come from another session than the orchestrator's. So `finish`,
 * `defer` and `cancel` are requests, which the orchestrator fulfils in its next round.
 */
export interface DagFunctions {
  /** `async.configure`: targets, pools and workers. Surprise: what is no longer named is deleted. */
  configure(configuration: Configuration): Promise<void>;
  /**
   * `flow.configure_flow`. Without `append`, nodes and dependencies that are not named leave the flow.
   * @throws PostgresError 23503 if a target or a parent is unknown, 23514 if a node has a name that cannot be
   */
  configureFlow(
    flow: string,
    configuration: FlowConfiguration,
    options?: { readonly append?: boolean },
  ): Promise<void>;
  /** `flow.create_flow`: gives the `flow_id`. @throws PostgresError P0001 if no such flow is configured */
  createFlow(flow: string, flow_arguments?: unknown, options?: CreateFlowOptions): Promise<number>;
  /**
   * `flow.push_steps`: one step for each of the arguments. Surprise: for an unknown flow or node nothing happens.
   * @throws PostgresError 23505 if two of the arguments are the same
   */
  pushSteps(flow_id: number, node: string, step_arguments: readonly unknown[]): Promise<void>;
  /** `flow.finish`: the task has ended. Surprise: this overwrites the result of a task that has ended before. */
  finish(task: TaskReference, options?: FinishOptions): Promise<void>;
  /** `flow.defer`: the task will be run again after that time. */
  defer(task: TaskReference, duration: Duration): Promise<void>;
  /** `flow.cancel`: the flow, its open tasks and the flows that these have started. */
  cancel(flow_id: number): Promise<void>;
  /** `flow.set_priority`, from -99 to 99. Surprise: tasks that come later do not have it. */
  setPriority(flow_id: number, priority: number): Promise<void>;
  /** `flow.set_step_priority`: of a step, and of the flow that it has started. */
  setStepPriority(flow_id: number, task_id: number, priority: number): Promise<void>;
  /**
   * `flow.restart_flow`: the node and everything below it run again. Surprise: without a node nothing does.
   * @throws PostgresError P0001 if the flow is unknown or not finished
   */
  restartFlow(flow_id: number, node?: string): Promise<void>;
  /** `flow.args`: what the flow was created with; undefined if that was nothing. */
  args<Arguments = unknown>(flow_id: number): Promise<Arguments | undefined>;
}
