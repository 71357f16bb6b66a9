/** Every branch of the model that a campaign has to reach; each is named where it is reached. */
import { witnessNames } from '../kernel/witness-names.ts';
import type { DagCascadeCommand } from './commands.ts';

const nul = 'refused/22021';
const nulInJson = 'refused/22P05';
const priority = 'refused/flow_priority_t_check';
const taken = 'refused/task_flow_idx';

const ofCommands: Readonly<Record<DagCascadeCommand['type'], readonly string[]>> = {
  configure: [
    'done',
    'deleted-target',
    nulInJson,
    'refused/21000',
    'refused/22023',
    'refused/target',
    'refused/concurrency_pool',
    'refused/concurrency_pool_pkey',
  ],
  configure_flow: [
    'done',
    'cycle',
    'deleted-node',
    'routine-overwritten',
    nul,
    nulInJson,
    'refused/22P02',
    'refused/22023',
    'refused/node',
    'refused/parent',
    'refused/flow',
    'refused/54000',
    'refused/arguments',
    'refused/flow_configuration_concurrency_group_routine_check',
    'refused/node_node_check',
    'refused/node_pkey',
    'refused/node_target_fkey',
    'refused/dependency_configuration_pkey',
    'refused/dependency_configuration_parent_fkey',
  ],
  create_flow: [
    'done',
    'finished-as-empty',
    nul,
    nulInJson,
    'refused/P0001',
    'refused/flow_parent_task_id_fkey',
    'refused/42883',
  ],
  push_steps: ['done', 'node-is-done', nul, nulInJson, taken],
  finish: ['done', 'requested', 'finished-again', nul],
  defer: ['done'],
  cancel: ['done', 'child-flow'],
  set_priority: ['done', 'not-kept', priority],
  set_step_priority: ['done', priority],
  restart_flow: ['done', 'restarted', 'without-node', nul, 'refused/P0001', 'refused/concurrency_pool'],
  args: ['done', 'refused/flow_id'],
  start_orchestrator: ['done'],
  do_work: [
    'done',
    'finished-on-request',
    'timed-out',
    'reaped',
    'ran',
    'ran-without-worker',
    'kept-its-deadline',
    'not-connected',
    'worker-of-a-deleted-task',
    'ok-with-an-error',
    'error-leaked',
    'refused/P0001',
  ],
  task_ends: ['done', 'nothing-runs'],
  async_loop: ['done', 'finished'],
  v_flow_task: ['done'],
  v_flow_node_status: ['done'],
  v_flow_status: ['done'],
};

/** Of what commands have in common. */
const shared: readonly string[] = [
  'check_node_steps/yielded',
  'check_node_steps/null-among-the-nodes',
  'delete/child-flow',
  'finish_parent/finished',
  'finish_parent/nodes-without-task',
  'node_child_dependencies/DOA',
  'node_child_dependencies/EMPTY',
  'node_child_dependencies/EXECUTE',
  'push_tasks/lost-without-target',
  'start/canceled-flow',
  'start/deleted-old-task',
  'start/presumed-failed',
  'task_complete/flow-is-done',
  'task_complete/last-step-of-no-open-node',
  'task_complete/other-steps-failed',
  'task_complete/steps-done',
  'task_complete/steps-failed',
  'task_complete/steps-of-failed-node',
  'task_complete/terminates',
];

export const witnesses: readonly string[] = [...witnessNames(ofCommands), ...shared];

export const rareWitnesses: readonly string[] = [
  'do_work/begun-anew',
  'do_work/runs-twice',
  'cancel/refused/task_flow_idx',
  'create_flow/refused/task_flow_idx',
  'finish/refused/42883',
  'finish/refused/task_flow_idx',
  'finish_parent/of-failed-run',
  'push_steps/refused/42883',
  'start/forgot-pool',
];
