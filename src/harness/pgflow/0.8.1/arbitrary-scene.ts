/** What there is to work on: the state of the model, sorted by what a next command could be about. */
import type { Flow, PgflowState, Run, StepTask, Worker } from '../../../model/pgflow/0.8.1/state.ts';
import type { GenerationContext } from '../../contract/campaign.ts';
import type { Temper } from './arbitrary-temper.ts';

/** A task with the primary key that it is found by. */
export interface FoundTask {
  readonly run: Run;
  readonly step_slug: string;
  readonly task_index: number;
  readonly task: StepTask;
}

/** A single step and a run in which a map waits to learn from it how many tasks it has. */
export interface Feeder {
  readonly run_id: string;
  readonly step_slug: string;
  /** Whether the map was made to wait for it late: it has completed, or is not part of the run. */
  readonly isLate: boolean;
}

export interface Scene {
  readonly state: PgflowState;
  readonly flows: readonly Flow[];
  /** Those that are to get more steps before they are started. */
  readonly growing: readonly Flow[];
  readonly runs: readonly Run[];
  /** How many runs were asked for. */
  readonly starts: number;
  readonly workers: readonly Worker[];
  /** Names of queues. */
  readonly queues: readonly string[];
  readonly tasks: readonly FoundTask[];
  readonly queued: readonly FoundTask[];
  readonly started: readonly FoundTask[];
  readonly ended: readonly FoundTask[];
  /** Tasks whose queue was dropped. */
  readonly stranded: readonly FoundTask[];
  /** Tasks under way whose message is gone. */
  readonly messageless: readonly FoundTask[];
  readonly feeders: readonly Feeder[];
  readonly flowOf: (run: Run) => Flow;
}

export function sceneOf({ state, counts }: GenerationContext<PgflowState>, temper: Temper): Scene {
  const flows = [...state.flows.values()];
  const runs = [...state.runs.values()];
  const tasks = runs.flatMap((run) =>
    run.step_states.flatMap(({ step_slug, tasks: all }) =>
      all.map((task, task_index): FoundTask => ({ run, step_slug, task_index, task })),
    ),
  );
  const started = tasks.filter(({ task }) => task.status === 'started');
  const flowOf = (run: Run) => state.flows.get(run.flow_slug)!;
  return {
    state,
    flows,
    growing: flows.filter((flow) => flow.steps.length < temper.steps),
    runs,
    starts: (counts.get('start_flow') ?? 0) + (counts.get('start_flow_with_states') ?? 0),
    workers: [...state.workers.values()],
    queues: [...state.pgmq.meta.values()].map((meta) => meta.queue_name),
    tasks,
    queued: tasks.filter(({ task }) => task.status === 'queued'),
    started,
    ended: tasks.filter(({ task }) => task.status === 'completed' || task.status === 'failed'),
    stranded: tasks.filter(({ run }) => !state.pgmq.meta.has(run.flow_slug)),
    messageless: started.filter(
      ({ run, task }) => queueOf(state, run)?.messages.get(task.message_id) === undefined,
    ),
    feeders: runs.flatMap((run) => feedersOf(run, flowOf(run))),
    flowOf,
  };
}

/** The queue of the run's flow, whose tables are named in lower case. */
export const queueOf = ({ pgmq }: PgflowState, run: Run) => pgmq.queues.get(run.flow_slug.toLowerCase());

function feedersOf({ run_id, status, step_states }: Run, { steps, deps }: Flow): Feeder[] {
  if (status === 'failed') return [];
  const waiting = step_states.filter((each) => each.initial_tasks === null).map((each) => each.step_slug);
  if (waiting.length === 0) return [];
  const singles = steps.filter((step) => step.step_type === 'single').map((step) => step.step_slug);
  return deps
    .filter((dep) => waiting.includes(dep.step_slug) && singles.includes(dep.dep_slug))
    .map(({ dep_slug }) => {
      const state = step_states.find((each) => each.step_slug === dep_slug);
      return { run_id, step_slug: dep_slug, isLate: !state || state.status === 'completed' };
    });
}
