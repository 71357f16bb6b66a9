/** `pgflow.start_flow`. */
import type { NullableJsonb } from '../../kernel/jsonb.ts';
import {
  foreignKeyViolation,
  notNullViolation,
  raised,
  type SqlError,
  uniqueViolation,
} from '../../kernel/sql-error.ts';
import { announceRunStarted } from './broadcasts.ts';
import { cascadeCompleteTasklessSteps } from './cascade-complete-taskless-steps.ts';
import type { StartFlow, StartFlowWithStates } from './commands.ts';
import { addRun, type Draft, type OpenRun } from './draft.ts';
import { jsonbTypeof } from './jsonb-typeof.ts';
import { maybeCompleteRun } from './maybe-complete-run.ts';
import { startReadySteps } from './start-ready-steps.ts';
import type { Flow, Run, Step } from './state.ts';

export function startFlow(draft: Draft, command: StartFlow | StartFlowWithStates): Run | SqlError {
  const { flow_slug, input } = command;
  const flow = flow_slug === null ? undefined : draft.flows.get(flow_slug);

  if (flow?.steps.some(isRootMap)) {
    if (input === undefined) return raised(`Flow ${flow_slug} has root map steps but input is NULL`);
    const type = jsonbTypeof(input);
    if (type !== 'array') {
      return raised(`Flow ${flow_slug} has root map steps but input is not an array (got ${type})`);
    }
  }
  if (flow_slug === null) return notNullViolation('flow_slug');
  if (input === undefined) return notNullViolation('input');
  const run_id = command.run_id ?? draft.uuid;
  if (draft.runs.has(run_id)) return uniqueViolation('runs_pkey');
  if (!flow) return foreignKeyViolation('runs_flow_slug_fkey');

  const run: OpenRun = {
    run_id,
    flow_slug,
    status: 'started',
    input,
    output: undefined,
    remaining_steps: flow.steps.length,
    started_at: draft.now,
    completed_at: null,
    failed_at: null,
    step_states: statesOf(draft, flow, input),
  };
  addRun(draft, run);
  draft.reached.push(flow.steps.length === 0 ? 'start_flow/no-steps' : 'start_flow/run-created');
  draft.reached.push(command.run_id ? 'start_flow/run-id-given' : 'start_flow/run-id-drawn');
  announceRunStarted(draft, run);

  const refusal = cascadeCompleteTasklessSteps(draft, run) ?? startReadySteps(draft, run);
  if (refusal) return refusal;
  maybeCompleteRun(draft, run);
  return run;
}

const isRootMap = (step: Step) => step.step_type === 'map' && step.deps_count === 0;

function statesOf(draft: Draft, flow: Flow, input: NullableJsonb) {
  return flow.steps.map((step) => ({
    step_slug: step.step_slug,
    status: 'created' as const,
    remaining_tasks: null,
    remaining_deps: step.deps_count,
    initial_tasks:
      step.step_type === 'single' ? 1 : isRootMap(step) ? (input as readonly unknown[]).length : null,
    error_message: null,
    created_at: draft.now,
    started_at: null,
    completed_at: null,
    failed_at: null,
    tasks: [],
  }));
}
