/** Random machines of the states language, without what the package does not know. */
import { fc } from '../../src/harness/contract/fast-check.ts';
import { machines } from '../../src/harness/state-machine/states-language/arbitrary/machines.ts';
import { inputs } from '../../src/harness/state-machine/states-language/arbitrary/values.ts';
import { simulateStateMachine } from '../../src/harness/state-machine/twin/index.ts';
import { executed } from '../../tests/conformance/state-machine/executions/executing.ts';
import { guarded } from './guarding.mjs';

const most = 3000;

/** A machine that our twin executes, its input, and of which number the answers of its tasks are made. */
export async function drawCase(random) {
  while (true) {
    const drawn = one(random, machines(random.integer(0, 999) / 1000));
    if (!isAccepted(drawn)) continue;
    const text = JSON.stringify(known(drawn, true));
    const input = withoutTwins(JSON.parse(asCommon(JSON.stringify(one(random, inputs)))));
    const found = { machine: JSON.parse(asCommon(text)), input, seed: random.integer(1, 999_999) };
    if (text.length > most || isSelection.test(text) || isOdd.test(text)) continue;
    const error = await errorOf(found);
    // Most random paths lead nowhere, and then there is little to see.
    if (error !== undefined && (error !== 'States.Runtime' || random.percent(20))) return found;
  }
}

const one = (random, arbitrary) =>
  fc.sample(arbitrary, { seed: random.integer(1, 2 ** 31 - 1), numRuns: 1 })[0];

/** What is drawn by chance, and fields that a state of that type does not have: they count there. */
const isOdd = /States\.UUID|States\.MathRandom|"nowhere"/;

/** Paths that may select several values: what is one value there is an array for RFC 9535. */
const isSelection = /"\$[^"]*(\.\.|\[[?*]|\[[^\]']*:)/;

/**
 * A day that does not exist is one there. Texts are in another order there, where they have characters beyond the first 65,536. A `*` matches
 * no new line there. An index selects a field there whose name is a number.
 */
const asCommon = (text) =>
  text
    .replaceAll('2030-02-30', '2030-02-28')
    .replaceAll('\uffee', 'z')
    .replaceAll('x\\ny', 'xzy')
    .replaceAll('"0":', '"k":');

function isAccepted(machine) {
  try {
    simulateStateMachine(machine);
    return true;
  } catch {
    return false;
  }
}

/** Of our twin: null where it succeeds, undefined where it refuses the machine. */
async function errorOf(found) {
  try {
    const { status, error } = await executed(found);
    return status === 'Succeeded' ? null : (error ?? '');
  } catch {
    return undefined;
  }
}

/** There are no time limits, heartbeats and tolerated failures, and nothing is drawn by chance. */
const unknown = new Set(
  ['TimeoutSeconds', 'HeartbeatSeconds', 'ToleratedFailureCount', 'ToleratedFailurePercentage'].flatMap(
    (name) => [name, `${name}Path`],
  ),
);

function known({ StartAt, States }, isOutermost) {
  const all = Object.entries(States).map(([name, state]) => [name, knownState(state, isOutermost)]);
  return { StartAt, States: Object.fromEntries(all) };
}

function knownState(state, isOutermost) {
  const { Branches, ItemProcessor, Iterator: older, ItemSelector, Parameters, ...plain } = state;
  const inner = (machine) => known(machine, false);
  const isMap = state.Type === 'Map';
  const paths = (value, isOfItem = false) => withKnownPaths(value, { isOutermost, isOfItem });
  const { Seconds, SecondsPath, Timestamp, TimestampPath, ...others } = paths(plain);
  return {
    ...withKnownResultPath(Object.fromEntries(Object.entries(others).filter(([name]) => !unknown.has(name)))),
    ...(state.Type === 'Choice' && { Choices: others.Choices.map(guarded) }),
    ...(state.Catch && { Catch: others.Catch.map(withShortResultPath) }),
    // It is told not to wait, and then looks at nothing that says for how long.
    ...(state.Type === 'Wait' && { Seconds: 0 }),
    // An error of this name can be caught there, where a Fail has it.
    ...(state.Type === 'Fail' && state.Error === 'States.Runtime' && { Error: 'E3' }),
    ...(Parameters !== undefined && {
      Parameters: isMap ? withIndex(paths(Parameters, true)) : paths(Parameters),
    }),
    ...(ItemSelector !== undefined && { ItemSelector: withIndex(paths(ItemSelector, true)) }),
    ...(Branches && { Branches: Branches.map(inner) }),
    ...(ItemProcessor && { ItemProcessor: inner(ItemProcessor) }),
    ...(older && { Iterator: inner(older) }),
  };
}

/**
 * Of the context object it has the input, of the execution or of the branch, and the item, where a Map makes what its items get. All else of it
 * becomes a path in the input.
 */
function withKnownPaths(value, where) {
  if (Array.isArray(value)) return value.map((each) => withKnownPaths(each, where));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, withKnownPaths(each, where)]),
    );
  if (typeof value !== 'string' || !value.startsWith('$$')) return value;
  const isKnown =
    value === '$$.nothing' ||
    value === '$$.Execution.Id' ||
    (value === '$$.Execution.Input' && where.isOutermost) ||
    (value.startsWith('$$.Map.Item.') && where.isOfItem);
  return isKnown ? value : '$.a';
}

/** A `ResultPath` into an array makes the array there, with holes. */
function withKnownResultPath(of) {
  return /\[\d/.test(of.ResultPath ?? '') ? { ...of, ResultPath: '$.r' } : of;
}

/** Two items that are equal would get the answers of each other, whichever asks first. */
const withoutTwins = (input) =>
  Array.isArray(input?.c)
    ? { ...input, c: input.c.filter((each, i, all) => all.findIndex((other) => isSame(each, other)) === i) }
    : input;
const isSame = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const withIndex = (template) => ({
  ...(typeof template === 'object' && !Array.isArray(template) ? template : { fixed: template }),
  'index.$': '$$.Map.Item.Index',
});

/** Also of a catcher: what it makes of what is no object. */
function withShortResultPath(catcher) {
  return /\[\d|\..*[.[]/.test(catcher.ResultPath ?? '') ? { ...catcher, ResultPath: '$.r' } : catcher;
}
