/** Machines that were changed at random: what a state does not expect, and paths, templates and rules that nobody thought of. */

const leads = ['Next', 'Default', 'Resource'];
const paths = ['InputPath', 'OutputPath', 'ResultPath'];
const templates = ['Parameters', 'Result', 'ResultSelector'];
const flags = ['IsNull', 'IsPresent', 'IsNumeric', 'IsString', 'IsBoolean', 'IsTimestamp', 'BooleanEquals'];
const types = ['Pass', 'Task', 'Wait', 'Choice', 'Succeed', 'Fail', 'Parallel', 'Map'];
const comparisons = ['Equals', 'LessThan', 'GreaterThan', 'LessThanEquals', 'GreaterThanEquals'];

/** What the original reads, and does nothing with. */
const ignored = {
  Comment: 'a comment',
  TimeoutSeconds: 3,
  HeartbeatSeconds: 1,
  Seconds: 2,
  Timestamp: '2030-01-01T00:00:00Z',
  SecondsPath: '$.a',
  TimeoutSecondsPath: '$.a',
  ItemsPath: '$.c',
  ItemSelector: { 'a.$': '$.nothing' },
  MaxConcurrency: 1,
  ToleratedFailureCount: 1,
  Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 3 }],
  Catch: [{ ErrorEquals: ['States.ALL'], Next: 'S1' }],
  Error: 'E',
  Cause: 'because',
  Unknown: [{ deep: null }],
};

export function changed(random, definition, times) {
  const machine = structuredClone(definition);
  for (; times > 0; times--) change(random, machine);
  return machine;
}

function change(random, machine) {
  const [machines, states] = [[], []];
  collect(machine, machines, states);
  const names = machines.flatMap(({ States }) => Object.keys(States));
  if (states.length === 0) return;
  const state = random.one(states);
  const act = random.weighted([
    [6, () => set(random, state, random.one(paths), pathOf(random))],
    [2, () => set(random, state, random.one(leads), random.one([...names, ...names, 'nowhere', '', null]))],
    [1, () => set(random, state, 'End', random.one([true, false, null, undefined]))],
    [1, () => set(random, state, random.one(templates), templateOf(random))],
    [1, () => set(random, state, 'Type', random.one(types))],
    [1, () => set(random, random.one(machines), 'StartAt', random.one([...names, 'nowhere', undefined]))],
    [2, () => Object.assign(state, Object.fromEntries([random.one(Object.entries(ignored))]))],
    [4, () => set(random, state, 'Choices', [ruleOf(random, names), ruleOf(random, names)])],
  ]);
  act();
}

function collect(machine, machines, states) {
  machines.push(machine);
  for (const state of Object.values(machine.States)) {
    states.push(state);
    for (const inner of state.Branches ?? []) collect(inner, machines, states);
    if (state.ItemProcessor) collect(state.ItemProcessor, machines, states);
  }
}

function set(random, target, field, value) {
  if (value === undefined || random.percent(5)) delete target[field];
  else target[field] = value;
}

function pathOf(random) {
  const steps = Array.from({ length: random.integer(0, 3) }, () =>
    random.one(['.a', '.b', '.c', '.d', '.e', '.h', '.r', '._x', '[0]', '[0]', '[1]', '[-1]', '[2]', '[-3]']),
  );
  return random.weighted([
    [20, `$${steps.join('')}`],
    [1, `$$${steps.join('')}`],
    [1, random.one(['', null, undefined])],
  ]);
}

function templateOf(random, depth = 0) {
  const leaf = () => random.one([1, 'text', null, true, {}, []]);
  if (depth > 2) return leaf();
  const inner = () => templateOf(random, depth + 1);
  return random.weighted([
    [2, leaf],
    [1, () => [inner(), inner()]],
    [2, () => ({ a: inner(), 'b.$': random.percent(90) ? pathOf(random) : inner() })],
  ])();
}

function ruleOf(random, names, depth = 0) {
  const inner = () => ruleOf(random, names, depth + 1);
  const kinds = [
    [6, () => ({ [random.one(flags)]: random.percent(50) })],
    [6, () => compared(random)],
    [depth > 2 ? 0 : 1, () => ({ And: [inner(), inner()] })],
    [depth > 2 ? 0 : 1, () => ({ Or: [inner(), inner()] })],
    [depth > 2 ? 0 : 2, () => ({ Not: inner() })],
  ];
  const variable = random.percent(95) ? { Variable: pathOf(random) } : {};
  const rule = { ...variable, ...random.weighted(kinds)(), ...(random.percent(5) && compared(random)) };
  return { ...rule, ...(depth === 0 && { Next: random.one(names) }) };
}

function compared(random) {
  const [kind, values] = random.one([
    ['String', ['x', 'xy', '', 'é']],
    ['Numeric', [0, 1, 2.5, -1]],
    ['Timestamp', ['2030-01-01T00:00:00Z', '2030-01-01T00:00:00.5+01:00']],
  ]);
  const name = `${kind}${random.one(comparisons)}`;
  if (random.percent(40)) return { [`${name}Path`]: pathOf(random) ?? '' };
  return { [name]: random.one(values) };
}
