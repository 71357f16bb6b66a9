/** Flows as a command deploys them, in the words of the original. */

/** Activities of the whole app have ids of their own, and a topic belongs to one of them. */
export function appOf(flows) {
  return `app: ${JSON.stringify({ id: 'ledger', version: '1', graphs: flows.map(graphOf) })}`;
}

function graphOf({ flow, expire, activities, transitions }) {
  const hooks = {};
  for (const { kind, aid, topic, sleep } of activities) {
    if (kind !== 'hook' || topic === undefined || sleep !== undefined) continue;
    // Whatever comes to the topic resumes it.
    hooks[topic] = [{ to: aid, conditions: { match: [{ expected: 'it', actual: 'it' }] } }];
  }
  const following = {};
  for (const { from, to, code } of transitions) {
    following[from] ??= [];
    following[from].push(code === undefined ? { to } : { to, conditions: { code } });
  }
  return {
    subscribes: flow,
    ...(expire !== undefined && { expire }),
    activities: Object.fromEntries(activities.map((activity) => [activity.aid, activityOf(activity)])),
    transitions: following,
    ...(Object.keys(hooks).length > 0 && { hooks }),
  };
}

function activityOf({ aid, kind, cycle, ancestor, topic, flow, await: waits, sleep, target }) {
  const activity = { type: kind, ...(cycle && { cycle }) };
  switch (kind) {
    case 'trigger':
      return { ...activity, stats: { id: '{$self.input.data.id}' } };
    case 'worker':
      return { ...activity, topic };
    case 'await':
      return {
        ...activity,
        topic: flow,
        await: waits ?? true,
        // The child's id is made of the parent's and the activity's.
        input: { maps: { id: { '@pipe': [['{$job.metadata.jid}', '.', aid], ['{@string.concat}']] } } },
      };
    case 'hook':
      return { ...activity, ...(sleep !== undefined && { sleep }) };
    case 'signal':
      return { ...activity, subtype: 'one', topic, signal: { maps: { done: true } } };
    case 'cycle':
      return { ...activity, ancestor };
    case 'interrupt':
      return { ...activity, ...(target !== undefined && { target, topic: flow }) };
  }
  throw new Error(`no kind of activity: ${kind}`);
}

export const topicsOf = (flows) => [
  ...new Set(
    flows.flatMap(({ activities }) =>
      activities.flatMap(({ kind, topic }) => (kind === 'worker' ? [topic] : [])),
    ),
  ),
];
