/** Branches of a Parallel, and iterations of a Map. */
import { assert } from '../../kernel/assert.ts';
import type { Jsonb } from '../../kernel/jsonb.ts';
import { activityOf, nextActivity, putActivity, stateNamed } from './live.ts';
import { push } from './queue.ts';
import type { Live, Payloads } from './state.ts';

export function startBranch(live: Live, command: Payloads['StartBranch']): void {
  const { branch_id, ...part } = command;
  push(live, 'BranchStarted', { branch_id });
  live.branches = live.branches.set(branch_id, { id: branch_id, ...part }, live.draft.owner);
  const { execution_id, state_name } = activityOf(live, part.activity_id);
  push(live, 'StartState', {
    activity_id: nextActivity(live, execution_id),
    execution_id,
    state_name: stateNamed(live, state_name).Branches![part.index]!.StartAt ?? '',
    parent_branch_id: branch_id,
    input: part.input,
  });
}

export function startIteration(live: Live, command: Payloads['StartIteration']): void {
  const { iteration_id, activity_id, index, input } = command;
  push(live, 'IterationStarted', { iteration_id });
  live.iterations = live.iterations.set(
    iteration_id,
    { id: iteration_id, activity_id, index },
    live.draft.owner,
  );
  const { execution_id, state_name } = activityOf(live, activity_id);
  push(live, 'StartState', {
    activity_id: nextActivity(live, execution_id),
    execution_id,
    state_name: stateNamed(live, state_name).ItemProcessor!.StartAt ?? '',
    parent_iteration_id: iteration_id,
    input,
  });
}

export function completeBranch(live: Live, { branch_id, output }: Payloads['CompleteBranch']): void {
  push(live, 'BranchCompleted', { branch_id });
  count(live, live.branches.get(branch_id)!, output);
}

export function completeIteration(live: Live, { iteration_id, output }: Payloads['CompleteIteration']): void {
  push(live, 'IterationCompleted', { iteration_id });
  count(live, live.iterations.get(iteration_id)!, output);
}

/** Surprise: one that is completed twice counts twice; and outputs are in the order in which they came. */
function count(
  live: Live,
  part: { readonly activity_id: string; readonly index: number },
  output: Jsonb,
): void {
  const activity = activityOf(live, part.activity_id);
  const { max, done, outputs } = activity;
  assert(max !== null && done !== null && outputs !== undefined, 'only what has parts waits for them');
  const all = [...outputs, output];
  const places = [...activity.places, part.index];
  putActivity(live, { ...activity, done: done + 1, outputs: all, places });
  if (done + 1 > max) live.draft.reached.push('count/more-than-all');
  if (done + 1 === max) {
    const isSorted = live.draft.documented.has('outputs-are-in-the-order-of-their-ends');
    const output = isSorted ? inOrder(all, places) : all;
    push(live, 'CompleteState', { activity_id: activity.id, output });
  }
}

const inOrder = (outputs: readonly Jsonb[], places: readonly number[]): readonly Jsonb[] =>
  outputs
    .map((output, i) => ({ output, place: places[i]! }))
    .sort((a, b) => a.place - b.place)
    .map(({ output }) => output);
