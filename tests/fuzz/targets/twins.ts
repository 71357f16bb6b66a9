/** What a test hands to the twins: flows, stubs, options, calls of an event store. */
import { Flow } from '@pgflow/dsl';
import fc from 'fast-check';
import { eventStore } from '../../../src/harness/event-store/twin/index.ts';
import { simulate } from '../../../src/harness/pgflow/twin/index.ts';
import { oddValues } from '../../support/odd-values.ts';
import type { Target } from '../fuzz.ts';
import { outcomeOf } from '../outcome.ts';

type Loose = Record<string, (...args: unknown[]) => unknown>;

/** As a name, so that a failure can be printed; made where it is used. */
const value = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...Object.keys(oddValues)).map((odd) => ({ odd })) },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 2 }).map((json) => ({ json })) },
  fc.constantFrom<unknown>('1s', '90s', '5m', 'work', 0, 1, -1, 1e12, true).map((json) => ({ json })),
);
type Value = { readonly odd: string } | { readonly json: unknown };
const made = (each: Value): unknown => ('odd' in each ? oddValues[each.odd]!() : each.json);

const calls = (names: readonly string[]) =>
  fc.array(fc.record({ name: fc.constantFrom(...names), args: fc.array(value, { maxLength: 2 }) }), {
    maxLength: 4,
  });
type Call = { readonly name: string; readonly args: readonly Value[] };

/** Errors of the user's own pass through as they are: what an action of after() throws. */
const ofSimulation = ['start', 'step', 'advance', 'addWorker', 'finish', 'drain', 'describe'] as const;
const ofStub = ['returns', 'resolves', 'throws', 'takes', 'times', 'crashes', 'on', 'duplicates'] as const;
const optionNames = [
  'backend',
  'handlers',
  'handlerTimeout',
  'startedAt',
  'worker',
  'context',
  'workers',
  'schedule',
];

interface FlowInput {
  readonly options: readonly [string, Value][];
  readonly stub: readonly Call[];
  readonly calls: readonly Call[];
  readonly steps: readonly string[];
}

export const flows: Target = {
  name: 'flows, options and stubs',
  arbitrary: () =>
    fc.record({
      options: fc.array(fc.tuple(fc.constantFrom(...optionNames), value), { maxLength: 1 }),
      stub: calls(ofStub),
      calls: calls(ofSimulation),
      steps: fc.array(fc.constantFrom('work', 'b', 'c'), { maxLength: 3 }),
    }),
  run: ({ options, stub, calls: asked, steps }: FlowInput) =>
    outcomeOf(async () => {
      let flow = new Flow<never>({ slug: 'one', maxAttempts: 2, baseDelay: 1 }) as unknown as {
        step(options: object, handler: unknown): typeof flow;
      };
      for (const slug of new Set(['work', ...steps])) flow = flow.step({ slug }, () => 1);
      const given = Object.fromEntries(options.map(([name, each]) => [name, made(each)]));
      if (given.backend === 'pglite') return;
      const sim = simulate(flow as never, { handlerTimeout: 20, ...given } as never) as unknown as Loose;
      const step = sim.step!('work') as Loose;
      for (const { name, args } of stub) step[name]?.(...args.map(made));
      for (const { name, args } of asked) await sim[name]?.(...args.map(made));
      const run = (await sim.start!({ a: 1 })) as { finish(): Promise<{ timeline: unknown }> };
      String((await run.finish()).timeline);
      String((sim as { timeline?: unknown }).timeline);
    }),
};

const functions = [
  ...[
    'registerDeciderEvent',
    'registerView',
    'appendEvent',
    'getEvents',
    'getLastEvent',
    'streamEvents',
    'ackEvent',
  ],
  ...['nackEvent', 'scheduleNackEvent', 'advance', 'drain'],
];
const names = [
  'decider',
  'event',
  'description',
  'view',
  'event_id',
  'decider_id',
  'data',
  'command_id',
  'previous_id',
  'limit',
  'offset',
  'start_at',
];

export const eventStores: Target = {
  name: 'calls of an event store',
  arbitrary: () =>
    fc.array(
      fc.record({
        name: fc.constantFrom(...functions),
        fields: fc.array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 5 }),
        other: fc.option(value, { nil: undefined, freq: 4 }),
      }),
      { maxLength: 5 },
    ),
  async run(asked: { name: string; fields: [string, Value][]; other: Value | undefined }[]) {
    const outcomes = new Set<string>();
    const whole = await outcomeOf(async () => {
      const store = eventStore({ handlerTimeout: 20 });
      const loose = store as unknown as Loose;
      const base = { decider: 'a', event: 'e', description: 'd', view: 'v', decider_id: 'a', data: {} };
      const ids = {
        event_id: '00000000-0000-4000-8000-000000000001',
        command_id: '00000000-0000-4000-8000-000000000002',
      };
      try {
        for (const { name, fields, other } of asked) {
          const given = Object.fromEntries(fields.map(([field, each]) => [field, made(each)]));
          const argument = other === undefined ? { ...base, ...ids, ...given } : made(other);
          outcomes.add(await outcomeOf(() => loose[name]?.(argument)));
        }
        String(store.timeline);
      } finally {
        await store.close();
      }
    });
    // The calls are refused one by one.
    if (outcomes.size === 0 || whole !== 'done') outcomes.add(whole);
    return [...outcomes].sort().join(' and ');
  },
};
