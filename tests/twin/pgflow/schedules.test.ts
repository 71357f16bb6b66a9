/** Every schedule of a flow, not one: laws over schedules drawn by fast-check, and what a broken one shrinks to. */
import { Flow } from '@pgflow/dsl';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type SchedulesOptions, schedules } from '../../../src/harness/pgflow/twin/fast-check.ts';
import { FlowSchedule } from '../../../src/harness/pgflow/twin/faults/flow-schedule.ts';
import { type Schedule, simulate } from '../../../src/harness/pgflow/twin/index.ts';
import { Analyze, Squares } from './flows.ts';

/** Charges a card; the bank keeps the books. */
const Order = (bank: string[]) =>
  new Flow<{ id: string }>({ slug: 'order', maxAttempts: 3, baseDelay: 1 })
    .step({ slug: 'reserve' }, async ({ run }) => `reserved ${run.id}`)
    .step({ slug: 'risk' }, async () => 'low')
    .step({ slug: 'chargeCard', dependsOn: ['reserve', 'risk'] }, async ({ run }) => {
      bank.push(run.id);
      return `charged ${run.id}`;
    })
    .step({ slug: 'receipt', dependsOn: ['chargeCard'] }, async ({ chargeCard }) => `receipt: ${chargeCard}`);

async function charges(schedule: Schedule): Promise<{ bank: string[]; timeline: string; status: string }> {
  const bank: string[] = [];
  const sim = simulate(Order(bank), { schedule });
  const run = await sim.start({ id: 'o-1' }).finish();
  return { bank, timeline: `${sim.timeline}`, status: run.status };
}

const order = Order([]);
const draw = (numRuns: number, seed: number, options: SchedulesOptions<typeof order> = {}) =>
  fc.sample(schedules(order, options), { numRuns, seed });

it('for every order of completion and every fault, a card is charged at most once', async () => {
  const seed = Date.now() % 2 ** 31;
  await fc.assert(
    fc.asyncProperty(schedules(order), async (schedule) => {
      expect((await charges(schedule)).bank.length).toBeLessThanOrEqual(1);
    }),
    { seed, numRuns: 300 },
  );
});

it('without a fault every order of completion leads to the end of the run', async () => {
  const orders = new Set<string>();
  for (const schedule of draw(200, 3, { faults: [] })) {
    const { bank, status, timeline } = await charges(schedule);
    expect([bank, status]).toEqual([['o-1'], 'completed']);
    orders.add([...timeline.matchAll(/(reserve|risk) completes/g)].map(([, step]) => step).join());
  }
  expect([...orders].sort()).toEqual(['reserve,risk', 'risk,reserve']);
});

it('a law that does not hold shrinks to one fault, printed as code that breaks it again', async () => {
  const law = fc.asyncProperty(schedules(order, { steps: ['chargeCard'] }), async (schedule) => {
    expect((await charges(schedule)).bank).toEqual(['o-1']);
  });
  const error = await fc.assert(law, { seed: 7 }).then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  const [, printed] = /Counterexample: \[\n([\s\S]*?)\n\]/.exec(error?.message ?? '') ?? [];
  expect(printed).toBe(`sim.step('chargeCard').on({ attempt: 1 }).crashes('before');`);

  const bank: string[] = [];
  const sim = simulate(Order(bank));
  new Function('sim', printed!)(sim);
  const run = await sim.start({ id: 'o-1' }).finish();
  expect([bank.length, run.status]).toEqual([0, 'started']);
  expect(run.stuck?.tasks).toMatchObject([{ step: 'chargeCard', attempt: 1 }]);
});

it('whatever is found first, what is left cannot be had with fewer faults or without its delays', async () => {
  for (let seed = 0; seed < 25; seed++) {
    const found = await fc.check(
      fc.asyncProperty(schedules(Squares), async (schedule) => {
        const run = await simulate(Squares, { schedule }).start([1, 2, 3]).finish();
        return run.status === 'completed';
      }),
      { seed },
    );
    expect(found.failed).toBe(true);
    const [schedule] = found.counterexample!;
    expect(schedule.faults).toBe(1);
    for (const left of schedule.happenings) {
      const without = new FlowSchedule(schedule.happenings.filter((each) => each !== left));
      const run = await simulate(Squares, { schedule: without }).start([1, 2, 3]).finish();
      expect(run.status).toBe('completed');
    }
  }
});

it('a failure that takes two faults shrinks to those two', async () => {
  // Among many: both attempts at the sum.
  const [some] = fc.sample(schedules(Squares, { faults: [], workers: 1 }), { numRuns: 1, seed: 5 });
  const attempts = [2, 1].map((attempt) => ({ type: 'throws', step: 'sum', on: { attempt } }) as const);
  const start = new FlowSchedule([
    ...some!.happenings,
    { type: 'throws', step: 'square', on: { index: 1, attempt: 1 } },
    ...attempts,
    { type: 'unreachable', at: 100, for: 50 },
  ]);
  const found = await fc.check(
    fc.asyncProperty(schedules(Squares), async (schedule) => {
      const run = await simulate(Squares, { schedule }).start([1, 2, 3]).finish();
      return run.status !== 'failed';
    }),
    { numRuns: 1, examples: [[start]] },
  );
  expect(String(found.counterexample?.[0])).toBe(
    [2, 1].map((n) => `sim.step('sum').on({ attempt: ${n} }).throws(new Error('injected'));`).join('\n'),
  );
});

it('the same seed gives the same schedules, and a schedule the same timeline to the byte', async () => {
  const [first, second] = [draw(50, 11), draw(50, 11)];
  expect(second.map(String)).toEqual(first.map(String));
  expect(new Set(first.map(String)).size).toBeGreaterThan(40);
  for (const [i, schedule] of first.entries()) {
    const { timeline } = await charges(schedule);
    expect((await charges(second[i]!)).timeline).toBe(timeline);
    expect((await charges(schedule)).timeline).toBe(timeline);
  }
});

it('what a schedule prints is what it does', async () => {
  for (const schedule of fc.sample(schedules(Analyze), { seed: 13, numRuns: 100 })) {
    const timelines = [];
    for (const isPrinted of [false, true]) {
      const sim = simulate(Analyze, isPrinted ? {} : { schedule });
      // A test's own words come after those of the schedule.
      if (isPrinted) new Function('sim', String(schedule))(sim);
      sim.step('summary').takes('1s');
      await sim.start({ url: 'https://example.com' }).finish();
      await sim.advance('1m');
      timelines.push(String(sim.timeline));
    }
    expect(timelines[1]).toBe(timelines[0]);
  }
});

it('every kind of fault is drawn, at every step and every point, and no other than asked for', () => {
  const printed = draw(600, 17).map(String).join('\n');
  for (const step of ['reserve', 'risk', 'chargeCard', 'receipt']) {
    for (const when of ['before', 'during', 'after']) {
      expect(printed).toContain(`sim.step('${step}').on({ attempt: 1 }).crashes('${when}');`);
    }
    expect(printed).toMatch(new RegExp(`'${step}'.*throws`));
    expect(printed).toMatch(new RegExp(`'${step}'.*deliveredTwice`));
    expect(printed).toMatch(new RegExp(`'${step}'.*takes`));
  }
  expect(printed).toMatch(/kill\(\)/);
  expect(printed).toMatch(/stop\(\)/);
  expect(printed).toMatch(/unreachable\(/);
  const asked = draw(300, 19, {
    faults: ['deliveredTwice'],
    steps: ['risk'],
    workers: 1,
    delays: 0,
    runs: 2,
  });
  const statements = asked.flatMap((schedule) => schedule.happenings);
  expect(statements.every(({ type }) => type === 'deliveredTwice')).toBe(true);
  expect(new Set(statements.map((each) => JSON.stringify(each))).size).toBe(2 * 3);
  expect(Math.max(...asked.map(({ faults }) => faults))).toBe(3);
});

it('where nothing may vary, nothing does', () => {
  const steady = draw(20, 1, { faults: [], delays: 0, workers: 1 });
  expect(new Set(steady.map(String))).toEqual(new Set(['// nothing befalls it']));
});

it('an option that is none, or of the wrong type, is told with what was expected', () => {
  const refused = (options: unknown) => () => schedules(order, options as never);
  expect(refused({ fault: [] })).toThrow('options.fault is not an option: expected one of faults, maxFaults');
  expect(refused({ faults: ['fire'] })).toThrow(
    'options.faults is ["fire"]: expected a list of throws, crashes',
  );
  expect(refused({ faults: 'crashes' })).toThrow('options.faults is "crashes": expected a list');
  expect(refused({ steps: ['pay'] })).toThrow(
    'options.steps is ["pay"]: expected a list of reserve, risk, chargeCard, receipt',
  );
  expect(refused({ workers: 0 })).toThrow('options.workers is 0: expected a whole number from 1');
  expect(refused({ delays: 'soon' })).toThrow('options.delays is "soon": expected milliseconds');
  expect(refused([])).toThrow('options is []: expected an object');
  expect(() => schedules({} as never)).toThrow('flow is {}: expected a Flow');
});

it('the steps that may be struck are those of the flow, which the compiler knows', () => {
  // @ts-expect-error: no such step
  expect(() => schedules(order, { steps: ['pay'] })).toThrow();
  schedules(order, { steps: ['chargeCard'] });
});
