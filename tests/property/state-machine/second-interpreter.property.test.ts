/** Random machines by the twin and by a second interpreter, which was written from the documentation: status, output, error, end, states. */
import { expect, test } from 'vitest';
import type { MachineJson } from '../../../src/model/state-machine/states-language/language/definition.ts';
import { cases, compareAll } from '../../oracles/states-language/campaign.ts';
import { type Case, difference, executed, possible } from '../../oracles/states-language/compare.ts';
import { type Interpreted, interpret } from '../../oracles/states-language/interpret.ts';
import type { Json } from '../../oracles/states-language/values.ts';
import type { Asked, Outcome } from '../../oracles/states-language/world.ts';
import { seed } from '../../support/for-all.ts';

test('random machines come to the same end', async () => {
  const count = 600;
  const tally = await compareAll(cases(seed, count), seed);
  expect(tally.agreed).toBeGreaterThan(count * 0.8);
  // The generator makes some that are no machines.
  expect(tally.refused).toBeLessThan(count * 0.18);
  expect(tally.open).toBeLessThan(count * 0.05);
  expect(tally.clear).toBeGreaterThan(count);
  expect(tally.statuses.Succeeded).toBeGreaterThan(count * 0.1);
  expect(tally.statuses.Failed).toBeGreaterThan(count * 0.1);
  expect(tally.statuses.TimedOut).toBeGreaterThan(0);
});

const work = { Type: 'Task', Resource: 'work', End: true } as const;
const branch = (name: string, state: object): MachineJson => ({
  StartAt: name,
  States: { [name]: { ...work, ...state } },
});
const fails = (afterMs: number, error: string): Outcome => ({ afterMs, error, cause: 'why' });
const returns = (afterMs: number, output: Json): Outcome => ({ afterMs, output });
const caseOf = (definition: MachineJson, outcomeOf: (asked: Asked) => Outcome, input: Json = {}): Case => ({
  ...{ definition, outcomeOf, input },
});

const retried = caseOf(
  branch('S', { Retry: [{ ErrorEquals: ['E'] }], ResultPath: '$.r' }),
  ({ attempt }) => (attempt < 3 ? fails(7, 'E') : returns(9, attempt)),
  { a: 1 },
);
const failing = caseOf(branch('S', {}), () => fails(7, 'E'));
/** B would fail at 5, when it has entered nothing else; A fails at 9. */
const side = caseOf(
  {
    StartAt: 'P',
    States: { P: { Type: 'Parallel', End: true, Branches: [branch('A', {}), branch('B', {})] } },
  },
  ({ state }) => (state === 'A' ? fails(9, 'A') : fails(5, 'B')),
);

async function bothOf(each: Case) {
  const [expected] = possible(each, 1);
  return { actual: (await executed(each))!, expected: expected! };
}

test.each<[string, Case, (right: Interpreted) => Partial<Interpreted>, string]>([
  ['the status', retried, () => ({ status: 'Failed' }), 'status'],
  ['the output', retried, () => ({ output: { a: 1, r: 2 } }), 'output'],
  ['the end', retried, ({ endedAt }) => ({ endedAt: endedAt + 1 }), 'end'],
  ['the error', failing, () => ({ error: 'F' }), 'error'],
  ['the cause', failing, () => ({ cause: null }), 'cause'],
  ['a state that is missing', side, ({ visits }) => ({ visits: visits.slice(1) }), 'the interpreter has not'],
  [
    'a state that is entered twice',
    side,
    ({ visits }) => ({ visits: [...visits, visits[1]!] }),
    'the twin has not',
  ],
  [
    'the input of a state',
    side,
    ({ visits }) => ({ visits: visits.map((each) => ({ ...each, input: 7 })) }),
    'the twin has not',
  ],
  [
    'when a state is entered',
    side,
    ({ visits }) => ({ visits: visits.map((each) => ({ ...each, at: each.at + 1 })) }),
    'the twin has not',
  ],
  [
    'how often a state was tried',
    retried,
    ({ visits }) => ({ visits: visits.map((each) => ({ ...each, tries: each.tries.slice(1) })) }),
    'the twin has not',
  ],
  [
    'how a state ended',
    side,
    ({ visits, endedAt: at }) => ({
      visits: visits.map((each) => ({ ...each, end: { at, status: 'failed' as const } })),
    }),
    'the twin has not',
  ],
])('a wrong answer is noticed: %s', async (_, each, wrong, said) => {
  const { actual, expected } = await bothOf(each);
  expect(difference(actual, expected)).toBeUndefined();
  expect(difference(actual, { ...expected, ...wrong(expected) })).toMatch(new RegExp(`^${said}`));
});

test('a case about which they disagree is told with its seed', async () => {
  let calls = 0;
  const changing = caseOf(branch('S', {}), () => returns(7, calls++));
  await expect(compareAll([changing], 5)).rejects.toThrow('replay with PGTWIN_SEED=5: case 0');
});

test('of failures at the very same instant each may be the first', async () => {
  const tied = caseOf(side.definition, ({ state }) => fails(5, state));
  expect([...possible(tied, 10)].map(({ error }) => error)).toContain('A');
  expect([...possible(tied, 10)].map(({ error }) => error)).toContain('B');
  expect((await compareAll([tied], 1)).agreed).toBe(1);
});

test('the interpreter by itself: an item that fails ends the others, and a failed one that is tolerated makes room', () => {
  const item = { StartAt: 'I', States: { I: work } };
  const mapOf = (more: object): MachineJson => ({
    StartAt: 'M',
    States: { M: { Type: 'Map', End: true, ItemProcessor: item, MaxConcurrency: 2, ...more } },
  });
  const outcomeOf = ({ index }: Asked) => (index === 1 ? fails(10, 'E') : returns(25, index!));
  const run = (more: object) => interpret(mapOf(more), [1, 2, 3], { startedAt: 0, outcomeOf });
  expect(run({})).toMatchObject({ status: 'Failed', error: 'E', endedAt: 10 });
  expect(run({ ToleratedFailureCount: 1 })).toMatchObject({ output: [0, 2], endedAt: 35 });
  expect(run({ ToleratedFailurePercentage: 33 })).toMatchObject({
    error: 'States.ExceedToleratedFailureThreshold',
    endedAt: 10,
  });
});

/** A path that names one place gives what is there, in whichever way it is written. */
const onePlace: readonly (readonly [string, Json])[] = [
  ['$["a"]', 1],
  ['$.é', 2],
  ['$.l[-1]', 4],
];
test.each(onePlace)('the interpreter: %s gives the value itself', (path, value) => {
  const definition: MachineJson = { StartAt: 'S', States: { S: { Type: 'Succeed', OutputPath: path } } };
  const input = { a: 1, é: 2, l: [3, 4] };
  expect(interpret(definition, input, { startedAt: 0, outcomeOf: () => returns(1, 0) }).output).toBe(value);
});

test.each(onePlace)('the twin: %s gives the value itself', async (path, value) => {
  const definition: MachineJson = { StartAt: 'S', States: { S: { Type: 'Succeed', OutputPath: path } } };
  const found = await executed(caseOf(definition, () => returns(1, 0), { a: 1, é: 2, l: [3, 4] }));
  expect(found!.output).toBe(value);
});
