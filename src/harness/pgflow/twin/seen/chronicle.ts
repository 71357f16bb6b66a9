/** What is written down of the past: the lines of the timeline, and the attempts at each task. */
import type { Instant } from '../../../../model/kernel/instant.ts';
import type { Jsonb, NullableJsonb } from '../../../../model/kernel/jsonb.ts';
import type { Run, StepTask } from '../../../../model/pgflow/0.8.1/state.ts';
import type { Engine } from '../engine/engine.ts';
import type { AttemptKey, TaskKey } from '../log/log.ts';
import type { TimelineEntry } from './timeline.ts';

/** An attempt at a task: a call of its handler, but where its worker died or gave up before. */
export interface AttemptRecord extends AttemptKey {
  /** Number of the run, from 1. */
  readonly run: number;
  /** Number of the worker, from 1. */
  readonly worker: number;
  readonly input: Jsonb;
  /** When the database was told that it starts. */
  readonly startedAt: Instant;
  /** When the handler was called; null where it was not. */
  calledAt: Instant | null;
  /** When the database was told what became of it, or its worker died; null while it is worked on. */
  endedAt: Instant | null;
  outcome: 'running' | 'completed' | 'failed' | 'stranded' | 'ignored';
  output: NullableJsonb;
  error: string | undefined;
  /** What the handler threw, as it was. */
  thrown?: unknown;
  /** Why nobody reported it. */
  cause: string | undefined;
}

export class Chronicle {
  readonly engine: Engine;
  readonly timeline: TimelineEntry[] = [];
  readonly attempts: AttemptRecord[] = [];
  readonly #byRun = new Map<string, AttemptRecord[]>();
  /** The attempts at each task, in order. */
  readonly #byTask = new Map<string, AttemptRecord[]>();

  constructor(engine: Engine) {
    this.engine = engine;
  }

  line(at: Instant, line: Omit<TimelineEntry, 'at'>): void {
    this.timeline.push({ at: at - this.engine.startedAt, ...line });
  }

  begin(record: AttemptRecord): void {
    this.attempts.push(record);
    const ofRun = this.#byRun.get(record.run_id);
    if (ofRun) ofRun.push(record);
    else this.#byRun.set(record.run_id, [record]);
    const ofTask = this.#byTask.get(nameOf(record));
    if (ofTask) ofTask.push(record);
    else this.#byTask.set(nameOf(record), [record]);
  }

  end(record: AttemptRecord, at: Instant, outcome: 'completed' | 'failed' | 'ignored', text: string): void {
    record.outcome = outcome;
    record.endedAt = at;
    this.line(at, { ...this.subject(record), event: `attempt ${outcome}`, worker: record.worker, text });
  }

  attemptsOf(run_id: string): readonly AttemptRecord[] {
    return this.#byRun.get(run_id) ?? [];
  }

  latestAt(task: TaskKey): AttemptRecord | undefined {
    return this.#byTask.get(nameOf(task))?.at(-1);
  }

  /** Not the latest one: whoever still works on an attempt may not know that another has begun. */
  recordOf(key: AttemptKey): AttemptRecord | undefined {
    return this.#byTask.get(nameOf(key))?.find(({ attempt }) => attempt === key.attempt);
  }

  /** What a line about an attempt says that it is about. */
  subject({ run_id, step_slug, task_index, attempt }: AttemptKey) {
    const isMap = this.engine.flow.steps.get(step_slug)?.isMap ?? false;
    return {
      run: this.engine.numberOf(run_id),
      step: step_slug,
      ...(isMap ? { index: task_index } : {}),
      attempt,
    };
  }
}

const nameOf = ({ run_id, step_slug, task_index }: TaskKey) => `${run_id} ${step_slug} ${task_index}`;

export function taskIn(run: Run | undefined, { step_slug, task_index }: TaskKey): StepTask | undefined {
  return run?.step_states.find((state) => state.step_slug === step_slug)?.tasks[task_index];
}

/** Of a failed run: what its failed step says. */
export function errorOf(run: Run): string | undefined {
  return run.step_states.find(({ status }) => status === 'failed')?.error_message ?? undefined;
}
