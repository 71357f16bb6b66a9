/** A state is completed: another one starts, or what it is part of is completed. */
import type { Jsonb } from '../../kernel/jsonb.ts';
import { chosen } from './choice.ts';
import { applyOutput } from './input-output.ts';
import { activityOf, nextActivity, stateNamed } from './live.ts';
import { push } from './queue.ts';
import type { Activity, Live, Payloads } from './state.ts';

export function completeState(live: Live, { activity_id, output }: Payloads['CompleteState']): void {
  push(live, 'StateCompleted', { activity_id });
  const activity = activityOf(live, activity_id);
  const state = stateNamed(live, activity.state_name);
  const { Type } = state;
  if (Type === 'Choice') {
    const next = chosen(state, output, live.draft);
    leadOn(live, activity, next, applyOutput(state, activity.input, output, live.draft));
    return;
  }
  if (Type === 'Fail' && live.draft.documented.has('a-fail-ends-like-a-success')) {
    failExecution(live, activity.execution_id);
    return;
  }
  // Surprise: a failure is handed on as if it was a success.
  const given = Type === 'Fail' ? output : applyOutput(state, activity.input, output, live.draft);
  if (state.End === true || Type === 'Succeed' || Type === 'Fail') endWith(live, activity, given);
  else leadOn(live, activity, state.Next ?? '', given);
}

function failExecution(live: Live, id: string): void {
  const execution = live.executions.get(id)!;
  live.executions = live.executions.set(id, { ...execution, status: 'Failed' }, live.draft.owner);
  live.status = 'done';
}

function leadOn(live: Live, activity: Activity, state_name: string, input: Jsonb): void {
  const { execution_id, parent_branch_id, parent_iteration_id } = activity;
  push(live, 'StartState', {
    ...{ activity_id: nextActivity(live, execution_id), execution_id, state_name },
    ...(parent_branch_id !== undefined && { parent_branch_id }),
    ...(parent_iteration_id !== undefined && { parent_iteration_id }),
    input,
  });
}

function endWith(live: Live, { parent_branch_id, parent_iteration_id }: Activity, output: Jsonb): void {
  if (parent_branch_id !== undefined) push(live, 'CompleteBranch', { branch_id: parent_branch_id, output });
  else if (parent_iteration_id !== undefined)
    push(live, 'CompleteIteration', { iteration_id: parent_iteration_id, output });
  else push(live, 'CompleteExecution', { output });
}
