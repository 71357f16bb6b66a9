/** Hooks: what waits for a signal, or sleeps. */
import type { Status } from './commands.ts';
import { publish } from './messages.ts';
import type { Place } from './protocol.ts';
import type { DeployedActivity, Draft, Graph, Hook } from './state.ts';

/** Seconds: surprise, however soon its job expires. */
const shortest = 3600;
/** Milliseconds. Surprise: a sleep ends where the clock is a multiple of this, and so up to five seconds too early. */
const fidelity = 5000;

/** Whether it waits, and does not only pass on. */
export const hooksOn = ({ sleep = 0, topic }: DeployedActivity): boolean => sleep > 0 || topic !== undefined;

/** Gives the instant at which it is woken, if it is the first that is woken then, so that the instant has to be scheduled. */
export function noteTimer(draft: Draft, place: Place, gid: string, sleep: number): number | undefined {
  const timer_id = ++draft.lastTimer;
  const exact = draft.now + sleep * 1000;
  const isExact = draft.documented.has('a-sleep-ends-early');
  const due = isExact ? exact : Math.floor(exact / fidelity) * fidelity;
  draft.reached.push('hook/sleeps');
  const isFirst = !draft.timers.values().some((each) => each.due === due);
  draft.timers = draft.timers.set(timer_id, { timer_id, due, ...place, gid }, draft.owner);
  return isFirst ? due : undefined;
}

/** Only of such an instant anybody is woken. */
export function scheduleSlot(draft: Draft, due: number): void {
  draft.slots = draft.slots.set(due, due, draft.owner);
}

/** Surprise: whoever waits for it already goes on to do so, of whichever job, and the other waits for ever. */
export function putHook(draft: Draft, topic: string, place: Place, gid: string): void {
  draft.reached.push('hook/waits');
  if (hookOn(draft, topic) && !draft.documented.has('a-second-hook-waits-for-ever')) {
    draft.reached.push('hook/taken');
    return;
  }
  const { expire } = draft.graph.flows.get(draft.jobs.get(place.jid)!.flow!)!;
  const expires_at = draft.now + Math.max(expire, shortest) * 1000;
  // Of several activities with a topic, the first is meant, whichever has come.
  const { aid } = hookOf(draft.graph, topic)!;
  draft.hooks = draft.hooks.set(topic, { topic, ...place, aid, gid, expires_at }, draft.owner);
}

export function hookOn(draft: Draft, topic: string): Hook | undefined {
  const hook = draft.hooks.get(topic);
  return hook && hook.expires_at > draft.now ? hook : undefined;
}

/** Which activity a signal is for: the first that was deployed with the topic. */
export const hookOf = ({ activities }: Graph, topic: string): DeployedActivity | undefined =>
  [...activities.values()].find((each) => each.kind === 'hook' && each.topic === topic);

/** The code of a signal after which the hook is still there. */
const accepted = 202;

/** Gives false where nothing is there to wait for it. */
export function putSignal(draft: Draft, topic: string, code = 200): boolean {
  const activity = hookOf(draft.graph, topic);
  const status: Status = code === accepted ? 'pending' : 'success';
  if (activity) publish(draft, { kind: 'webhook', topic, aid: activity.aid, status, code });
  return activity !== undefined;
}
