/** What can be asked of flows and of their orchestrator, as commands: parameters by the SQL's own names. */
import * as z from 'zod';
import { indexedText, int4, int8, jsonb, text } from '../parameters/sql-types.ts';
import { isReadAsWritten, notReadAsWritten } from './parameters.ts';
import { intervalFormat } from './values.ts';

const interval = z.string().regex(intervalFormat, {
  error: 'expected an interval as Postgres prints it, such as 00:05:00',
});
const optional = <T extends z.ZodType>(type: T) => type.nullable().optional();
const flow_id = int8.nullable();
/** Who asks: the orchestrator's own session, or another one, whose requests wait for the next round. */
const from = z.enum(['orchestrator', 'elsewhere']).optional();

/** Unknown keys are passed over by the SQL. */
const target = z.looseObject({
  target: optional(indexedText),
  max_concurrency: optional(int4),
  connection_string: optional(text),
  asynchronous_finish: optional(z.boolean()),
  default_timeout: optional(interval),
  concurrency_track_yielded: optional(z.boolean()),
});
export const configuration = z.looseObject({
  control: optional(
    z.strictObject({
      workers: optional(int4.min(0).max(1000)),
      default_timeout: optional(interval),
      self_concurrency: optional(int4),
      default_concurrency_pool_workers: optional(int4),
    }),
  ),
  targets: optional(z.array(target)),
  concurrency_pools: optional(
    z.array(z.looseObject({ concurrency_pool: optional(indexedText), max_workers: optional(int4) })),
  ),
});

const written = indexedText.refine(isReadAsWritten, { error: notReadAsWritten });

const dependency = z.looseObject({
  parent: optional(indexedText),
  continue_on_failure: optional(z.boolean()),
});
const node = z.looseObject({
  node: optional(written),
  target: optional(indexedText),
  routine: optional(text),
  node_routine: optional(text),
  step_routine: optional(text),
  priority: optional(int4),
  all_steps_must_complete: optional(z.boolean()),
  empty: optional(z.boolean()),
  steps_to_flow: optional(text),
  synchronous: optional(z.boolean()),
  node_timeout: optional(interval),
  step_timeout: optional(interval),
  dependencies: optional(z.array(dependency)),
  steps: optional(z.array(jsonb)),
});
export const flowConfiguration = z.looseObject({
  flow: optional(z.looseObject({ concurrency_group_routine: optional(text) })),
  concurrency_group_routine: optional(text),
  nodes: optional(z.array(node)),
});

/** SQL NULL where it is left out. */
export const configure = z.strictObject({
  type: z.literal('configure'),
  _configuration: optional(configuration),
});
export const configureFlow = z.strictObject({
  type: z.literal('configure_flow'),
  _flow_name: written.nullable(),
  /** SQL NULL where it is left out. */
  _configuration: optional(flowConfiguration),
  _append: z.boolean().nullable().optional(),
});
export const createFlow = z.strictObject({
  type: z.literal('create_flow'),
  _flow: indexedText.nullable(),
  /** SQL NULL where it is left out. */
  _arguments: jsonb.optional(),
  _only_these_nodes: z.array(text.nullable()).nullable().optional(),
  _parent_task_id: int8.nullable().optional(),
  _force_priority: int4.nullable().optional(),
  from,
});
export const pushSteps = z.strictObject({
  type: z.literal('push_steps'),
  _flow_id: flow_id,
  _node: text.nullable(),
  _arguments: z.array(jsonb).nullable(),
});
export const finish = z.strictObject({
  type: z.literal('finish'),
  task_id: int8.nullable(),
  _failed: z.boolean().nullable().optional(),
  _error_message: text.nullable().optional(),
  from,
});
export const defer = z.strictObject({
  type: z.literal('defer'),
  task_id: int8.nullable(),
  _duration: interval.nullable(),
  from,
});
export const cancel = z.strictObject({ type: z.literal('cancel'), _flow_id: flow_id, from });
export const setPriority = z.strictObject({
  type: z.literal('set_priority'),
  _flow_id: flow_id,
  _priority: int4.nullable(),
});
export const setStepPriority = z.strictObject({
  type: z.literal('set_step_priority'),
  _flow_id: flow_id,
  _task_id: int8.nullable(),
  _priority: int4.nullable(),
});
export const restartFlow = z.strictObject({
  type: z.literal('restart_flow'),
  _flow_id: flow_id,
  _node: text.nullable().optional(),
});
export const args = z.strictObject({ type: z.literal('args'), _flow_id: flow_id });
/** The orchestrator begins, in the session that executes the commands. */
export const start = z.strictObject({ type: z.literal('start_orchestrator') });
/** One round of the orchestrator. */
export const doWork = z.strictObject({ type: z.literal('do_work') });
/** What runs in the background ends: the statement that was sent for a task. */
export const taskEnds = z.strictObject({
  type: z.literal('task_ends'),
  task_id: int8,
  /** How it failed; null where it did not. */
  error: text.nullable(),
});
/** What a view shows of one run, ordered by task or by node. */
const viewed = <Type extends string>(type: Type) => z.strictObject({ type: z.literal(type), flow_id });
export const flowTasks = viewed('v_flow_task');
export const flowNodeStatus = viewed('v_flow_node_status');
export const flowStatus = viewed('v_flow_status');
export const asyncLoop = z.strictObject({ type: z.literal('async_loop') });

export const dagCascadeCommand = z.discriminatedUnion('type', [
  configure,
  configureFlow,
  createFlow,
  pushSteps,
  finish,
  defer,
  cancel,
  setPriority,
  setStepPriority,
  restartFlow,
  args,
  start,
  doWork,
  taskEnds,
  asyncLoop,
  flowTasks,
  flowNodeStatus,
  flowStatus,
]);

export type Configuration = z.infer<typeof configuration>;
export type FlowConfigurationJson = z.infer<typeof flowConfiguration>;
export type NodeJson = z.infer<typeof node>;
export type DagCascadeCommand = z.infer<typeof dagCascadeCommand>;
