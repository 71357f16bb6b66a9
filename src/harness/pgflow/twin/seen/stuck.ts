/** Whether a run can still come to an end, and why not. */
import type { Run } from '../../../../model/pgflow/0.8.1/state.ts';
import type { Engine } from '../engine/engine.ts';
import type { AttemptKey } from '../log/log.ts';

/** A run that will never end, whatever time passes. */
export interface Stuck {
  readonly reason: string;
  /** The id of the deviation that causes it, if one does: a place where pgflow does not do what its documentation says. */
  readonly deviation: string | undefined;
  /** The tasks that no worker works on any more. */
  readonly tasks: readonly StuckTask[];
}

export interface StuckTask {
  readonly step: string;
  /** Position in its map, from 0. For a single step: 0. */
  readonly index: number;
  readonly attempt: number;
  /** Number of its last worker, from 1. */
  readonly worker: number;
  readonly cause: string;
}

/** Nothing where the run is over, or may still get there. `nothingIsPlanned`: no event is left to wait for. */
export function stuckOf(engine: Engine, run_id: string, nothingIsPlanned: boolean): Stuck | undefined {
  const run = engine.state.runs.get(run_id);
  if (run?.status !== 'started' || engine.isWorkedOn(run_id)) return undefined;
  if (hasQueuedTask(engine, run)) {
    const canGoOn = engine.workers.some((worker) => worker.willRead);
    if (canGoOn || !nothingIsPlanned) return undefined;
    return {
      reason: 'a task is waiting, but no running worker will read its message',
      deviation: undefined,
      tasks: [],
    };
  }
  const tasks = strandedTasks(engine, run);
  if (tasks.length === 0) {
    const waiting = run.step_states
      .filter(({ status }) => status === 'created')
      .map(({ step_slug }) => step_slug);
    const repeats = waiting.some((slug) =>
      repeatsDependency(engine.flow.steps.get(slug)?.dependencies ?? []),
    );
    return {
      reason: `no step can become ready any more: ${waiting.join(', ')}`,
      deviation: repeats ? 'repeated-dependencies-are-never-met' : undefined,
      tasks,
    };
  }
  const [first] = tasks;
  const name = engine.flow.steps.get(first!.step)?.isMap ? `${first!.step}[${first!.index}]` : first!.step;
  const others = tasks.length === 1 ? '' : `, and ${tasks.length - 1} more`;
  return {
    reason: `task ${name} was left started (${first!.cause})${others}: pgflow 0.8.1 never starts a started task again`,
    deviation: 'stalled-tasks-are-never-retried',
    tasks,
  };
}

function hasQueuedTask(engine: Engine, run: Run): boolean {
  const messages = engine.queue.queueIn(engine.state)?.messages;
  return run.step_states.some(
    ({ status, tasks }) =>
      status === 'started' &&
      tasks.some((task) => task.status === 'queued' && messages?.get(task.message_id) !== undefined),
  );
}

const repeatsDependency = (dependencies: readonly string[]) =>
  new Set(dependencies).size < dependencies.length;

function strandedTasks(engine: Engine, run: Run): StuckTask[] {
  const isStarted = ({ step_slug, task_index, attempt }: AttemptKey) => {
    const state = run.step_states.find((each) => each.step_slug === step_slug);
    const task = state?.tasks[task_index];
    // Of an attempt that somebody else has reported, another may have begun.
    return task?.status === 'started' && task.attempts_count === attempt;
  };
  return engine
    .strandedIn(run.run_id)
    .filter(({ task }) => isStarted(task))
    .map(({ task, worker, cause }) => ({
      step: task.step_slug,
      index: task.task_index,
      attempt: task.attempt,
      worker,
      cause,
    }));
}
