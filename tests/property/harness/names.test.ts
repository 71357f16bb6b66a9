/** How errors list names, and that they stay lines to read. */
import { expect, it } from 'vitest';
import { firstOf, knownNames, nearest, quoted, shortened } from '../../../src/harness/contract/names.ts';
import { findRelease } from '../../../src/harness/services.ts';
import { parseTrace } from '../../../src/harness/trace/format.ts';

const many = Array.from({ length: 28 }, (_, i) => `name_${'abcdefghijklmnopqrstuvwxyzäö'[i]}`);

it('a few names are all listed, of many those like what was asked for, or the first', () => {
  expect(knownNames([])).toBe('none');
  expect(knownNames(['b', 'a'], 'z')).toBe('b, a');
  expect(knownNames(many, 'names_c')).toBe('name_c, name_a, name_b and 25 more');
  expect(knownNames(many, 'nothing of the kind')).toBe('name_a, name_b, name_c, name_d, name_e and 23 more');
  expect(knownNames(many)).toBe('name_a, name_b, name_c, name_d, name_e and 23 more');
  expect(firstOf(['a'])).toBe('a');
});

it('names are nearest that take the fewest letters, or that hold what was asked for', () => {
  expect(nearest('start_flo', ['stop', 'start_tasks', 'start_flow'])).toEqual(['start_flow']);
  expect(nearest('stalled', ['stalled-tasks-are-never-retried', 'x'])).toEqual([
    'stalled-tasks-are-never-retried',
  ]);
  expect(nearest('x'.repeat(100_000), many)).toEqual([]);
});

it('a long name is cut, never within a character', () => {
  expect(quoted('a"b')).toBe('"a\\"b"');
  expect(shortened('x'.repeat(60))).toBe('x'.repeat(60));
  expect(shortened(`${'x'.repeat(59)}😀y`)).toBe(`${'x'.repeat(59)}… (62 characters)`);
});

it('a command of an engine with many types is refused in a line', () => {
  const trace = (type: unknown) => ({
    ...{ engine: 'pgflow', release: '0.8.1', startedAt: '2030-01-01T00:00:00Z' },
    commands: [{ at: 0, command: { type } }],
  });
  const refusal = (type: unknown) => {
    try {
      return parseTrace(trace(type), (engine, release) => findRelease(engine, release));
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect(refusal('start_flo')).toBe(
    'trace: commands[0].command.type: unknown type "start_flo"; known: start_flow, start_flow_with_states and 26 more',
  );
  expect(String(refusal('y'.repeat(100_000))).length).toBeLessThan(300);
});
