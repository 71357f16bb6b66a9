/** Back to a database just after installing: faster than a new one, and than TRUNCATE. */
import type { Query } from '../driver.ts';
import { endOfReset, restoreInstalled } from '../installed-state.ts';
import { droppingQueues } from '../pgmq/reset.ts';

const tables = ['step_tasks', 'step_states', 'runs', 'deps', 'steps', 'flows', 'workers'];

export const resetPgflow: readonly Query[] = [
  restoreInstalled,
  ...tables.map((table) => ({ text: `delete from pgflow.${table}` })),
  { text: 'delete from realtime.sent' },
  { text: "select setval('realtime.sent_id_seq', 1, false)" },
  ...droppingQueues(endOfReset),
];
