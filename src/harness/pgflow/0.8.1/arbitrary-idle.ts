/** A run that fails when its queue is gone, or was made anew and gave the ids of its messages to those of another run. */
import type { PgflowCommand } from '../../../model/pgflow/0.8.1/commands.ts';
import type { PgflowState } from '../../../model/pgflow/0.8.1/state.ts';
import type { GenerationContext } from '../../contract/campaign.ts';
import type { Temper } from './arbitrary-temper.ts';

type Idle = NonNullable<Temper['idle']>;

const flow_slug = 'f';

/** A step and a map that end, a step that waits for the first of them twice, and so for ever, and a map that waits for that. */
const steps = [
  { step_slug: 'a', deps_slugs: [] },
  { step_slug: 'b', deps_slugs: [], step_type: 'map' },
  { step_slug: 'c', deps_slugs: ['a', 'a'] },
  { step_slug: 'd', deps_slugs: ['c'], step_type: 'map' },
];
const input = [1, 2];

/**
 * The next command of the sample that brings about such a run and has it fail. Where a task of it is left, that one does;
 * where nothing is under way any more and nothing will be, by an output of the step that waits which is not the array
 * that the map needs. A task then fails, long after it has completed. Nothing where that is done.
 */
export function nextOfIdle(
  idle: Idle,
  { state, counts }: GenerationContext<PgflowState>,
): PgflowCommand | undefined {
  const flow = state.flows.get(flow_slug);
  if (!flow) return { type: 'create_flow', flow_slug, max_attempts: 1 };
  const step = steps[flow.steps.length];
  if (step && !counts.has('start_flow')) return { type: 'add_step', flow_slug, ...step };
  if (!counts.has('start_flow')) return { type: 'start_flow', flow_slug, input };

  const [run] = state.runs.values();
  if (!run) return undefined;
  const { run_id } = run;
  const fail: PgflowCommand = {
    type: 'fail_task',
    run_id,
    step_slug: 'b',
    task_index: 0,
    error_message: 'too late',
  };
  if (run.status === 'failed') return (counts.get('fail_task') ?? 0) < 2 ? fail : undefined;
  for (const { step_slug, tasks } of run.step_states) {
    for (const [task_index, { status, message_id }] of tasks.entries()) {
      if (status === 'queued') {
        return { type: 'start_tasks', flow_slug, msg_ids: [message_id], worker_id: null };
      }
      const isLeft = idle === 'failing' && step_slug === 'b' && task_index === 0;
      if (status === 'started' && !isLeft) {
        return { type: 'complete_task', run_id, step_slug, task_index, output: null };
      }
    }
  }
  if (!counts.has('pgmq.drop_queue')) return { type: 'pgmq.drop_queue', queue_name: flow_slug };
  if (idle !== 'dropped') {
    if (!state.pgmq.meta.has(flow_slug)) return { type: 'create_flow', flow_slug };
    if (state.runs.size < 2) return { type: 'start_flow', flow_slug, input };
  }
  if (idle === 'failing') return fail;
  return { type: 'complete_task', run_id, step_slug: 'c', task_index: 0, output: 'no array' };
}
