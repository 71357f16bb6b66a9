/**
 * What a report on a task amounts to, `complete_task` or `fail_task`: told from what it changed, never from what it asked
 * for. Who reports late, or twice, or on a task that nobody has started, usually changes nothing.
 */
import type { PgflowCommand } from '../../../../model/pgflow/0.8.1/commands.ts';
import type { StepTask } from '../../../../model/pgflow/0.8.1/state.ts';
import { elapsedText } from '../../../twin/duration.ts';
import { errorText, valueText } from '../../../twin/timeline.ts';
import type { TaskKey } from '../log/log.ts';
import { type AttemptRecord, type Chronicle, taskIn } from './chronicle.ts';
import type { Effect } from './tell-command.ts';

export type Report = Extract<PgflowCommand, { type: 'complete_task' | 'fail_task' }>;

/** The task before the report and after it; undefined where there is none. */
interface Change {
  readonly was: StepTask | undefined;
  readonly is: StepTask | undefined;
}

/** What it did to the task. What else it brought about is for the caller to tell. */
export function tellReport(chronicle: Chronicle, effect: Effect, report: Report): void {
  const key = taskOf(report);
  const { before, after } = effect;
  const was = taskIn(before.runs.get(key.run_id), key);
  const is = taskIn(after.runs.get(key.run_id), key);
  const record = chronicle.latestAt(key);
  if (was?.status === 'started' && is && record) tellEnd(chronicle, effect, report, record, is);
  else tellLate(chronicle, effect, report, { was, is });
}

/** The attempt was under way, for all that the database knew. */
function tellEnd(
  chronicle: Chronicle,
  { at, before, after, thrown }: Effect,
  report: Report,
  record: AttemptRecord,
  is: StepTask,
): void {
  const completes = report.type === 'complete_task';
  const run = before.runs.get(record.run_id)!;
  record.cause = undefined;
  record.thrown = thrown;
  record.output = is.output;
  record.error = is.status === 'started' ? undefined : (is.error_message ?? undefined);
  const error = errorText(is.error_message);
  switch (is.status) {
    case 'completed':
      // An earlier attempt may have left its error in the row.
      record.error = undefined;
      chronicle.end(record, at, 'completed', `completes with ${valueText(is.output)}`);
      return;
    case 'queued': {
      const again = visibleFrom(chronicle, after, is);
      const when = again === undefined ? '' : `; again at ${again}`;
      chronicle.end(record, at, 'failed', `fails: ${error}${when}`);
      return;
    }
    case 'failed': {
      const how =
        run.status === 'started'
          ? completes
            ? 'fails'
            : 'fails for good'
          : `fails too late, the run is ${run.status}`;
      chronicle.end(record, at, 'failed', `${how}: ${error}`);
      return;
    }
    case 'started':
      chronicle.end(record, at, 'ignored', `completes too late: the run is ${run.status}`);
  }
}

/** No attempt was under way, so none has ended by it. */
function tellLate(chronicle: Chronicle, effect: Effect, report: Report, change: Change): void {
  const key = taskOf(report);
  const { was } = change;
  const { run, step, index } = chronicle.subject({ ...key, attempt: 0 });
  const text = [
    was === undefined || was.attempts_count === 0 ? `task ${key.task_index} ` : '',
    report.type === 'complete_task'
      ? `is reported completed with ${valueText(report.output)}, `
      : `is reported failed (${errorText(report.error_message)}), `,
    was === undefined
      ? 'but there is no such task'
      : was.attempts_count === 0
        ? 'but was never started'
        : `but is ${was.status}`,
    `: ${consequence(chronicle, effect, report, change)}`,
  ].join('');
  const element = index === undefined || was?.attempts_count === 0 ? {} : { index };
  chronicle.line(effect.at, { event: 'attempt ignored', run, step, ...element, text });
}

/** Surprise: a late report may change something after all. */
function consequence(
  chronicle: Chronicle,
  { before, after, events }: Effect,
  report: Report,
  { was, is }: Change,
): string {
  const { run_id, step_slug } = taskOf(report);
  if (is && was?.status !== is.status) return `it is ${is.status} now (${errorText(is.error_message)})`;
  if (before.runs.get(run_id)?.status !== after.runs.get(run_id)?.status) return 'its run has ended';
  const [moved, stood] = [
    is && visibleFrom(chronicle, after, is),
    was && visibleFrom(chronicle, before, was),
  ];
  if (moved !== stood && moved !== undefined) return `its message is put off until ${moved}`;
  if (events.some(({ event }) => event === `step:${step_slug}:completed`)) {
    return 'no row changes, but its step is broadcast as completed again';
  }
  return 'nothing changes';
}

/** From when on its message can be read; undefined where it has none any more. */
function visibleFrom(chronicle: Chronicle, state: Effect['after'], task: StepTask): string | undefined {
  const { engine } = chronicle;
  const vt = engine.queue.queueIn(state)?.messages.get(task.message_id)?.vt;
  return vt === undefined ? undefined : elapsedText(vt - engine.startedAt);
}

const taskOf = ({ run_id, step_slug, task_index }: Report): TaskKey => ({
  run_id: run_id ?? '',
  step_slug: step_slug ?? '',
  task_index: task_index ?? -1,
});
