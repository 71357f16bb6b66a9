/** A flow that is one long chain of maps over nothing, as long as the cascade goes or longer. */
import type { PgflowCommand } from '../../../model/pgflow/0.8.1/commands.ts';
import type { PgflowState } from '../../../model/pgflow/0.8.1/state.ts';
import type { GenerationContext } from '../../contract/campaign.ts';
import type { Temper } from './arbitrary-temper.ts';

type Chain = NonNullable<Temper['chain']>;

const flow_slug = 'f';

/**
 * The next command of the sample that builds the chain and lets emptiness run down it, from the run's input or from
 * the output of its first step. Nothing where that is done, or the sample is too short to get there.
 */
export function nextOfChain(
  { root, maps }: Chain,
  { state, counts, maxCommands }: GenerationContext<PgflowState>,
): PgflowCommand | undefined {
  const steps = root === 'map' ? maps : maps + 1;
  // Beside the steps: the flow, its start, and where a single step comes first, the start and end of its task.
  if (maxCommands < steps + (root === 'map' ? 2 : 4)) return undefined;
  const flow = state.flows.get(flow_slug);
  if (!flow) return { type: 'create_flow', flow_slug };

  const last = flow.steps.at(-1)?.step_slug;
  if (flow.steps.length < steps && !counts.has('start_flow')) {
    const step_type = last === undefined ? root : 'map';
    const deps_slugs = last === undefined ? [] : [last];
    return { type: 'add_step', flow_slug, step_slug: `s${flow.steps.length}`, deps_slugs, step_type };
  }
  if (!counts.has('start_flow')) return { type: 'start_flow', flow_slug, input: [] };

  const [run] = state.runs.values();
  const task = run?.step_states[0]?.tasks[0];
  if (!run || !task || counts.has('complete_task')) return undefined;
  return task.status === 'queued'
    ? { type: 'start_tasks', flow_slug, msg_ids: [task.message_id], worker_id: null }
    : { type: 'complete_task', run_id: run.run_id, step_slug: 's0', task_index: 0, output: [] };
}
