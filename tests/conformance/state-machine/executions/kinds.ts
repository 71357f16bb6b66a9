/** Where the package deviates from the language: our twin, given the machine as the package reads it, does exactly what the package did. */
import type { Execution } from '../../../../src/harness/state-machine/twin/index.ts';
import { statesIn } from '../../../../src/model/state-machine/states-language/language/scopes.ts';
import {
  type Reading,
  readAs,
  withFieldOfDollar,
  withNamedFailure,
  withObjectsMade,
  withOneFirst,
  withoutEmptyResult,
  withoutFalseFlags,
  withoutOpenEscapes,
  withoutParameterPathFailure,
  withTaskFailedInTasks,
  withTheLaterOfTwo,
} from './as-read-there.ts';
import { type Case, executed, type Outcome, outcomeOf, textOf } from './executing.ts';

const selectsNothing = 'a template that selects nothing fails with States.Runtime';
const made = 'ResultPath makes an object of what is none';
const first = 'another branch or item comes first';
const nothing = 'a path selects nothing in null, false, 0 and an empty text';

const readings: Readonly<Record<string, Reading>> = {
  // It comes before the next one, which reads `States.TaskFailed` as a list of errors.
  'States.TaskFailed means something in a Task alone': withTaskFailedInTasks,
  [selectsNothing]: withoutParameterPathFailure,
  'ResultPath $ is a field of the name $': withFieldOfDollar,
  'IsNull: false is never met': withoutFalseFlags,
  'a Fail without Error has one': withNamedFailure,
  'a Result of null is ignored': withoutEmptyResult,
  'of x.$ and x, the later one counts': withTheLaterOfTwo,
  'an open escape in a pattern stands for nothing': withoutOpenEscapes,
};

/** Whether the twin does that with the machine as these read it; and the execution. */
async function read(found: Case, names: readonly string[], others: readonly Reading[], theirs: Outcome) {
  const all = [...names.map((name) => readings[name]!), ...others];
  const execution = await executed({ ...found, machine: readAs(found.machine, all) });
  const ours = outcomeOf(execution);
  const isRuntime = names.includes(selectsNothing) && 'error' in ours && ours.error === pathFailure;
  const as = isRuntime ? { error: 'States.Runtime' } : ours;
  return { isSame: textOf(as) === textOf(theirs), execution };
}
const pathFailure = 'States.ParameterPathFailure';

/** The kinds of deviations that explain the outcome, as few as possible: none where it is ours. Undefined where they do not explain it. */
export async function explained(found: Case, theirs: Outcome): Promise<readonly string[] | undefined> {
  if ((await read(found, [], [], theirs)).isSame) return [];
  const names = Object.keys(readings);
  for (const name of names) if ((await read(found, [name], [], theirs)).isSame) return [name];
  const all = await read(found, names, [], theirs);
  if (all.isSame) return fewest(found, theirs, []);
  const objects = await whereObjectsAreMade(found, names, all.execution);
  const making = withObjectsMade(objects);
  const more: (readonly [string, Reading])[] = objects.size > 0 ? [[made, making]] : [];
  const last = await read(found, names, objects.size > 0 ? [making] : [], theirs);
  if (last.isSame) return fewest(found, theirs, more);
  for (const alone of partsIn(found)) {
    const withAlone = [...more, [first, alone] as const];
    const isSame = (
      await read(
        found,
        names,
        withAlone.map(([, each]) => each),
        theirs,
      )
    ).isSame;
    if (isSame) return fewest(found, theirs, withAlone);
  }
  return 'error' in theirs && theirs.error === 'States.Runtime' && hasNothing(found, last.execution)
    ? [nothing]
    : undefined;
}

async function fewest(found: Case, theirs: Outcome, others: readonly (readonly [string, Reading])[]) {
  let left = Object.keys(readings);
  const more = others.map(([, each]) => each);
  for (const name of left) {
    const fewer = left.filter((each) => each !== name);
    if ((await read(found, fewer, more, theirs)).isSame) left = fewer;
  }
  return [...left, ...others.map(([name]) => name)];
}

/** The states whose `ResultPath` leads through what is no object, from one after the other. */
async function whereObjectsAreMade(found: Case, names: readonly string[], execution: Execution) {
  const states = new Set<string>();
  let latest = execution;
  for (let before = -1; before < states.size; ) {
    before = states.size;
    for (const { text, state, execution: number } of latest.timeline) {
      if (number === 1 && state !== undefined && /: ResultPath \S+ cannot be set/.test(text))
        states.add(state);
    }
    latest = (await read(found, names, [withObjectsMade(states)], { output: null })).execution;
  }
  return states;
}

const partsIn = ({ machine }: Case): Reading[] =>
  [...statesIn(machine)].flatMap(([name, { Type, Branches = [] }]) =>
    Array.from({ length: Type === 'Map' ? 5 : Branches.length }, (_, i) => withOneFirst(name, i)),
  );

/** Whether a state that has paths has such a value before it, after it, or at its `InputPath`. */
function hasNothing({ machine }: Case, { visits }: Execution): boolean {
  const states = new Map(statesIn(machine));
  return visits.some(({ state, input, output }) => {
    const its = states.get(state);
    if (its === undefined) return false;
    const { Branches, ItemProcessor, Iterator: older, ...own } = its;
    if (!JSON.stringify(own).includes(':"$')) return false;
    const path = own.InputPath;
    return [input, output, typeof path === 'string' ? selected(input, path) : input].some(
      (value) => value === null || value === false || value === 0 || value === '',
    );
  });
}

function selected(value: unknown, path: string): unknown {
  const steps = [...path.matchAll(/\.(\w+)|\['([^']*)'\]|\[(\d+)\]/g)];
  return steps.reduce<unknown>(
    (at, [, name, quoted, index]) =>
      typeof at === 'object' && at !== null
        ? (at as Record<string, unknown>)[(name ?? quoted ?? index)!]
        : undefined,
    value,
  );
}
