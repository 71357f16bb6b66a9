/** Many random machines by the twin and by the interpreter. */
import fc from 'fast-check';
import { machines } from '../../../src/harness/state-machine/states-language/arbitrary/machines.ts';
import { inputs } from '../../../src/harness/state-machine/states-language/arbitrary/values.ts';
import type { Execution } from '../../../src/harness/state-machine/twin/index.ts';
import { type Case, difference, executed, possible } from './compare.ts';
import type { Interpreted } from './interpret.ts';
import { outcomes } from './outcomes.ts';
import { wholeMachines } from './whole-language.ts';

const known = fc.oneof({ weight: 1, arbitrary: machines(0.1) }, { weight: 4, arbitrary: machines(0.5) });
const drawn = (definitions: typeof wholeMachines) =>
  fc.tuple(definitions, inputs, fc.nat(1_000_000)).map(
    ([definition, input, salt]): Case => ({
      ...{ definition, input, outcomeOf: outcomes(salt) },
      jitter: [1000, 500, 333, 0][salt % 4]!,
    }),
  );

/** The cases of a seed: half of them are machines as SQL knows them, half are of the whole language. */
export function cases(seed: number, count: number): Case[] {
  const half = Math.ceil(count / 2);
  return [known, wholeMachines].flatMap((each) => fc.sample(drawn(each), { seed: seed | 0, numRuns: half }));
}

export interface Tally {
  readonly agreed: number;
  readonly refused: number;
  /** Where it depends on the order of what happens at the very same instant. */
  readonly open: number;
  /** Of how many states that were entered also the end was compared. */
  readonly clear: number;
  readonly statuses: Readonly<Record<string, number>>;
}

/** How many attempts there are where the order is open. */
const most = 200;

/** @throws Error with the first case about which they disagree */
export async function compareAll(all: readonly Case[], seed: number): Promise<Tally> {
  const tally = { agreed: 0, refused: 0, open: 0, clear: 0 };
  const statuses: Record<string, number> = {};
  for (const [index, each] of all.entries()) {
    const actual = await executed(each);
    if (!actual) {
      tally.refused++;
      continue;
    }
    const found = agreement(actual, each);
    if ('differences' in found) throw new Error(told(seed, index, each, found.differences, actual));
    tally.agreed++;
    if (found.count > 1) tally.open++;
    tally.clear += found.expected.visits.filter(({ isSure, isClear }) => isSure && isClear).length;
    statuses[actual.status] = (statuses[actual.status] ?? 0) + 1;
  }
  return { ...tally, statuses };
}

function agreement(
  actual: Execution,
  each: Case,
): { readonly expected: Interpreted; readonly count: number } | { readonly differences: string[] } {
  const differences: string[] = [];
  for (const expected of possible(each, most)) {
    const found = difference(actual, expected);
    if (found === undefined) return { expected, count: differences.length + 1 };
    differences.push(found);
  }
  return { differences };
}

const told = (seed: number, index: number, each: Case, differences: readonly string[], actual: Execution) =>
  [
    `replay with PGTWIN_SEED=${seed}: case ${index}`,
    JSON.stringify(each.definition),
    `input ${JSON.stringify(each.input)}, jitter ${each.jitter}`,
    ...new Set(differences.slice(0, 5)),
    String(actual.timeline),
  ].join('\n');
