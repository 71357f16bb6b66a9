/** Our SQL against the original, or any two of its kind. */
import { installDagCascade } from '../../sql/dag-cascade/install.ts';
import { notModelled, observedSchemas } from '../../sql/dag-cascade/observe.ts';
import { type DiffSupport, plainDiff } from '../contract/diff.ts';

export const dagCascadeDiff: DiffSupport = {
  ...plainDiff({
    release: '1.0',
    schemas: observedSchemas,
    // What others refer to comes first.
    tables: [
      ...['control', 'target', 'concurrency_pool', 'concurrency_pool_tracker', 'task', 'worker'].map(
        (name) => `async.${name}`,
      ),
      'background.connections',
      ...['flow_configuration', 'node', 'flow_node', 'dependency_configuration', 'step', 'flow'].map(
        (name) => `flow.${name}`,
      ),
      ...['dependency', 'arguments'].map((name) => `flow.${name}`),
      ...['async.task_task_id_seq', 'async.request_latch_request_latch_id_seq', 'flow.flow_flow_id_seq'],
    ],
    installation: installDagCascade,
  }),
  source: 'files',
  // What triggers would do as well has been done.
  unguarded: {
    begin: { text: 'set session_replication_role = replica' },
    end: { text: 'set session_replication_role = origin' },
  },
  leftOut: [...notModelled].map((table) => ({
    table,
    reason: 'the log, and what only the clients of a server use, say nothing about flows',
  })),
};
