/** A run in which nothing is under way and nothing will be, and a queue that is gone, or made anew for another run. */
import type { PgflowCommand } from '../../../model/pgflow/0.8.1/commands.ts';
import type { PgflowState } from '../../../model/pgflow/0.8.1/state.ts';
import type { GenerationContext } from '../../engine.ts';
import type { Temper } from './arbitrary-temper.ts';

type Idle = NonNullable<Temper['idle']>;

const flow_slug = 'f';

/** Two steps that end, one that waits for the first of them twice, and so for ever, and a map that waits for that. */
const steps = [
  { step_slug: 'a', deps_slugs: [] },
  { step_slug: 'b', deps_slugs: [] },
  { step_slug: 'c', deps_slugs: ['a', 'a'] },
  { step_slug: 'd', deps_slugs: ['c'], step_type: 'map' },
];

/**
 * The next command of the sample that brings about such a run and then has it fail, by an output of the step that waits
 * which is not the array that the map needs: where the queue is gone, or where messages of another run have the ids
 * that its own had. Nothing where that is done.
 */
export function nextOfIdle(
  idle: Idle,
  { state, counts }: GenerationContext<PgflowState>,
): PgflowCommand | undefined {
  const flow = state.flows.get(flow_slug);
  if (!flow) return { type: 'create_flow', flow_slug };
  const step = steps[flow.steps.length];
  if (step && !counts.has('start_flow')) return { type: 'add_step', flow_slug, ...step };
  if (!counts.has('start_flow')) return { type: 'start_flow', flow_slug, input: {} };

  const [run] = state.runs.values();
  if (!run || run.status === 'failed') return undefined;
  const { run_id } = run;
  for (const { step_slug, tasks } of run.step_states) {
    for (const [task_index, { status, message_id }] of tasks.entries()) {
      if (status === 'queued') {
        return { type: 'start_tasks', flow_slug, msg_ids: [message_id], worker_id: null };
      }
      if (status === 'started') {
        return { type: 'complete_task', run_id, step_slug, task_index, output: null };
      }
    }
  }
  if (!counts.has('pgmq.drop_queue')) return { type: 'pgmq.drop_queue', queue_name: flow_slug };
  if (idle === 'rebuilt') {
    if (!state.pgmq.meta.has(flow_slug)) return { type: 'create_flow', flow_slug };
    if (state.runs.size < 2) return { type: 'start_flow', flow_slug, input: {} };
  }
  return { type: 'complete_task', run_id, step_slug: 'c', task_index: 0, output: 'no array' };
}
