/** A state is started. */
import type { Jsonb } from '../../kernel/jsonb.ts';
import type { StateJson } from '../shared/definition.ts';
import { isArray } from '../shared/paths.ts';
import { asString } from './clock.ts';
import { applyInput } from './input-output.ts';
import { nextClock, putActivity, stateNamed } from './live.ts';
import { panic } from './panic.ts';
import { push } from './queue.ts';
import type { Activity, Live, Payloads } from './state.ts';

/** The resource of the task that a Wait is. */
export const sleepResource = '__sleep';

export function startState(live: Live, command: Payloads['StartState']): void {
  const { activity_id, ...began } = command;
  push(live, 'StateStarted', { activity_id });
  const activity: Activity = {
    id: activity_id,
    ...began,
    max: null,
    done: null,
    outputs: undefined,
    places: [],
  };
  putActivity(live, activity);
  const state = stateNamed(live, command.state_name);
  live.draft.reached.push(`start/${state.Type}`);
  begin(live, state, activity);
}

function begin(live: Live, state: StateJson, activity: Activity): void {
  const { id: activity_id, input } = activity;
  switch (state.Type) {
    case 'Task':
      createTask(live, state, activity, state.Resource ?? '');
      return;
    case 'Wait':
      createTask(live, state, activity, sleepResource);
      return;
    case 'Parallel':
      startBranches(live, state, activity);
      return;
    case 'Map':
      startIterations(live, state, activity);
      return;
    case 'Fail':
      nextClock(live);
      push(live, 'CompleteState', { activity_id, output: input });
      return;
    default:
      // Pass, Choice and Succeed.
      nextClock(live);
      push(live, 'CompleteState', { activity_id, output: applyInput(state, input, live.draft) });
  }
}

function createTask(
  live: Live,
  state: StateJson,
  { id: activity_id, input }: Activity,
  resource: string,
): void {
  const id = `/tenant/namespace/t/${asString(nextClock(live))}`;
  push(live, 'CreateTask', { id, activity_id, resource, input: applyInput(state, input, live.draft) });
}

function startBranches(live: Live, state: StateJson, activity: Activity): void {
  const branches = state.Branches ?? [];
  putActivity(live, { ...activity, max: branches.length, done: 0, outputs: [] });
  const input = applyInput(state, activity.input, live.draft);
  // Surprise: without branches, none is ever complete.
  if (branches.length === 0) live.draft.reached.push('start/no-branches');
  if (branches.length === 0 && live.draft.documented.has('a-parallel-without-branches-hangs'))
    push(live, 'CompleteState', { activity_id: activity.id, output: [] });
  for (const index of branches.keys()) {
    push(live, 'StartBranch', {
      ...{ branch_id: `${activity.id}/b${index}`, activity_id: activity.id, index, input },
    });
  }
}

function startIterations(live: Live, state: StateJson, activity: Activity): void {
  const items = itemsOf(applyInput(state, activity.input, live.draft));
  putActivity(live, { ...activity, max: items.length, done: 0, outputs: [] });
  // Surprise: over nothing, none is ever complete.
  if (items.length === 0) live.draft.reached.push('start/no-items');
  if (items.length === 0 && live.draft.documented.has('a-map-over-nothing-hangs'))
    push(live, 'CompleteState', { activity_id: activity.id, output: [] });
  for (const [index, input] of items.entries()) {
    push(live, 'StartIteration', {
      ...{ iteration_id: `${activity.id}/i${index}`, activity_id: activity.id, index, input },
    });
  }
}

/** Null is an array without items. */
function itemsOf(input: Jsonb): readonly Jsonb[] {
  if (input === null) return [];
  if (isArray(input)) return input;
  const kind = typeof input === 'boolean' ? 'bool' : typeof input;
  return panic(`json: cannot unmarshal ${kind} into Go value of type []interface {}`);
}
