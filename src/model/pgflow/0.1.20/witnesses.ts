/** Every branch of the model that a campaign has to reach. */
import {
  ofAddStep,
  ofCalculateRetryDelay,
  ofCreateFlow,
  ofIsValidSlug,
  ofMaybeCompleteRun,
  ofQueue,
  ofStartFlow,
  ofStartReadySteps,
  onAnotherRelation,
} from '../shared/witnesses.ts';

/** Refusals as `<command>/<constraint, column or SQLSTATE>`; the rest is named where it is reached. */
export const witnesses: readonly string[] = [
  ...ofCreateFlow,
  'add_step/step-added',
  ...ofAddStep,
  ...ofStartFlow,
  ...ofStartReadySteps,
  'poll_for_tasks/nothing-to-read',
  'poll_for_tasks/message-without-task',
  'poll_for_tasks/task-of-another-flow',
  'poll_for_tasks/first-attempt',
  'poll_for_tasks/retry',
  'poll_for_tasks/refused/21000',
  'poll_for_tasks/refused/22003',
  'poll_for_tasks/refused/22021',
  'poll_for_tasks/refused/22004',
  'poll_for_tasks/refused/2201W',
  'poll_for_tasks/refused/42P01',
  'poll_for_tasks/refused/P0001',
  'poll_for_tasks/refused/vt',
  'read_with_poll/nothing-to-read',
  'read_with_poll/messages',
  'read_with_poll/refused/2201W',
  'read_with_poll/refused/22004',
  'read_with_poll/refused/22021',
  'read_with_poll/refused/22P02',
  'read_with_poll/refused/22P05',
  'read_with_poll/refused/42P01',
  'read_with_poll/refused/P0001',
  'read_with_poll/refused/vt',
  'complete_task/completed',
  'complete_task/in-a-failed-run',
  'complete_task/no-such-task',
  'complete_task/dependent-ready',
  'complete_task/dependent-waits',
  'complete_task/dependent-added-later',
  'complete_task/refused/22004',
  'complete_task/refused/42P01',
  'complete_task/refused/completed_at_or_failed_at',
  'complete_task/refused/step_states_remaining_tasks_check',
  'complete_task/refused/step_states_remaining_deps_check',
  'complete_task/refused/22P02',
  'complete_task/refused/22P05',
  'fail_task/no-such-run',
  'fail_task/no-such-task',
  'fail_task/retried',
  'fail_task/failed',
  'fail_task/in-a-failed-run',
  'fail_task/run-forgets-when-it-failed',
  'fail_task/retry-without-message',
  'fail_task/no-queue-to-retry-in',
  'fail_task/no-queue-to-archive-in',
  'fail_task/refused/22003',
  'fail_task/refused/42P01',
  'fail_task/refused/22021',
  ...ofMaybeCompleteRun,
  ...ofCalculateRetryDelay,
  ...ofIsValidSlug,
  ...ofQueue('create', 'drop_queue', 'send', 'read', 'pop', 'set_vt', 'delete', 'archive', 'purge_queue'),
];

/**
 * What lies behind the first message that is read, which on pgmq 1.10 and later never arrives: but for a message
 * that is SQL NULL, behind which a task of another flow can be found once in a blue moon.
 */
const beyondTheFirstMessage: ReadonlySet<string> = new Set([
  'poll_for_tasks/task-of-another-flow',
  'poll_for_tasks/first-attempt',
  'poll_for_tasks/retry',
  'poll_for_tasks/refused/21000',
  'poll_for_tasks/refused/22003',
  'fail_task/refused/22003',
]);

export const witnessesOnPgmq111: readonly string[] = [
  ...witnesses.filter((name) => !beyondTheFirstMessage.has(name)),
  'poll_for_tasks/refused/22007',
  'read_with_poll/refused/22007',
];

/** Seen in samples of 2,000 commands. */
export const rareWitnesses: readonly string[] = onAnotherRelation('start_flow', 'complete_task', 'fail_task');

export const rareWitnessesOnPgmq111: readonly string[] = [...rareWitnesses, ...beyondTheFirstMessage];
