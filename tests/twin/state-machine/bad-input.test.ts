/** What a test may hand over by mistake, and what a machine may meet: each is reported in words, or is an error of the language. */
import { expect, it } from 'vitest';
import {
  mergeCoverage,
  SimulationError,
  simulateStateMachine,
} from '../../../src/harness/state-machine/twin/index.ts';
import { one, order } from './machines.ts';

const said = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(SimulationError);
    return (error as Error).message;
  }
  return 'nothing';
};
const task = one({ Type: 'Task', Resource: 'r', End: true });

it.each<[string, unknown, string]>([
  ['no object', [], 'options is []'],
  ['an unknown option', { handler: {} }, 'options.handler is not an option'],
  ['handlers that are none', { handlers: { r: 1 } }, 'options.handlers["r"] is 1: expected a function'],
  ['a jitter above one', { jitter: 2 }, 'options.jitter is 2: expected a number from 0 to 1'],
  ['an empty name', { name: '' }, 'options.name is ""'],
  ['a name that no database holds', { name: 'a\0' }, 'in which a text has U+0000'],
  ['a seed that is none', { seed: -1 }, 'options.seed is -1'],
])('options: %s', (_, options, words) => {
  expect(said(() => simulateStateMachine(task, options as object))).toContain(words);
});

it.each<[string, object | string, string]>([
  ['a list', [], 'the definition is []'],
  [
    'two states of a name',
    {
      StartAt: 'A',
      States: {
        A: { Type: 'Parallel', End: true, Branches: [{ StartAt: 'A', States: { A: { Type: 'Succeed' } } }] },
      },
    },
    'state A: the name is used twice',
  ],
  [
    'two states of a name, in JSON',
    '{"StartAt":"A","States":{"A":{"Type":"Fail"},"A":{"Type":"Succeed"}}}',
    'the definition is no JSON: ',
  ],
  [
    'a state that is never reached',
    { StartAt: 'A', States: { A: { Type: 'Succeed' }, B: { Type: 'Succeed' } } },
    'state B: is never reached',
  ],
  [
    'a text that no database holds',
    one({ Type: 'Pass', Result: 'a\0', End: true }),
    'in which a text has U+0000',
  ],
])('definitions: %s', (_, definition, words) => {
  expect(said(() => simulateStateMachine(definition))).toContain(words);
});

it('a Choice without a match, a path of nothing and a path of many', async () => {
  const choice = { Type: 'Choice', Choices: [{ Variable: '$.a', NumericEquals: 1, Next: 'T' }] };
  const sim = simulateStateMachine({
    StartAt: 'S',
    States: { S: choice, T: { Type: 'Succeed', OutputPath: '$.b[*]' } },
  });
  expect(await sim.start({ a: 2 }).finish()).toMatchObject({ error: 'States.NoChoiceMatched' });
  expect(await sim.start({}).finish()).toMatchObject({
    error: 'States.Runtime',
    cause: 'Variable $.a selects nothing',
  });
  expect(await sim.start({ a: 1, b: [1, 2] }).finish()).toMatchObject({ output: [1, 2] });
});

it('a handler that hangs by accident is named in a warning', async () => {
  const limited = one({ Type: 'Task', Resource: 'r', TimeoutSeconds: 5, End: true });
  const sim = simulateStateMachine(limited, {
    handlers: { r: () => new Promise(() => {}) },
    handlerTimeout: 20,
  });
  expect(await sim.start().finish()).toMatchObject({ error: 'States.Timeout', endedMs: 5000 });
  expect(sim.warnings).toEqual([
    expect.stringContaining('the handler of state "S" (execution 1, attempt 1) has not settled'),
  ]);
});

it('what comes of a handler and no database holds is reported by its name', async () => {
  for (const [handler, words] of [
    [() => 'a\0b', 'returned "a'],
    [
      () => {
        throw new Error('a\0b');
      },
      'threw ["Error","a',
    ],
  ] as const) {
    const sim = simulateStateMachine(task, { handlers: { r: handler } });
    await expect(sim.start().finish()).rejects.toThrow(
      `the handler of state "S" (execution 1, attempt 1) ${words}`,
    );
  }
});

it('stubs, and what is merged', () => {
  const sim = simulateStateMachine(order);
  expect(said(() => sim.state('Pack'))).toContain(
    'there is no Task "Pack" (known: Charge, PackOne, Apologise)',
  );
  expect(said(() => sim.resource('nothing'))).toContain('no state has the Resource "nothing"');
  expect(said(() => sim.state('Charge').on({ tries: 1 } as object))).toContain('tries is not an option');
  expect(said(() => sim.state('Charge').fails('E', 3 as never))).toContain('the cause of fails() is 3');
  expect(said(() => mergeCoverage(undefined as never))).toContain('mergeCoverage() was given undefined');
  expect(said(() => mergeCoverage([{}] as never))).toContain('coverage 0.counts is undefined');
  expect(said(() => mergeCoverage([sim.coverage, simulateStateMachine(task).coverage]))).toContain(
    'coverage 1 is of another machine',
  );
});

it('a pattern with many asterisks takes no time', async () => {
  const rule = { Variable: '$', StringMatches: '*a*a*a*a*a*a*b', Next: 'T' };
  const sim = simulateStateMachine({
    StartAt: 'S',
    States: {
      S: { Type: 'Choice', Choices: [rule], Default: 'U' },
      T: { Type: 'Succeed' },
      U: { Type: 'Fail' },
    },
  });
  expect((await sim.start('a'.repeat(10_000)).finish()).path).toEqual(['S', 'U']);
  expect((await sim.start(`${'a'.repeat(10_000)}b`).finish()).path).toEqual(['S', 'T']);
});
