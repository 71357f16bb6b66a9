/** Rules that no attempt has met are warnings with their place; and a handler that no rule replaces may be refused. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schedules } from '../../../src/harness/pgflow/twin/fast-check.ts';
import { simulate } from '../../../src/harness/pgflow/twin/index.ts';
import '../../../src/harness/pgflow/twin/vitest.ts';
import { Chain, Greet, Squares } from './flows.ts';

/** `tests/...rules.test.ts:12:5` of the next line. */
const here = (offset: number) => {
  const [, line] = /rules\.test\.ts:(\d+)/.exec(new Error().stack!.split('\n')[2]!)!;
  return new RegExp(`^tests/twin/pgflow/rules\\.test\\.ts:${Number(line) + offset}:\\d+$`);
};

describe('a rule that no attempt has met', () => {
  it('is a warning when all runs are over, with the place where it was written', async () => {
    const sim = simulate(Greet);
    const place = here(1);
    sim.step('hello').throws('x').on({ attempt: 2 });
    const run = sim.start({ name: 'Ada' });
    // An attempt may still meet it.
    expect(sim.warnings).toEqual([]);
    expect(await run.finish()).toHaveCompleted();
    expect(sim.warnings).toMatchObject([{ run: 0, step: 'hello', index: 0, attempt: 2 }]);
    const [warning] = sim.warnings;
    expect(warning?.place).toMatch(place);
    expect(warning?.message).toBe(`throws() on { attempt: 2 } was never reached (${warning?.place})`);
    await sim.start({ name: 'Bob' }).finish();
    expect(sim.warnings).toHaveLength(1);
  });

  it.each<[string, (sim: ReturnType<typeof begin>) => unknown, string]>([
    ['of an element', (sim) => sim.step('square').returns(1).on({ index: 7 }), 'returns() on { index: 7 }'],
    ['of a run', (sim) => sim.step('sum').crashes('after').on({ run: 2 }), "crashes('after') on { run: 2 }"],
    [
      'behind another one',
      (sim) => sim.step('sum').returns(1) && sim.step('sum').returns(2),
      'returns() was never',
    ],
    [
      'of an attempt',
      (sim) => sim.step('sum').takes('5s').on({ attempt: 3 }).times(2),
      'takes() on { attempt: 3 }, 2 times',
    ],
    ['of a delivery', (sim) => sim.duplicate('sum', { attempt: 2 }), 'deliveredTwice() on { attempt: 2 }'],
    [
      'of a step that never starts',
      (sim) => sim.step('square').throws('x') && sim.step('sum').returns(1),
      'returns() was never',
    ],
  ])('is told: %s', async (_, write, message) => {
    const sim = begin();
    write(sim);
    await sim.start([1, 2]).finish();
    expect(sim.warnings.map((each) => each.message)).toEqual([expect.stringContaining(message)]);
  });
  const begin = () => simulate(Squares);

  it('is none where an attempt has met it, if only for its time', async () => {
    const sim = simulate(Chain);
    sim.step('first').takes('5s').times(9);
    sim.step('second').throws('x').times(1);
    sim.step('third').deliveredTwice();
    await sim.start({ n: 1 }).finish();
    expect(sim.warnings).toEqual([]);
  });

  it('is told for a schedule of a test, but not for one that is drawn at random', async () => {
    const written = simulate(Greet, {
      schedule: { begins: (sim) => void sim.step('hello').on({ attempt: 2 }).crashes('after') },
    });
    await written.start({ name: 'Ada' }).finish();
    expect(written.warnings).toHaveLength(1);
    const seed = 7;
    for (const schedule of fc.sample(schedules(Greet), { numRuns: 20, seed })) {
      const sim = simulate(Greet, { schedule });
      await sim
        .start({ name: 'Ada' })
        .finish()
        .catch(() => {});
      expect(sim.warnings, `seed ${seed}: ${schedule}`).toEqual([]);
    }
  });
});

describe("handlers: 'stubbed'", () => {
  it('refuses a handler that no rule replaces, by name', async () => {
    const sim = simulate(Chain, { handlers: 'stubbed' });
    sim.step('first').returns({ n: 1 });
    sim.step('second').takes('5s');
    await expect(sim.start({ n: 1 }).finish()).rejects.toThrow(
      `the handler of step "second" (run 1, attempt 1) is not stubbed, and options.handlers is 'stubbed': use sim.step('second') with returns(), throws() or runs()`,
    );
  });

  it('refuses it for an attempt or an element that none of its rules is for', async () => {
    const sim = simulate(Squares, { handlers: 'stubbed' });
    sim.step('square').returns(1).on({ index: 0 });
    await expect(sim.start([1, 2]).finish()).rejects.toThrow('step "square" (run 1, element 1, attempt 1)');
  });

  it('lets everything run that is stubbed', async () => {
    const sim = simulate(Chain, { handlers: 'stubbed' });
    sim.step('first').throws('x').times(1);
    sim.step('first').returns({ n: 1 });
    sim.step('second').runs(({ first }) => first);
    sim.step('third').crashes('before').times(1);
    sim.step('third').returns({ n: 3 });
    expect((await sim.start({ n: 1 }).finish()).step('second')).toHaveOutput({ n: 1 });
    expect(() => simulate(Chain, { handlers: 'none' as never })).toThrow(
      `options.handlers is "none": expected 'real' or 'stubbed'`,
    );
  });
});

const oddErrors: [string, () => unknown][] = [
  ['a message that is a number', () => Object.assign(new Error('x'), { message: 42 })],
  ['a stack that is none', () => Object.assign(new Error('x'), { stack: [1, 2] })],
  ['a name that is a symbol', () => Object.assign(new Error('x'), { name: Symbol('name') })],
  ['a message that throws', () => Object.defineProperty(new Error('x'), 'message', { get: () => raise() })],
  ['a stack that throws', () => Object.defineProperty(new Error('x'), 'stack', { get: () => raise() })],
  ['a symbol', () => Symbol('s')],
  ['an object without a prototype', () => Object.create(null)],
];
const raise = () => {
  throw new Error('from a getter');
};

describe('what a handler threw', () => {
  const broken = (): never => {
    const nothing = undefined as unknown as { name: string };
    return nothing.name as never;
  };

  it('keeps its stack in the history and in the calls; the database has the message alone', async () => {
    const sim = simulate(Greet);
    sim.step('hello').runs(broken).on({ attempt: 1 });
    sim.step('hello').throws('a text').on({ attempt: 2 });
    const run = await sim.start({ name: 'Ada' }).finish();
    const [first, second, third] = run.step('hello').tasks[0]!.history;
    expect(first?.thrown).toBeInstanceOf(TypeError);
    expect((first!.thrown as Error).stack).toContain('at broken');
    expect([second?.thrown, third?.thrown]).toEqual(['a text', undefined]);
    expect(sim.step('hello').calls[0]?.thrown).toBe(first?.thrown);
    expect(JSON.stringify(sim.trace)).not.toContain('rules.test.ts');
  });

  it('is shown where an assertion fails, with the first line of it that is the test’s own', async () => {
    const sim = simulate(Greet);
    sim.step('hello').runs(broken);
    const run = await sim.start({ name: 'Ada' }).finish();
    for (const subject of [run, run.step('hello')]) {
      expect(() => expect(subject).toHaveCompleted()).toThrow(
        /hello attempt 3 threw TypeError: Cannot read properties of undefined \(reading 'name'\), at tests\/twin\/pgflow\/rules\.test\.ts:\d+:\d+/,
      );
    }
    expect(() => expect(run.step('hello').tasks[0]).toHaveOutput('hi')).toThrow(
      'hello attempt 1 threw TypeError',
    );
  });

  it('is kept on both backends, and where a worker of its own reports it', async () => {
    for (const backend of ['model', 'pglite'] as const) {
      const sim = simulate(Greet, { backend });
      sim.step('hello').runs(broken).times(1);
      const run = await sim.start({ name: 'Ada' }).finish();
      expect(run.step('hello').tasks[0]?.history[0]?.thrown).toBeInstanceOf(TypeError);
      await sim.close();
    }
  });

  it.each(oddErrors)('may be any odd thing, and an assertion that fails says so: %s', async (_, odd) => {
    const sim = simulate(Greet);
    sim.step('hello').runs(() => Promise.reject(odd()));
    const run = await sim.start({ name: 'Ada' }).finish();
    expect(() => expect(run).toHaveCompleted()).toThrow('hello attempt 1');
  });
});
