/** Every branch of executions that a campaign has to reach; each is named where it is reached. */
import { witnessNames } from '../../kernel/witness-names.ts';
import { stateTypes } from '../shared/types.ts';
import { operatorNames } from './language/definition.ts';

const both = ['done', 'ignored'];

const branches: Readonly<Record<string, readonly string[]>> = {
  abort: ['activity/Retrying', 'activity/Running', 'part/Pending', 'part/Running'],
  cancel_execution: ['canceling', 'over', 'refused/P0001'],
  catch: ['caught', 'lost'],
  choice: operatorNames.flatMap((operator) => [`${operator}/true`, `${operator}/false`]),
  complete_task: ['refused/22021', 'refused/22P05', 'sent', 'stale'],
  create_machine: ['done', 'refused/P0001'],
  delete_execution: ['deleting', 'refused', 'refused/P0001'],
  deliver: ['done', 'ignored', 'nothing', 'refused/P0001'],
  duplicate: ['done', 'nothing', 'refused/P0001'],
  fail: ['execution', 'part'],
  fail_task: ['refused/22021', 'sent', 'stale'],
  heartbeat: ['refused/22021', 'sent', 'stale'],
  map: ['tolerates', 'too-many-failures', 'waits'],
  message: [
    ...['StartExecution', 'StartState', 'RetryState', 'EndWait', 'EndTask', 'EndPart', 'EndExecution'],
    ...['TimeOutExecution', 'CancelExecution'],
  ].flatMap((kind) => both.map((outcome) => `${kind}/${outcome}`)),
  parts: ['none'],
  read_tasks: ['done', 'nothing', 'refused/2201W'],
  retry: ['again', 'longest', 'used-up'],
  run: stateTypes,
  start_execution: ['done', 'refused/22021', 'refused/22P05', 'refused/P0001'],
  tick: ['done'],
  timer: ['execution', 'heartbeat', 'retry', 'timeout', 'wait'],
  wait: ['over'],
};

export const witnesses: readonly string[] = [
  ...witnessNames(branches),
  'message/DeleteExecution/done',
  'too-large',
];

export const rareWitnesses: readonly string[] = [];
