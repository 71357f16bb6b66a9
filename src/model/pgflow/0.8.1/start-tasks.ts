/** `pgflow.start_tasks`: the second phase of polling, after the messages were read. */

import { plusSeconds } from '../../kernel/instant.ts';
import { type Jsonb, jsonbObject, type NullableJsonb, toJsonb } from '../../kernel/jsonb.ts';
import { refusalOf } from '../../kernel/outcome.ts';
import { foreignKeyViolation, outOfRange, type SqlError } from '../../kernel/sql-error.ts';
import type { Row } from '../../kernel/transition.ts';
import { setVt } from '../../pgmq/messages.ts';
import type { StartTasks } from './commands.ts';
import { type Draft, dequeue, indexOfState, openRun, openState, openTask, stepOf } from './draft.ts';
import { outputOf } from './outputs.ts';
import type { Run, TaskKey } from './state.ts';

/**
 * Starts the queued tasks behind the messages and hands them out with their inputs. In no promised order.
 * Surprise: the messages stay invisible for as long as the read asked, whatever the timeout of the step; the
 * part of the SQL that would extend it is never evaluated. Nor need a message have been read, or be there.
 */
export function startTasks(draft: Draft, command: StartTasks): readonly Row[] | SqlError {
  const { flow_slug, worker_id } = command;
  const queued = flow_slug === null ? undefined : draft.queuedTasks.get(flow_slug);
  const inputs = new Map<string, Jsonb>();
  const records: Row[] = [];
  for (const msg_id of new Set(command.msg_ids)) {
    const keys = [...(queued?.get(msg_id) ?? []), ...stalledTasks(draft, flow_slug, msg_id)];
    const runs = keys.map((key) => draft.runs.get(key.run_id)!);
    if (keys.length === 0) draft.reached.push('start_tasks/no-queued-task');
    else if (runs.every((run) => run.status === 'failed')) {
      draft.reached.push('start_tasks/run-failed');
      continue;
    }
    // Surprise: rows are updated by message alone, so a task of a failed run starts along with a namesake.
    for (const [i, key] of keys.entries()) {
      start(draft, flow_slug!, msg_id, key, worker_id);
      const run = runs[i]!;
      if (run.status === 'failed') draft.reached.push('start_tasks/along-with-another');
      else records.push({ ...inputOf(draft, run, key, inputs), msg_id });
      const refusal = extendVisibility(draft, run, key.step_slug, msg_id);
      if (refusal) return refusal;
    }
  }
  // An unknown worker is only noticed where there is a row to write it in.
  const unknown = records.length > 0 && worker_id !== null && !draft.workers.has(worker_id);
  return unknown ? foreignKeyViolation('step_tasks_last_worker_id_fkey') : records;
}

function start(
  draft: Draft,
  flow_slug: string,
  msg_id: number,
  key: TaskKey,
  worker_id: string | null,
): void {
  const run = openRun(draft, key.run_id)!;
  const task = openTask(openState(draft, run, indexOfState(run, key.step_slug)), key.task_index);
  draft.reached.push(task.attempts_count === 0 ? 'start_tasks/first-attempt' : 'start_tasks/retry');
  const deprecated = worker_id !== null && draft.workers.get(worker_id)?.deprecated_at;
  if (deprecated) draft.reached.push('start_tasks/deprecated-worker');
  const wasQueued = task.status === 'queued';
  task.attempts_count += 1;
  task.status = 'started';
  task.started_at = draft.now;
  task.last_worker_id = worker_id;
  if (wasQueued) dequeue(draft, flow_slug, msg_id, key);
}

/** As documented: tasks under way for longer than they may take, as after the death of their worker. */
function stalledTasks(draft: Draft, flow_slug: string | null, msg_id: number): TaskKey[] {
  if (!draft.asDocumented.has('stalled-tasks-are-never-retried')) return [];
  const keys: TaskKey[] = [];
  for (const run of draft.runs.values()) {
    if (run.flow_slug !== flow_slug || run.status === 'failed') continue;
    for (const { step_slug, tasks } of run.step_states) {
      for (const [task_index, { status, message_id, started_at }] of tasks.entries()) {
        if (status !== 'started' || message_id !== msg_id) continue;
        if (draft.now < plusSeconds(started_at!, visibilityOf(draft, run, step_slug))) continue;
        keys.push({ run_id: run.run_id, step_slug, task_index });
      }
    }
  }
  return keys;
}

/** Seconds: the task's timeout and two more. */
function visibilityOf(draft: Draft, run: Run, step_slug: string): number {
  const { opt_timeout } = draft.flows.get(run.flow_slug)!;
  return (stepOf(draft, run.flow_slug, step_slug)!.opt_timeout ?? opt_timeout) + 2;
}

/** As documented: the message stays invisible for as long as the task may take, and two seconds more. */
function extendVisibility(draft: Draft, run: Run, step_slug: string, msg_id: number): SqlError | undefined {
  if (!draft.asDocumented.has('started-tasks-keep-the-visibility-of-the-read')) return undefined;
  const seconds = visibilityOf(draft, run, step_slug);
  if (seconds >= 2 ** 31) return outOfRange;
  const moved = setVt(draft.pgmq, run.flow_slug, [msg_id], seconds);
  return refusalOf(moved);
}

/** A record without its message: an element of an array for a map, else an object of everything that came before. */
function inputOf(draft: Draft, run: Run, key: TaskKey, known: Map<string, Jsonb>) {
  const { run_id, step_slug, task_index } = key;
  const { flow_slug } = run;
  const step = stepOf(draft, flow_slug, step_slug)!;
  const id = `${run_id} ${step_slug}`;
  const source = known.get(id) ?? sourceOf(draft, run, step_slug);
  known.set(id, source);
  const input = step.step_type === 'map' ? elementOf(source, task_index) : source;
  draft.reached.push(`start_tasks/${step.step_type}`);
  return { flow_slug, run_id, step_slug, input, task_index };
}

/** What a step works on: the array of a map, the whole input of a single step. */
function sourceOf(draft: Draft, run: Run, step_slug: string): Jsonb {
  const { deps } = draft.flows.get(run.flow_slug)!;
  const step = stepOf(draft, run.flow_slug, step_slug)!;
  if (step.step_type === 'map' && step.deps_count === 0) return run.input;
  const outputs = deps
    .filter((dep) => dep.step_slug === step_slug)
    .map(({ dep_slug }): [string, Jsonb] => {
      const state = run.step_states[indexOfState(run, dep_slug)];
      return [dep_slug, toJsonb(outputOf(stepOf(draft, run.flow_slug, dep_slug)!, state))];
    });
  if (step.step_type === 'single') return jsonbObject([['run', run.input], ...outputs]);
  // Surprise: of several dependencies (added late) the first counts: jsonb puts the shortest key first.
  const [[, first] = ['', null]] = outputs.sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1));
  return first;
}

/** `jsonb_array_element`. Surprise: a scalar is an array of itself; of an object there is no element. */
function elementOf(source: Jsonb, index: number): NullableJsonb {
  if (Array.isArray(source)) return source[index];
  const isScalar = typeof source !== 'object' || source === null;
  return isScalar && index === 0 ? source : undefined;
}
