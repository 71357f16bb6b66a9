/** `pgflow.start_flow`. */
import type { SqlError } from '../../kernel/sql-error.ts';
import { foreignKeyViolation, notNullViolation } from '../../kernel/sql-error.ts';
import type { StartFlow } from './commands.ts';
import type { Draft, OpenRun } from './draft.ts';
import { maybeCompleteRun } from './maybe-complete-run.ts';
import { startReadySteps } from './start-ready-steps.ts';
import type { Run } from './state.ts';

export function startFlow(draft: Draft, { flow_slug, input }: StartFlow): Run | SqlError {
  if (flow_slug === null) return notNullViolation('flow_slug');
  if (input === undefined) return notNullViolation('input');
  const flow = draft.flows.get(flow_slug);
  if (!flow) return foreignKeyViolation('runs_flow_slug_fkey');

  const run: OpenRun = {
    run_id: draft.uuid,
    flow_slug,
    status: 'started',
    input,
    output: undefined,
    remaining_steps: flow.steps.length,
    started_at: draft.now,
    completed_at: null,
    failed_at: null,
    step_states: flow.steps.map((step) => ({
      step_slug: step.step_slug,
      status: 'created',
      remaining_tasks: 1,
      remaining_deps: step.deps_count,
      created_at: draft.now,
      started_at: null,
      completed_at: null,
      failed_at: null,
    })),
    step_tasks: [],
  };
  draft.runs = draft.runs.set(draft.uuid, run, draft.owner);
  // Surprise: a flow without steps starts a run that nothing here completes.
  draft.reached.push(flow.steps.length === 0 ? 'start_flow/no-steps' : 'start_flow/run-created');

  if (draft.asDocumented.has('flows-without-steps-never-complete')) maybeCompleteRun(draft, run);
  return startReadySteps(draft, run) ?? run;
}
