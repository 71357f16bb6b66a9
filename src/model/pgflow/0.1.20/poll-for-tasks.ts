/** `pgflow.poll_for_tasks`. */
import { type Jsonb, jsonbObject, toJsonb } from '../../kernel/jsonb.ts';
import { isRefusal, refused } from '../../kernel/outcome.ts';
import { moreThanOneRow, outOfRange, type SqlError } from '../../kernel/sql-error.ts';
import type { Refused, Row } from '../../kernel/transition.ts';
import { setVt } from '../../pgmq/messages.ts';
import type { TaskKey } from '../shared/queued-tasks.ts';
import type { PollForTasks } from './commands.ts';
import { type Draft, type OpenRun, openRun, openTask } from './draft.ts';
import { readWithPoll } from './read-with-poll.ts';

/** Reads messages and hands out the tasks behind them, each counted as an attempt. In no promised order. */
export function pollForTasks(draft: Draft, command: PollForTasks): readonly Row[] | Refused {
  const messages = readWithPoll(draft, command);
  if (isRefusal(messages)) return refused(messages);
  if (messages.length === 0) draft.reached.push('poll_for_tasks/nothing-to-read');

  const records: Row[] = [];
  const faults = new Set<SqlError>();
  for (const { msg_id } of messages) {
    const keys = tasksBehind(draft, msg_id, command);
    if (keys.length === 0) draft.reached.push('poll_for_tasks/message-without-task');
    // Surprise: tasks are found by message id alone, and the queue of every flow starts with message 1.
    if (keys.length > 1) faults.add(moreThanOneRow);
    for (const { run_id, step_slug } of keys) {
      const run = openRun(draft, run_id)!;
      if (run.flow_slug !== command.queue_name) draft.reached.push('poll_for_tasks/task-of-another-flow');
      const timeout = timeoutOf(draft, run, step_slug);
      if (timeout >= 2 ** 31) faults.add(outOfRange);
      else setVt(draft.pgmq, command.queue_name, [msg_id], timeout);

      const index = run.step_tasks.findIndex((task) => task.step_slug === step_slug);
      const { attempts_count } = run.step_tasks[index]!;
      openTask(run, index).attempts_count = attempts_count + 1;
      draft.reached.push(attempts_count === 0 ? 'poll_for_tasks/first-attempt' : 'poll_for_tasks/retry');
      const input = inputOf(draft, run, step_slug);
      records.push({ flow_slug: run.flow_slug, run_id, step_slug, input, msg_id });
    }
  }
  const [refusal, ...alternatives] = faults;
  return refusal ? { ...refused(refusal), alternatives } : records;
}

function tasksBehind(draft: Draft, msg_id: number, { queue_name }: PollForTasks): readonly TaskKey[] {
  const keys = draft.queuedTasks.get(msg_id) ?? [];
  if (!draft.asDocumented.has('tasks-are-polled-from-the-queues-of-other-flows')) return keys;
  return keys.filter(({ run_id }) => draft.runs.get(run_id)!.flow_slug === queue_name);
}

/** Seconds for which the message stays invisible: the task's timeout and two more. */
function timeoutOf(draft: Draft, run: OpenRun, step_slug: string): number {
  const flow = draft.flows.get(run.flow_slug)!;
  const step = flow.steps.find((step) => step.step_slug === step_slug);
  return (step?.opt_timeout ?? flow.opt_timeout) + 2;
}

/** The run's input, and the output of every dependency that has completed. */
function inputOf(draft: Draft, run: OpenRun, step_slug: string) {
  const { deps } = draft.flows.get(run.flow_slug)!;
  const outputs: [string, Jsonb][] = [['run', run.input]];
  for (const dep of deps) {
    if (dep.step_slug !== step_slug) continue;
    const task = run.step_tasks.find((task) => task.step_slug === dep.dep_slug);
    if (task?.status === 'completed') outputs.push([task.step_slug, toJsonb(task.output)]);
  }
  return jsonbObject(outputs);
}
