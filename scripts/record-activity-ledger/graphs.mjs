/** Flows of many shapes. Each shape is a function of a name, with which the ids of its activities begin. */

/** `[kind, attributes]` by the last part of an activity's id, and transitions such as `a>b`, or `a>b:404` with a code. */
function flowOf(flow, activities, transitions, more = {}) {
  const aid = (name) => `${flow}${name}`;
  return {
    flow,
    ...more,
    activities: Object.entries(activities).map(([name, [kind, { ancestor, ...attributes } = {}]]) => ({
      aid: aid(name),
      kind,
      ...(ancestor && { ancestor: aid(ancestor) }),
      ...attributes,
    })),
    transitions: transitions.map((text) => {
      const [, from, to, code] = /^(\w+)>(\w+)(?::(\d+))?$/.exec(text);
      return { from: aid(from), to: aid(to), ...(code && { code: Number(code) }) };
    }),
  };
}

const trigger = ['trigger'];
const pass = ['hook'];
const worker = (topic = 'x') => ['worker', { topic }];

/** Those that are always there. A flow that names another one comes after it. */
export function keptFlows() {
  const seq = flowOf('seq', { t: trigger, a: worker(), b: worker('y'), c: worker() }, ['t>a', 'a>b', 'b>c'], {
    expire: 60,
  });
  const alone = flowOf('alone', { t: trigger }, []);
  const short = flowOf('short', { t: trigger, a: worker() }, ['t>a'], { expire: 5 });
  const codes = flowOf(
    'codes',
    { t: trigger, a: worker(), b: worker('y'), c: pass, d: worker(), e: worker() },
    ['t>a', 'a>b', 'a>c:500', 'a>d:404', 'a>e:202'],
    { expire: 60 },
  );
  const ok = flowOf('ok', { t: trigger, a: worker(), b: worker('y') }, ['t>a', 'a>b:200'], { expire: 60 });
  const wait = flowOf(
    'wait',
    { t: trigger, a: ['hook', { topic: 'resume' }], b: worker(), c: pass },
    ['t>a', 'a>b:200', 'a>c:202'],
    { expire: 60 },
  );
  return [
    seq,
    alone,
    short,
    codes,
    ok,
    wait,
    flowOf('fan', { t: trigger, a: worker(), b: worker('y'), c: pass, d: worker(), e: worker('y') }, [
      't>a',
      't>b',
      't>c',
      'a>d',
      'b>e',
    ]),
    flowOf('pass', { t: trigger, a: pass, b: pass, c: worker() }, ['t>a', 'a>b', 'b>c']),
    flowOf('through', { t: trigger, a: pass, b: pass }, ['t>a', 'a>b'], { expire: 30 }),
    flowOf(
      'loop',
      { t: trigger, a: ['hook', { cycle: true }], b: worker(), c: ['cycle', { ancestor: 'a' }], d: pass },
      ['t>a', 'a>b', 'b>c:500', 'b>d:200'],
      { expire: 60 },
    ),
    flowOf(
      'redo',
      { t: trigger, a: ['worker', { topic: 'x', cycle: true }], b: pass, c: ['cycle', { ancestor: 'a' }] },
      ['t>a', 'a>b:200', 'b>c'],
      { expire: 60 },
    ),
    flowOf(
      'rewait',
      {
        t: trigger,
        a: ['hook', { topic: 'again', cycle: true }],
        c: ['cycle', { ancestor: 'a' }],
        d: worker(),
      },
      ['t>a', 'a>c:202', 'a>d:200'],
      { expire: 60 },
    ),
    flowOf('tell', { t: trigger, a: ['signal', { topic: 'resume' }], b: worker() }, ['t>a', 'a>b']),
    flowOf('tellend', { t: trigger, a: worker(), b: ['signal', { topic: 'resume' }] }, ['t>a', 'a>b']),
    flowOf('stop', { t: trigger, a: worker(), b: ['interrupt'] }, ['t>a', 'a>b']),
    flowOf('stopboth', { t: trigger, a: ['interrupt'], b: worker() }, ['t>a', 't>b'], { expire: 30 }),
    flowOf('stopit', { t: trigger, a: ['interrupt', { target: 'j1', flow: 'seq' }], b: worker() }, [
      't>a',
      'a>b',
    ]),
    flowOf('sleep', { t: trigger, a: ['hook', { sleep: 7 }], b: worker() }, ['t>a', 'a>b'], { expire: 60 }),
    flowOf('nap', { t: trigger, a: ['hook', { sleep: 1 }] }, ['t>a']),
    flowOf('parent', { t: trigger, a: ['await', { flow: 'short' }], b: worker('y') }, ['t>a', 'a>b'], {
      expire: 60,
    }),
    flowOf('quick', { t: trigger, a: ['await', { flow: 'alone' }], b: worker('y') }, ['t>a', 'a>b:200']),
    flowOf('cut', { t: trigger, a: ['await', { flow: 'short', await: false }], b: worker() }, ['t>a', 'a>b']),
    flowOf(
      'catch',
      { t: trigger, a: ['await', { flow: 'ok' }], b: worker(), c: pass, d: worker('y') },
      ['t>a', 'a>b:200', 'a>c:500', 'a>d:410'],
      { expire: 60 },
    ),
    flowOf('grand', { t: trigger, a: ['await', { flow: 'parent' }] }, ['t>a'], { expire: 60 }),
    flowOf(
      'reask',
      { t: trigger, a: pass, b: ['await', { flow: 'alone' }], c: worker(), d: ['cycle', { ancestor: 'a' }] },
      ['t>a', 'a>b', 'b>c', 'c>d:500'],
      { expire: 60 },
    ),
  ];
}

/** A tree of activities, of any kinds. */
export function drawFlow(random, flow) {
  const activities = { t: trigger };
  const transitions = [];
  const open = ['t'];
  const path = { t: [] };
  for (let left = random.integer(1, 6); left > 0; left--) {
    const from = random.one(open);
    const name = String.fromCharCode(96 + left);
    const ancestors = path[from].filter((each) => each !== 't');
    const kind = random.weighted([
      [5, 'worker'],
      [2, 'pass'],
      [1, 'wait'],
      [1, 'sleep'],
      [1, 'await'],
      [1, 'signal'],
      [1, 'interrupt'],
      [ancestors.length > 0 ? 2 : 0, 'cycle'],
    ]);
    activities[name] = attributesOf(random, kind, `${flow}${name}`, ancestors);
    if (kind === 'cycle') cycling(activities, activities[name][1].ancestor);
    else if (kind !== 'interrupt' || activities[name][1]) open.push(name);
    path[name] = [...path[from], name];
    const code = random.weighted([
      [6, ''],
      [2, ':200'],
      [1, ':202'],
      [2, ':500'],
      [1, ':404'],
    ]);
    transitions.push(`${from}>${name}${from === 't' && random.percent(80) ? '' : code}`);
  }
  return flowOf(flow, activities, transitions, random.percent(70) ? { expire: random.integer(2, 60) } : {});
}

function attributesOf(random, kind, id, ancestors) {
  switch (kind) {
    case 'worker':
      return worker(random.one(['x', 'y']));
    case 'wait':
      return ['hook', { topic: `${id}.resume` }];
    case 'sleep':
      return ['hook', { sleep: random.integer(1, 12) }];
    case 'await':
      return [
        'await',
        { flow: random.one(['short', 'alone', 'ok']), ...(random.percent(20) && { await: false }) },
      ];
    case 'signal':
      return ['signal', { topic: random.one(['resume', 'again']) }];
    case 'interrupt':
      return random.percent(50) ? ['interrupt'] : ['interrupt', { target: 'j1', flow: 'seq' }];
    case 'cycle':
      return ['cycle', { ancestor: random.one(ancestors) }];
  }
  return pass;
}

/** The one that a cycle goes back to. */
function cycling(activities, name) {
  const [kind, attributes] = activities[name];
  activities[name] = [kind, { ...attributes, cycle: true }];
}

/** A flow, and those that its activities name. */
export function withNamed(flows, chosen) {
  const names = new Set();
  const add = (name) => {
    const found = flows.find(({ flow }) => flow === name);
    if (!found || names.has(name)) return;
    names.add(name);
    for (const { kind, flow, topic } of found.activities) {
      if (flow !== undefined) add(flow);
      if (kind !== 'signal') continue;
      for (const other of flows) {
        if (other.activities.some((each) => each.kind === 'hook' && each.topic === topic)) add(other.flow);
      }
    }
  };
  for (const name of chosen) add(name);
  return flows.filter(({ flow }) => names.has(flow));
}
