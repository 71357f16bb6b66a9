/** What of a machine a test suite has reached: states, the ways out of each Choice, retriers and catchers. */
import type {
  MachineJson,
  StateJson,
} from '../../../../model/state-machine/states-language/language/definition.ts';
import { statesIn } from '../../../../model/state-machine/states-language/language/scopes.ts';
import { checkObject } from '../../../twin/checks.ts';
import { SimulationError, shown } from '../../../twin/simulation-error.ts';
import type { Told } from '../engine/engine.ts';

/** What can be reached: `Charge`, `Decide Choices[0]`, `Decide Default`, `Charge Retry[0]`, `Charge Catch[1]`. */
export interface Coverage {
  readonly reached: readonly string[];
  /** What no execution reached. */
  readonly missing: readonly string[];
  /** 0 to 1. */
  readonly share: number;
  /** How often each was reached. */
  readonly counts: Readonly<Record<string, number>>;
  /** `9 of 12 reached (75 %)`, and a line for each that is missing. */
  toString(): string;
}

/** Everything that can be reached, in the order in which it is written. */
export function goals(definition: MachineJson): string[] {
  return [...statesIn(definition)].flatMap(([name, state]) => [
    name,
    ...waysOf(state).map((way) => `${name} ${way}`),
  ]);
}

function waysOf({ Type, Choices = [], Default, Retry = [], Catch = [] }: StateJson): string[] {
  if (Type === 'Choice')
    return [...Choices.map((_, i) => `Choices[${i}]`), ...(Default === undefined ? [] : ['Default'])];
  const isHandling = Type === 'Task' || Type === 'Parallel' || Type === 'Map';
  return isHandling ? [...Retry.map((_, i) => `Retry[${i}]`), ...Catch.map((_, i) => `Catch[${i}]`)] : [];
}

function goalOf(told: Told): string | undefined {
  if (told.what === 'status') return undefined;
  const { state, deed } = told.happening;
  if (deed.what === 'entered') return state;
  return 'by' in deed ? `${state} ${deed.by}` : undefined;
}

export function coverageOf(definition: MachineJson, told: readonly Told[]): Coverage {
  const counts = new Map(goals(definition).map((goal) => [goal, 0]));
  for (const each of told) {
    const goal = goalOf(each);
    if (goal !== undefined) counts.set(goal, counts.get(goal)! + 1);
  }
  return made(counts);
}

/** Of several simulations of one machine, as of all tests of a suite. @throws SimulationError where they are of different machines */
export function mergeCoverage(all: readonly Coverage[]): Coverage {
  if (!Array.isArray(all))
    throw new SimulationError(`mergeCoverage() was given ${shown(all)}: expected an array of coverages`);
  const counts = new Map<string, number>();
  for (const [i, each] of all.entries()) {
    checkObject(each, `coverage ${i}`);
    checkObject(each.counts, `coverage ${i}.counts`);
    const names = Object.keys(each.counts);
    if (i > 0 && (names.length !== counts.size || names.some((name) => !counts.has(name)))) {
      throw new SimulationError(`coverage ${i} is of another machine than coverage 0`);
    }
    for (const [goal, count] of Object.entries(each.counts as Readonly<Record<string, number>>))
      counts.set(goal, (counts.get(goal) ?? 0) + count);
  }
  return made(counts);
}

function made(counts: ReadonlyMap<string, number>): Coverage {
  const names = [...counts.keys()];
  const reached = names.filter((goal) => counts.get(goal)! > 0);
  const missing = names.filter((goal) => counts.get(goal) === 0);
  const share = names.length === 0 ? 1 : reached.length / names.length;
  const coverage = { reached, missing, share, counts: Object.fromEntries(counts) };
  const lines = [
    `${reached.length} of ${names.length} reached (${Math.floor(share * 100)} %)`,
    ...missing.map((goal) => `  not reached: ${goal}`),
  ];
  // Not enumerable, so that two are equal where what they say is.
  return Object.defineProperty(coverage, 'toString', { value: () => lines.join('\n') });
}
