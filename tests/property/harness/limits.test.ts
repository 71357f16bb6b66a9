/** How large a trace may be. */
import { describe, expect, it } from 'vitest';
import { findRelease, replay } from '../../../src/harness/index.ts';
import { checkRows } from '../../../src/harness/lockstep/size.ts';
import { findTooLarge } from '../../../src/harness/trace/limits.ts';
import { ModelBug } from '../../../src/model/kernel/assert.ts';

const defineFlow = (steps: number, step_type = 'single') => [
  { type: 'create_flow', flow_slug: 'f' },
  ...Array.from({ length: steps }, (_, i) => ({
    ...{ type: 'add_step', flow_slug: 'f', step_slug: `s${i}`, step_type },
  })),
];
const start = (input: unknown, run = 1) => ({
  ...{ type: 'start_flow', flow_slug: 'f', input },
  run_id: `11111111-1111-4111-8111-${String(run).padStart(12, '1')}`,
});
const traceOf = (commands: readonly object[]) => ({
  ...{ engine: 'pgflow', release: '0.8.1', startedAt: '2030-01-01T00:00:00.000Z' },
  commands: commands.map((command) => ({ at: 0, command })),
});
const release = findRelease('pgflow', '0.8.1');
type Command = Parameters<typeof release.parseCommand>[0] & { readonly type: string };
const check = (commands: readonly object[]) => checkRows(release, traceOf(commands as Command[]) as never);

describe('a trace', () => {
  it('is refused for more rows than can be compared, before a database is opened', async () => {
    const trace = traceOf([...defineFlow(4, 'map'), start(Array(50_000).fill(1))]);
    const services = {
      engines: [{ name: 'pgflow', releases: [release] }],
      defaultEngine: 'pgflow',
      openDriver: () => Promise.reject(new Error('a database was opened')),
    };
    await expect(replay({ trace, services })).rejects.toThrow(
      /^trace: commands\[5\]: with start_flow, the tables have 400,0\d\d rows: at most 80,000 are compared$/,
    );
    const smaller = traceOf([...defineFlow(1, 'map'), start(Array(10).fill(1))]);
    await expect(replay({ trace: smaller, services })).rejects.toThrow('a database was opened');
  });

  it('may hold as many rows as are compared', () => {
    const map = (size: number) => [...defineFlow(1, 'map'), start(Array(size).fill(1))];
    check(map(39_990));
    expect(() => check(map(40_000))).toThrow(/at most 80,000 are compared/);
  });

  it('is refused for rows that many small commands make, and for those of the last one', () => {
    const starts = (count: number) => Array.from({ length: count }, (_, i) => start({}, i));
    check([...defineFlow(100), ...starts(150)]);
    expect(() => check([...defineFlow(100), ...starts(320)])).toThrow(
      /^trace: commands\[399\]: with start_flow/,
    );
    expect(() => check([...defineFlow(100), ...starts(310).slice(0, 305)])).toThrow(/at most 80,000/);
    const few = Array.from({ length: 20 }, (_, i) => start(Array(90).fill(1), i + 20));
    expect(() => check([...defineFlow(40, 'map'), ...few])).toThrow(/at most 80,000 are compared/);
    const wide = [...defineFlow(100, 'map'), start(Array(1000).fill(1))];
    expect(() => check(wide)).toThrow(
      /^trace: commands\[101\]: with start_flow, the tables have 200,\d\d\d rows/,
    );
  });

  it('is left to the comparison where the model breaks on it', () => {
    const machine = {
      ...release.machine,
      transition: () => {
        throw new ModelBug('that a replay tells more of');
      },
    };
    checkRows({ ...release, machine }, traceOf([start(Array(200).fill(1))]) as never);
  });

  it('may have ten million characters, wherever they are', () => {
    const long = 'x'.repeat(4_999_990);
    expect(findTooLarge({ commands: [long, { a: long }] })).toBe(undefined);
    const message = 'more than 10,000,000 characters, in texts and names up to here';
    expect(findTooLarge({ commands: [long, long, 'x'.repeat(30)] })?.message).toBe(message);
    expect(findTooLarge({ [long]: { [long]: 'x'.repeat(30) } })?.message).toBe(message);
    expect(findTooLarge(['x'.repeat(10_000_001)])).toEqual({ path: [0], message });
  });

  it('may have a hundred thousand elements in a list, and be nested a thousand deep', () => {
    expect(findTooLarge([Array(100_000).fill(1)])).toBe(undefined);
    expect(findTooLarge({ a: Array(100_001).fill(1) })).toEqual({
      path: ['a'],
      message: '100,001 elements: at most 100,000 are read',
    });
    const nested = (depth: number) => JSON.parse('['.repeat(depth) + ']'.repeat(depth));
    expect(findTooLarge(nested(1001))).toBe(undefined);
    expect(findTooLarge(nested(1002))?.message).toBe('nested more than 1,000 deep');
  });
});
