/** Our own SQL of the DAG cascade: a queue of tasks that an orchestrator runs over dblink, and flows of nodes and steps on top of it. */
import { cascade } from './cascade.ts';
import { configuration } from './configuration.ts';
import { finishing } from './finishing.ts';
import { flowConfiguration } from './flow-configuration.ts';
import { flowTables } from './flow-tables.ts';
import { flows } from './flows.ts';
import { orchestrator } from './orchestrator.ts';
import { pushing } from './pushing.ts';
import { queue } from './queue.ts';
import { queueTables } from './queue-tables.ts';
import { views } from './views.ts';

/** In the order in which they are installed. */
export const ownScripts: readonly { readonly name: string; readonly sql: string }[] = [
  { name: 'dag-cascade-queue-tables.sql', sql: queueTables },
  { name: 'dag-cascade-queue.sql', sql: queue },
  { name: 'dag-cascade-finishing.sql', sql: finishing },
  { name: 'dag-cascade-orchestrator.sql', sql: orchestrator },
  { name: 'dag-cascade-configuration.sql', sql: configuration },
  { name: 'dag-cascade-flow-tables.sql', sql: flowTables },
  { name: 'dag-cascade-views.sql', sql: views },
  { name: 'dag-cascade-flow-configuration.sql', sql: flowConfiguration },
  { name: 'dag-cascade-pushing.sql', sql: pushing },
  { name: 'dag-cascade-cascade.sql', sql: cascade },
  { name: 'dag-cascade-flows.sql', sql: flows },
];
