/** States are entered, and what is in them begins or ends. */
import type { Jsonb } from '../../../kernel/jsonb.ts';
import { attemptOf, push, putActivity, putPart, stopTimer, tell } from './live.ts';
import type { Activity, Draft, End, Live, Part, Task } from './state.ts';
import { closeTask } from './tasks.ts';

/** The next state of a part, or of the execution itself. */
export function startState(live: Live, part_id: string | null, state_name: string, input: Jsonb): void {
  if (part_id === null) {
    live.activities += 1;
    push(live, 'StartState', { activity_id: `${live.execution}/${live.activities}`, state_name, input });
    return;
  }
  const part = live.parts.get(part_id)!;
  const activities = part.activities + 1;
  putPart(live, { ...part, activities });
  push(live, 'StartState', { activity_id: `${part_id}/${activities}`, part_id, state_name, input });
}

/** What a part, or the execution itself, ends with. */
export function end(live: Live, part_id: string | null, ended: End): void {
  if (part_id === null) endExecution(live, ended);
  else push(live, 'EndPart', { part_id, ...ended });
}

export function endExecution(live: Live, ended: End): void {
  abortExecution(live);
  live.status = 'Completing';
  push(live, 'EndExecution', ended);
}

/** All that is open in it is over, and so is its time. */
export function abortExecution(live: Live): void {
  abortIn(live, `${live.execution}`, live.activities);
  stopTimer(live.draft, live.timer);
  live.timer = undefined;
}

/** Branches and iterations of the current attempt. */
export function abortAttempt(live: Live, activity: Activity): void {
  for (let i = 0; i < (activity.progress?.all ?? 0); i++) {
    const part = live.parts.get(`${attemptOf(activity)}/${i}`)!;
    if (isOver(part)) continue;
    live.draft.reached.push(`abort/part/${part.status}`);
    putPart(live, { ...part, status: 'Aborted' });
    abortIn(live, part.id, part.activities);
  }
}

const isOver = ({ status }: Part): boolean => status !== 'Running' && status !== 'Pending';

/** The last activity of a part, or of the execution itself: all others are over. */
function abortIn(live: Live, owner: string, activities: number): void {
  const activity = live.entered.get(`${owner}/${activities}`);
  if (activity?.status !== 'Running' && activity?.status !== 'Retrying') return;
  live.draft.reached.push(`abort/activity/${activity.status}`);
  putActivity(live, { ...activity, status: 'Aborted', timer: undefined });
  tell(live, activity, { what: 'aborted' });
  stopTimer(live.draft, activity.timer);
  closeOwn(live.draft, activity);
  abortAttempt(live, activity);
}

function closeOwn(draft: Draft, activity: Activity): void {
  const task: Task | undefined = draft.tasks.get(attemptOf(activity));
  if (task) closeTask(draft, task);
}
