/** Fields of a machine that the executor reads in another way than the model: they are no commands. */
import { describe, expect, test } from 'vitest';
import { fornextCommand } from '../../../src/model/state-machine/fornext/commands.ts';

const isCommand = (state: object, more: object = {}) => {
  const definition = { StartAt: 'S1', States: { S1: state }, ...more };
  return fornextCommand.safeParse({ type: 'create_machine', machine: 'm', definition }).success;
};

describe('a field whose letters have another case', () => {
  test.each<[string, object, object?]>([
    ['a state', { Type: 'Pass', end: true }],
    ['a machine', { Type: 'Succeed' }, { startat: 'S1' }],
    ['a rule', { Type: 'Choice', Choices: [{ variable: '$', IsNull: true, Next: 'S1' }] }],
    ['a choice', { Type: 'Choice', Choices: [{ Variable: '$', IsNull: true, Next: 'S1', NEXT: 'S1' }] }],
    ['a state, with a long s', { Type: 'Pass', 'Re\u017fult': 1 }],
    ['a retrier, with the sign of Kelvin', { Type: 'Task', Retry: [{ 'Bac\u212aoffRate': 1 }] }],
  ])('makes no command: of %s', (_, state, more) => {
    expect(isCommand(state, more)).toBe(false);
  });

  test('may be anything that is no field of the language', () => {
    expect(isCommand({ Type: 'Succeed', unknown: 1, Unknown: 2, Ending: true })).toBe(true);
  });
});

describe('a field that is ignored', () => {
  const types = {
    Comment: ['text', 7],
    TimeoutSeconds: [3, 1.5],
    Seconds: [3, '3'],
    Timestamp: ['2030-01-01T00:00:00Z', 'tomorrow'],
    Retry: [[{ ErrorEquals: ['States.ALL'], BackoffRate: 1.5 }], {}],
    Catch: [[{ ErrorEquals: ['States.ALL'], Next: 'S1' }], [{ Next: 4 }]],
    MaxConcurrency: [1, 'x'],
    ItemsPath: ['$.a', 7],
    Error: ['E', 5],
  };
  test.each(Object.entries(types))('%s has its type, or is null', (field, [right, wrong]) => {
    const has = (value: unknown) => isCommand({ Type: 'Wait', End: true, [field]: value });
    expect([has(right), has(null), has(wrong)]).toEqual([true, true, false]);
  });
});
