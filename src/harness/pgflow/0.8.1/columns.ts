/** The columns that the model knows, in each table. */
import { commonColumns } from '../shared/columns.ts';

export const columns = {
  ...commonColumns,
  'pgflow.steps': [...commonColumns['pgflow.steps'], 'opt_start_delay'],
  'pgflow.step_states': [...commonColumns['pgflow.step_states'], 'error_message', 'initial_tasks'],
  'pgflow.step_tasks': [...commonColumns['pgflow.step_tasks'], 'started_at', 'last_worker_id'],
  'pgflow.workers': [...commonColumns['pgflow.workers'], 'deprecated_at'],
};
