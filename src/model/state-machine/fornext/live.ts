/** An executor that carries out a message: its clock, its store, its machine. */
import type { StateJson } from '../shared/definition.ts';
import { asString, next } from './clock.ts';
import { panic, unknownState } from './panic.ts';
import type { Activity, Clock, Draft, Executor, Live, Machine } from './state.ts';

export const liveOf = (draft: Draft, executor: Executor): Live => ({ ...executor, draft });

export function putBack({ draft, ...executor }: Live): void {
  draft.executors = draft.executors.set(executor.executor, executor, draft.owner);
}

/** The next value of the executor's clock. */
export function nextClock(live: Live): Clock {
  const { wall, logical } = next(live, live.draft.now);
  if (wall > live.wall && logical === 0 && live.logical > 0) live.draft.reached.push('clock/goes-back');
  live.wall = wall;
  live.logical = logical;
  return { wall, logical };
}

/** The id of the next activity of an execution. */
export const nextActivity = (live: Live, execution_id: string): string =>
  `${execution_id}/${asString(nextClock(live))}`;

export const machineOf = ({ draft, machine }: Live): Machine => draft.machines.get(machine)!;

/** However deep it is nested. */
export const stateNamed = (live: Live, name: string): StateJson =>
  machineOf(live).states.get(name) ?? panic(unknownState);

/** Only activities that were started send their ids. */
export const activityOf = (live: Live, id: string): Activity => live.activities.get(id)!;

export function putActivity(live: Live, activity: Activity): void {
  live.activities = live.activities.set(activity.id, activity, live.draft.owner);
}
