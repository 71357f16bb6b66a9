/** `realtime.send` as the functions of this release call it: what each kind of event says, and to whom. */
import { timestampText } from '../../kernel/instant.ts';
import { type Jsonb, type NullableJsonb, toJsonb } from '../../kernel/jsonb.ts';
import type { Draft, OpenRun } from './draft.ts';
import type { StepState } from './state.ts';

type Payload = { readonly [key: string]: Jsonb };

function send(draft: Draft, run_id: string, event: string, payload: Payload): void {
  const broadcast = { payload, event, topic: `pgflow:run:${run_id}`, private: false };
  draft.lastBroadcast += 1;
  draft.broadcasts = draft.broadcasts.set(draft.lastBroadcast, broadcast, draft.owner);
  draft.events.push(broadcast);
}

export function announceRunStarted(draft: Draft, run: OpenRun): void {
  send(draft, run.run_id, 'run:started', {
    event_type: 'run:started',
    run_id: run.run_id,
    flow_slug: run.flow_slug,
    input: run.input,
    status: 'started',
    remaining_steps: run.remaining_steps,
    started_at: timestampText(run.started_at),
  });
}

export function announceRunCompleted(draft: Draft, run: OpenRun): void {
  send(draft, run.run_id, 'run:completed', {
    event_type: 'run:completed',
    run_id: run.run_id,
    flow_slug: run.flow_slug,
    status: 'completed',
    output: toJsonb(run.output),
    completed_at: timestampText(draft.now),
  });
}

/** With the error of the task that failed it; a type violation gives none. */
export function announceRunFailed(
  draft: Draft,
  run: OpenRun,
  error: { error_message?: string | null },
): void {
  send(draft, run.run_id, 'run:failed', {
    event_type: 'run:failed',
    run_id: run.run_id,
    flow_slug: run.flow_slug,
    status: 'failed',
    ...error,
    failed_at: timestampText(draft.now),
  });
}

export function announceStepStarted(draft: Draft, run: OpenRun, state: StepState): void {
  const { step_slug } = state;
  send(draft, run.run_id, `step:${step_slug}:started`, {
    event_type: 'step:started',
    run_id: run.run_id,
    step_slug,
    status: 'started',
    started_at: timestampText(draft.now),
    remaining_tasks: state.remaining_tasks,
    remaining_deps: state.remaining_deps,
  });
}

/** Of a step that a task's callback finds completed. */
export function announceStepCompleted(
  draft: Draft,
  run: OpenRun,
  state: StepState,
  output: NullableJsonb,
): void {
  send(draft, run.run_id, `step:${state.step_slug}:completed`, {
    event_type: 'step:completed',
    run_id: run.run_id,
    step_slug: state.step_slug,
    status: 'completed',
    output: toJsonb(output),
    completed_at: timestampText(state.completed_at!),
  });
}

/** Of a map over nothing, which completes without tasks. */
export function announceTasklessCompleted(draft: Draft, run: OpenRun, step_slug: string): void {
  send(draft, run.run_id, `step:${step_slug}:completed`, {
    event_type: 'step:completed',
    run_id: run.run_id,
    step_slug,
    status: 'completed',
    started_at: timestampText(draft.now),
    completed_at: timestampText(draft.now),
    remaining_tasks: 0,
    remaining_deps: 0,
    output: [],
  });
}

export function announceStepFailed(
  draft: Draft,
  run: OpenRun,
  step_slug: string,
  error_message: string | null,
): void {
  send(draft, run.run_id, `step:${step_slug}:failed`, {
    event_type: 'step:failed',
    run_id: run.run_id,
    step_slug,
    status: 'failed',
    error_message,
    failed_at: timestampText(draft.now),
  });
}
