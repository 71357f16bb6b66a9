/** State as rows: the columns of each table as Postgres prints them. */

import { arrayText } from '../kernel/array-text.ts';
import type { NullableJsonb } from '../kernel/jsonb.ts';
import type { Row } from '../kernel/transition.ts';
import type { Control, Dependency, FlowRun, Node, Target, Task } from './state.ts';
import { intervalText } from './values.ts';

const interval = (value: number | null) => (value === null ? null : intervalText(value));

/** What no command changes is as it is installed. */
export const controlRow = ({ isStarted, default_timeout, ...control }: Control): Row => ({
  ...control,
  enabled: true,
  idle_sleep: 0.1,
  heavy_maintenance_sleep: '24:00:00',
  task_keep_duration: '30 days',
  default_timeout: intervalText(default_timeout),
  advisory_mutex_id: 0,
  self_target: 'async.self',
  self_connection_string: null,
  paused: false,
  // Of the embedded Postgres, always.
  pid: isStarted ? sessionPid : null,
  busy_sleep: 0.01,
  light_maintenance_sleep: '00:05:00',
  startup_routines: '{flow.async_startup()}',
  loop_routines: '{flow.async_loop()}',
  version: '1.0',
  debug_log: true,
});

/** `pg_backend_pid()` of an embedded Postgres. */
export const sessionPid = 42;

export const targetRow = ({ default_timeout, ...target }: Target): Row => ({
  ...target,
  default_timeout: interval(default_timeout),
});

export const taskRow = ({ manual_timeout, ...task }: Task): Row => ({
  ...task,
  manual_timeout: interval(manual_timeout),
});

export const nodeRow = ({ node_timeout, step_timeout, steps, ...node }: Node): Row => ({
  ...node,
  node_timeout: interval(node_timeout),
  step_timeout: interval(step_timeout),
});

export const flowRow = ({ dependencies, nodes, openTasks, only_these_nodes, ...flow }: FlowRun): Row => ({
  ...flow,
  only_these_nodes: only_these_nodes === null ? null : arrayText(only_these_nodes),
});

export const dependencyRow = (flow: { flow_id: number } | { flow: string }, dependency: Dependency): Row => ({
  ...flow,
  ...dependency,
});

export const argumentsRow = (flow_id: number, args: NullableJsonb): Row => ({ flow_id, arguments: args });
