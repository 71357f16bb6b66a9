/** Writes down what commands and notes amount to: the lines of the timeline, and the attempts at each task. */
import type { Instant } from '../../model/kernel/instant.ts';
import type { Jsonb } from '../../model/kernel/jsonb.ts';
import type { PgflowCommand } from '../../model/pgflow/0.8.1/commands.ts';
import type { Run, StepTask } from '../../model/pgflow/0.8.1/state.ts';
import { elapsedText } from './duration.ts';
import type { Engine } from './engine.ts';
import type { AttemptRecord, Effect } from './history.ts';
import type { AttemptKey, NoteEntry } from './log.ts';
import { errorText, type TimelineEntry, valueText } from './timeline.ts';

type Command<Type extends PgflowCommand['type']> = Extract<PgflowCommand, { type: Type }>;
type Line = Omit<TimelineEntry, 'at'>;

export class Chronicler {
  readonly timeline: TimelineEntry[] = [];
  readonly attempts: AttemptRecord[] = [];
  readonly #engine: Engine;
  /** The last attempt at each task. */
  readonly #latest = new Map<string, AttemptRecord>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  command(effect: Effect): void {
    const { command } = effect.entry;
    switch (command.type) {
      case 'start_flow':
        return this.#started(effect, command);
      case 'start_tasks':
        return this.#tasksStarted(effect, command);
      case 'complete_task':
        return this.#completed(effect, command);
      case 'fail_task':
        return this.#failed(effect, command);
      case 'pgmq.set_vt':
        return this.#line(effect.entry.at, {
          event: 'message delivered again',
          text: `message ${command.msg_id} is delivered again`,
        });
      // Reading leaves no trace of its own, and workers are told by notes.
      default:
        return;
    }
  }

  note({ at, note }: NoteEntry): void {
    switch (note.type) {
      case 'worker':
        return this.#line(at, { event: 'worker', worker: note.worker, text: `worker ${note.worker} ${was[note.what]}` });
      case 'database':
        return this.#line(at, { event: 'database', text: `the database is ${note.what}` });
      case 'crashed':
        return this.#line(at, {
          event: 'worker',
          worker: note.worker,
          text: `worker ${note.worker} crashes ${note.when} the work of ${this.#nameOf(note.task)}`,
        });
      case 'called late': {
        const record = this.#recordOf(note.task);
        if (record) record.calledAt = at;
        return this.#line(at, {
          ...this.#subject(note.task),
          event: 'attempt called',
          text: `attempt ${note.task.attempt} has its turn`,
        });
      }
      case 'report lost':
        return this.#line(at, {
          ...this.#subject(note.task),
          event: 'attempt ignored',
          text: `attempt ${note.task.attempt} cannot be reported: ${errorText(note.reason)}`,
        });
      case 'stranded':
        return this.#stranded(at, note.task, note.cause, note.wasCalled);
    }
  }

  #line(at: Instant, line: Line): void {
    this.timeline.push({ at: at - this.#engine.startedAt, ...line });
  }

  #subject({ run_id, step_slug, task_index, attempt }: AttemptKey) {
    const isMap = this.#engine.flow.steps.get(step_slug)?.isMap ?? false;
    return {
      run: this.#engine.numberOf(run_id),
      step: step_slug,
      ...(isMap ? { index: task_index } : {}),
      attempt,
    };
  }

  #nameOf(key: AttemptKey): string {
    const { run, step, index } = this.#subject(key);
    return `run ${run} ${step}${index === undefined ? '' : `[${index}]`}`;
  }

  #recordOf({ run_id, step_slug, task_index }: Omit<AttemptKey, 'attempt'>): AttemptRecord | undefined {
    return this.#latest.get(`${run_id} ${step_slug} ${task_index}`);
  }

  #started(effect: Effect, { run_id, input }: Command<'start_flow'>): void {
    const { at } = effect.entry;
    const run = this.#engine.numberOf(run_id!);
    if (!effect.result.ok) {
      const { message, sqlstate } = effect.result.refusal;
      return this.#line(at, { event: 'run refused', run, text: `is refused: ${errorText(message ?? sqlstate)}` });
    }
    this.#line(at, { event: 'run started', run, text: `starts with ${valueText(input)}` });
    this.#consequences(effect, run_id!);
  }

  #tasksStarted({ entry: { at }, after, result }: Effect, { worker_id }: Command<'start_tasks'>): void {
    if (!result.ok) return;
    const worker = Number.parseInt(worker_id!.slice(-12), 16);
    const started = result.rows.map((row) => {
      const { run_id, step_slug, task_index, input } = row as unknown as AttemptKey & { input: Jsonb };
      const task = taskIn(after.runs.get(run_id), { run_id, step_slug, task_index })!;
      return { run_id, step_slug, task_index, input, task, run: this.#engine.numberOf(run_id) };
    });
    const { steps } = this.#engine.flow;
    started.sort(
      (a, b) =>
        a.task.queued_at - b.task.queued_at ||
        a.run - b.run ||
        steps.get(a.step_slug)!.index - steps.get(b.step_slug)!.index ||
        a.task_index - b.task_index,
    );
    for (const { task, ...key } of started) {
      const record: AttemptRecord = {
        ...key,
        attempt: task.attempts_count,
        worker,
        startedAt: at,
        calledAt: at,
        endedAt: null,
        outcome: 'running',
        output: undefined,
        error: undefined,
        cause: undefined,
      };
      this.attempts.push(record);
      this.#latest.set(`${key.run_id} ${key.step_slug} ${key.task_index}`, record);
      this.#line(at, {
        ...this.#subject(record),
        event: 'attempt started',
        worker,
        text: `attempt ${record.attempt} starts on worker ${worker}`,
      });
    }
  }

  #completed(effect: Effect, command: Command<'complete_task'>): void {
    const { before, after, entry, result } = effect;
    const key = keyOf(command);
    const record = this.#recordOf(key)!;
    const [was, is] = [taskIn(before.runs.get(key.run_id), key), taskIn(after.runs.get(key.run_id), key)];
    // The worker reports what was refused as a failure.
    if (!result.ok) return;
    record.output = command.output;
    if (was?.status === 'started' && is?.status === 'completed') {
      this.#ended(record, entry.at, 'completed', `completes with ${valueText(command.output)}`);
    } else if (is?.status === 'failed' && was?.status === 'started') {
      record.error = is.error_message ?? undefined;
      this.#ended(record, entry.at, 'failed', `fails: ${errorText(is.error_message)}`);
    } else this.#ended(record, entry.at, 'ignored', `completes too late: the run is ${after.runs.get(key.run_id)!.status}`);
    this.#consequences(effect, key.run_id);
  }

  #failed(effect: Effect, command: Command<'fail_task'>): void {
    const { before, after, entry, result } = effect;
    if (!result.ok) return;
    const key = keyOf(command);
    const record = this.#recordOf(key)!;
    const [was, is] = [taskIn(before.runs.get(key.run_id), key), taskIn(after.runs.get(key.run_id), key)];
    record.error = command.error_message ?? undefined;
    const message = errorText(command.error_message);
    if (was?.status === 'started' && is?.status === 'queued') {
      const again = this.#engine.queue.queueIn(after)?.messages.get(is.message_id)?.vt;
      const when = again === undefined ? '' : `; again at ${elapsedText(again - this.#engine.startedAt)}`;
      this.#ended(record, entry.at, 'failed', `fails: ${message}${when}`);
    } else if (was?.status === 'started' && is?.status === 'failed') {
      this.#ended(record, entry.at, 'failed', `fails for good: ${message}`);
    } else this.#ended(record, entry.at, 'ignored', `fails too late: ${message}`);
    this.#consequences(effect, key.run_id);
  }

  #stranded(at: Instant, task: AttemptKey, cause: string, wasCalled: boolean): void {
    const record = this.#recordOf(task);
    if (record) {
      record.cause = cause;
      if (!wasCalled) record.calledAt = null;
    }
    const text = `attempt ${task.attempt} is left started: ${errorText(cause)}`;
    const line = { ...this.#subject(task), event: 'attempt stranded' as const, text };
    if (record) Object.assign(record, { outcome: 'stranded', endedAt: at });
    this.#line(at, line);
  }

  #ended(record: AttemptRecord, at: Instant, outcome: 'completed' | 'failed' | 'ignored', text: string): void {
    record.outcome = outcome;
    record.endedAt = at;
    this.#line(at, { ...this.#subject(record), event: `attempt ${outcome}`, worker: record.worker, text });
  }

  /** What else a command brought about: steps without tasks of their own, maps that are whole, and the run. */
  #consequences({ before, after, entry: { at } }: Effect, run_id: string): void {
    const was = before.runs.get(run_id);
    const is = after.runs.get(run_id);
    if (is === undefined || was === is) return;
    const run = this.#engine.numberOf(run_id);
    for (const [i, state] of is.step_states.entries()) {
      const { step_slug: step, status } = state;
      if (was?.step_states[i]?.status === status || !this.#engine.flow.steps.get(step)?.isMap) continue;
      if (status === 'completed') {
        const count = state.tasks.length;
        const text = count === 0 ? 'completes: there was nothing to map' : `completes: ${count} of ${count} tasks`;
        this.#line(at, { event: 'step completed', run, step, text });
      }
    }
    if (was?.status === is.status || is.status === 'started') return;
    if (is.status === 'completed') {
      this.#line(at, { event: 'run completed', run, text: `completes with ${valueText(is.output)}` });
    } else this.#line(at, { event: 'run failed', run, text: `fails: ${errorText(errorOf(is) ?? null)}` });
  }
}

const was = {
  started: 'starts',
  stopping: 'is told to stop',
  stopped: 'has stopped',
  killed: 'is killed',
  deprecated: 'finds itself deprecated and reads no more',
} as const;

const keyOf = ({ run_id, step_slug, task_index }: Command<'complete_task' | 'fail_task'>) => ({
  run_id: run_id!,
  step_slug: step_slug!,
  task_index: task_index!,
});

export function taskIn(run: Run | undefined, key: Omit<AttemptKey, 'attempt'>): StepTask | undefined {
  return run?.step_states.find(({ step_slug }) => step_slug === key.step_slug)?.tasks[key.task_index];
}

/** Of a failed run: what its failed step says. */
export function errorOf(run: Run): string | undefined {
  const failed = run.step_states.find(({ status }) => status === 'failed');
  return failed?.error_message ?? undefined;
}
