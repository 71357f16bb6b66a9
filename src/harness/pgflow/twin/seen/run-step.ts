/** A step of a run, and its tasks, as a test sees them. */
import type { StepTask } from '../../../../model/pgflow/0.8.1/state.ts';
import { throughJson } from '../../../twin/json.ts';
import { withThrown } from '../../../twin/with-thrown.ts';
import type { Engine } from '../engine/engine.ts';
import type { StepDefinition } from '../flow/flow.ts';
import type { AnyFlow, OutputOfStep, TaskInput, TaskOutput } from '../flow/types.ts';
import type { AttemptRecord } from './chronicle.ts';
import type { History } from './history.ts';
import type { Run, SimulatedRun } from './run.ts';

export interface RunStep<F extends AnyFlow = AnyFlow, S extends string = string> {
  /** The run of this step. */
  readonly run: Run<F>;
  readonly slug: S;
  /** `created`: it waits for other steps, or for its run. */
  readonly status: 'created' | 'started' | 'completed' | 'failed';
  /** How often its task was started. For a map: the number of the task that was started most often. */
  readonly attempts: number;
  /** Undefined before the step has completed. Null if its handler returned nothing that the database keeps. */
  readonly output: OutputOfStep<F, S> | null | undefined;
  readonly error: string | undefined;
  /** One task, or for a map one for each element. None before the step has started. */
  readonly tasks: readonly RunTask<F, S>[];
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  /** Milliseconds since the simulation began. */
  readonly startedMs: number | null;
  readonly endedMs: number | null;
}

export interface RunTask<F extends AnyFlow = AnyFlow, S extends string = string> {
  /** The run of this task. */
  readonly run: Run<F>;
  /** Position in its map, from 0. For a single step: 0. */
  readonly index: number;
  readonly status: 'queued' | 'started' | 'completed' | 'failed';
  /** How often it was started. */
  readonly attempts: number;
  /** The input of the last attempt. Undefined before the first attempt. */
  readonly input: TaskInput<F, S> | undefined;
  readonly output: TaskOutput<F, S> | null | undefined;
  /** The error of the last attempt that failed. */
  readonly error: string | undefined;
  readonly queuedAt: Date;
  /** When its last attempt started. Null while it waits. */
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  /** All attempts, in order. */
  readonly history: readonly TaskAttempt[];
}

export interface TaskAttempt {
  /** From 1. */
  readonly attempt: number;
  /** Number of the worker, from 1. 0: a worker that uses the client. */
  readonly worker: number;
  readonly startedAt: Date;
  /** Null while it is running. */
  readonly endedAt: Date | null;
  /** `stranded`: no worker works on it, and none reported to the database. `ignored`: its run had failed before its report. */
  readonly outcome: 'running' | 'completed' | 'failed' | 'stranded' | 'ignored';
  readonly error: string | undefined;
  /** What the handler threw, with its stack. The database has its message alone. */
  readonly thrown: unknown;
  /** Why it was stranded. */
  readonly cause: string | undefined;
}

export function stepOf(
  engine: Engine,
  history: History,
  run: SimulatedRun,
  { slug, isMap }: StepDefinition,
): RunStep {
  const state = engine.state.runs.get(run.id)?.step_states.find(({ step_slug }) => step_slug === slug);
  const tasks = state?.tasks ?? [];
  const ended = state?.completed_at ?? state?.failed_at ?? null;
  const since = (instant: number | null | undefined) =>
    typeof instant === 'number' ? instant - engine.startedAt : null;
  return {
    get run() {
      return run as never;
    },
    slug,
    status: state?.status ?? 'created',
    attempts: tasks.reduce((most, { attempts_count }) => Math.max(most, attempts_count), 0),
    get output() {
      if (state?.status !== 'completed') return undefined;
      const value = isMap ? tasks.map(({ output }) => output ?? null) : (tasks[0]?.output ?? null);
      return throughJson(value).value as never;
    },
    error: state?.error_message ?? undefined,
    get tasks() {
      const attempts = new Map<number, AttemptRecord[]>();
      for (const each of history.attemptsOf(run.id)) {
        if (each.step_slug !== slug) continue;
        const known = attempts.get(each.task_index);
        if (known) known.push(each);
        else attempts.set(each.task_index, [each]);
      }
      return tasks.map((task, index) => taskOf(run, task, index, attempts.get(index) ?? []));
    },
    startedAt: dateOf(state?.started_at ?? null),
    endedAt: dateOf(ended),
    startedMs: since(state?.started_at),
    endedMs: since(ended),
  };
}

function taskOf(
  run: SimulatedRun,
  task: StepTask,
  index: number,
  attempts: readonly AttemptRecord[],
): RunTask {
  const last = attempts.at(-1);
  return {
    get run() {
      return run as never;
    },
    index,
    status: task.status,
    attempts: task.attempts_count,
    input: last && (throughJson(last.input).value as never),
    output: task.status === 'completed' ? (throughJson(task.output ?? null).value as never) : undefined,
    error: task.error_message ?? undefined,
    queuedAt: new Date(task.queued_at),
    startedAt: dateOf(task.started_at),
    endedAt: dateOf(task.completed_at ?? task.failed_at),
    history: attempts.map(({ attempt, worker, startedAt, endedAt, outcome, error, thrown, cause }) => {
      const [start, end] = [new Date(startedAt), dateOf(endedAt)];
      return withThrown({ attempt, worker, startedAt: start, endedAt: end, outcome, error, cause }, thrown);
    }),
  };
}

const dateOf = (instant: number | null) => (instant === null ? null : new Date(instant));
