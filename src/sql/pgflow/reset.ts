/** Back to a database just after installing: faster than a new one, and than TRUNCATE. */
import type { Query } from '../driver.ts';
import { asOrigin, asReplica, restoreInstalled } from '../installed-state.ts';
import { dropQueues } from '../pgmq/reset.ts';
import { resetCalls } from '../supabase/calls.ts';

const tables = ['step_tasks', 'step_states', 'runs', 'deps', 'steps', 'flows', 'workers'];

export const resetPgflow: readonly Query[] = [
  asReplica,
  restoreInstalled,
  ...tables.map((table) => ({ text: `delete from pgflow.${table}` })),
  ...resetCalls,
  ...dropQueues,
  asOrigin,
];
