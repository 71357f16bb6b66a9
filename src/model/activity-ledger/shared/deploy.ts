/** What flows are made of: activities, what they lead to, and the way to each of them. */
import { raised } from '../../kernel/sql-error.ts';
import type { CommandOf, Flow } from './commands.ts';
import { usualExpire } from './jobs.ts';
import type { Protocol } from './protocol.ts';
import { refuse } from './refusal.ts';
import type { DeployedActivity, DeployedFlow, Draft, Graph, Message, Transition } from './state.ts';

/** In the place of what was deployed before. */
export function deploy(draft: Draft, { flows }: CommandOf<'deploy'>, protocol: Protocol): void {
  const isInUse = draft.jobs.size + draft.messages.size + draft.hooks.size + draft.timers.size > 0;
  if (isInUse) refuse(raised('there are jobs, messages, hooks or timers already'));
  const activities = new Map<string, DeployedActivity>();
  const taken = new Set<string>();
  const deployed = new Map<string, DeployedFlow>();
  for (const flow of flows) {
    if (deployed.has(flow.flow)) refuse(raised(`flow ${flow.flow} is there twice`));
    const [trigger, ...others] = flow.activities;
    if (trigger!.kind !== 'trigger' || others.some(({ kind }) => kind === 'trigger'))
      refuse(raised(`flow ${flow.flow} must begin with its one trigger`));
    deployed.set(flow.flow, {
      flow: flow.flow,
      expire: flow.expire ?? usualExpire,
      trigger: trigger!.aid,
    });
    for (const { aid } of flow.activities) {
      if (taken.has(aid)) refuse(raised(`activity ${aid} is there twice`));
      taken.add(aid);
    }
    for (const each of activitiesOf(flow)) activities.set(each.aid, each);
    for (const { aid } of flow.activities) checkActivity(activities.get(aid)!, activities, protocol);
  }
  draft.graph = { flows: deployed, activities };
}

function activitiesOf(flow: Flow): DeployedActivity[] {
  const known = new Set(flow.activities.map(({ aid }) => aid));
  const transitions = flow.transitions.map(
    ({ from, to, code }, i): Transition => ({ parent: from, child: to, place: i + 1, code: code ?? null }),
  );
  for (const [place, { parent, child }] of transitions.entries()) {
    if (!known.has(parent) || !known.has(child))
      refuse(raised(`flow ${flow.flow} has no activity ${known.has(parent) ? child : parent}`));
    // The original knows one way to each activity.
    const same = transitions.findIndex((each) => each.child === child);
    if (same < place) refuse(raised(`flow ${flow.flow} leads to ${child} twice`));
  }
  const ways = waysIn(flow, transitions);
  const targets = new Set(flow.activities.map(({ kind, ancestor }) => kind === 'cycle' && ancestor));
  return flow.activities.map((activity) => ({
    ...activity,
    // What a cycle leads back to can be entered again, whether or not it says so.
    cycle: activity.cycle === true || targets.has(activity.aid),
    ofFlow: flow.flow,
    ancestors: ways.get(activity.aid) ?? [],
    transitions: transitions.filter(({ parent }) => parent === activity.aid),
  }));
}

function checkActivity(
  { aid, kind, ancestor = '', topic, ancestors }: DeployedActivity,
  activities: Graph['activities'],
  protocol: Protocol,
): void {
  // A trigger cannot be entered again.
  const isOnTheWay = ancestors.slice(1).includes(ancestor);
  if (kind === 'cycle' && !(isOnTheWay && protocol.canBeCycled(activities.get(ancestor)!)))
    refuse(raised(`cycle ${aid} must name an activity on the way to it that can be entered again`));
  if ((kind === 'worker' || kind === 'signal') && topic === undefined)
    refuse(raised(`${kind} ${aid} must name a topic`));
}

/** The way to each activity, the trigger first. */
function waysIn(flow: Flow, transitions: readonly Transition[]): Map<string, readonly string[]> {
  const ways = new Map<string, readonly string[]>();
  const walk = (aid: string, way: readonly string[]): void => {
    if (way.includes(aid)) refuse(raised(`flow ${flow.flow} leads from ${aid} back to itself`));
    ways.set(aid, way);
    for (const { parent, child } of transitions) {
      if (parent === aid) walk(child, [...way, aid]);
    }
  };
  walk(flow.activities[0]!.aid, []);
  return ways;
}

/** Those whose condition holds. Surprise: one without a code holds whatever came, also an error. */
export const matching = (activity: DeployedActivity, code: number): readonly Transition[] =>
  activity.transitions.filter((each) => each.code === null || each.code === code);

/** Of a message, which is of none but those that are deployed. */
export const activityIn = ({ activities }: Graph, { aid }: Pick<Message, 'aid'>): DeployedActivity =>
  activities.get(aid!)!;
