/** Whatever a test hands over, and whatever its code throws: an error that the documents know, and never one of our own making. */
import { Flow } from '@pgflow/dsl';
import { describe, expect, test } from 'vitest';
import { SimulationError, simulate } from '../../src/harness/pgflow/twin/index.ts';
import { DatabaseError } from '../../src/harness/twin/database-error.ts';
import { oddValues } from '../support/odd-values.ts';
import { accounts, uuid } from './event-store/account.ts';

const one = () => new Flow<{ n: number }>({ slug: 'one', maxAttempts: 1 }).step({ slug: 'work' }, () => 1);

/** What it throws, or nothing. */
async function thrownBy(act: () => unknown): Promise<unknown[]> {
  try {
    await act();
    return [];
  } catch (error) {
    return [error];
  }
}

/** Not a word of the language about how we have read it. */
async function expectKnown(act: () => unknown): Promise<void> {
  for (const error of await thrownBy(act)) {
    expect(error instanceof SimulationError || error instanceof DatabaseError, String(error)).toBe(true);
    expect((error as Error).message).not.toMatch(
      /undefined \(reading|is not a function|is not iterable|\[object Proxy/,
    );
  }
}

type Call = (value: unknown) => unknown;
type Loose = Record<string, (...args: unknown[]) => Record<string, (...args: unknown[]) => unknown>>;
const simulation = (options?: object) => simulate(one(), options as never) as unknown as Loose;

const argumentsOfFlows: Readonly<Record<string, Call>> = {
  'simulate()': (value) => simulate(value as never),
  'the options of simulate()': (value) => simulate(one(), value as never),
  ...Object.fromEntries(
    ['backend', 'handlers', 'handlerTimeout', 'startedAt', 'worker', 'context', 'schedule', 'workers'].map(
      (name): [string, Call] => [`options.${name}`, (value) => simulation({ [name]: value })],
    ),
  ),
  'start()': (value) => simulation().start!(value),
  'the options of start()': (value) => simulation().start!({}, value),
  'step()': (value) => simulation().step!(value),
  'advance()': (value) => simulation().advance!(value),
  'after()': (value) => simulation().after!(value, () => {}),
  'the action of after()': (value) => typeof value !== 'function' && simulation().after!('1s', value),
  'addWorker()': (value) => simulation().addWorker!(value),
  ...Object.fromEntries(
    ['takes', 'times', 'runs', 'on', 'crashes'].map((name): [string, Call] => [
      `${name}()`,
      (value) => simulation().step!('work')[name]!(value),
    ]),
  ),
};

const results: Readonly<Record<string, Call>> = {
  'returned by a handler': (value) => () => value,
  'resolved by a handler': (value) => async () => value,
  'thrown by a handler': (value) => () => {
    throw value;
  },
  'rejected by a handler': (value) => () => Promise.reject(value),
};

describe.each(Object.entries(oddValues))('%s', (_, make) => {
  test.each(Object.entries(argumentsOfFlows))('as the argument of a flow: %s', async (_name, call) => {
    await expectKnown(() => call(make()));
  });

  test.each(Object.entries(results))('%s of a flow, is recorded in words', async (_name, handlerOf) => {
    const sim = simulate(one());
    sim.step('work').runs(handlerOf(make()) as never);
    const run = await sim.start({ n: 1 }).finish();
    expect(String(sim.timeline)).toContain('run 1');
    await expect(thrownBy(() => expect(run.status).toBe('nothing'))).resolves.toHaveLength(1);
  });

  test.each(Object.entries(results))(
    '%s of an event store, is recorded in words',
    async (_name, handlerOf) => {
      const { store, deposit } = await accounts();
      await deposit('a');
      const handler = handlerOf(make()) as () => unknown;
      let calls = 0;
      store.consume('balances', () => (calls++ === 0 ? handler() : undefined) as never);
      await expectKnown(() => store.advance('10m'));
      expect(String(store.timeline)).toContain('balances');
      await store.close();
    },
  );

  test('as the data of an event, and as an argument of each function', async () => {
    const { store } = await accounts();
    const append = (over: object) =>
      store.appendEvent({
        ...{ event: 'Deposited', event_id: uuid(1), decider: 'Account', decider_id: 'a', data: {} },
        ...{ command_id: uuid(2), previous_id: undefined },
        ...over,
      } as never);
    for (const name of ['data', 'event', 'event_id', 'decider_id', 'command_id', 'previous_id'])
      await expectKnown(() => append({ [name]: make() }));
    const loose = store as unknown as Record<string, (value: unknown) => unknown>;
    for (const name of [
      'appendEvent',
      'registerView',
      'streamEvents',
      'ackEvent',
      'nackEvent',
      'getEvents',
      'advance',
    ])
      await expectKnown(() => loose[name]!(make()));
    await store.close();
  });

  test('thrown in a transaction comes back as it is', async () => {
    const { store, deposit } = await accounts();
    const value = make();
    const [thrown] = await thrownBy(() =>
      store.transaction(() => {
        throw value;
      }),
    );
    expect(Object.is(thrown, value)).toBe(true);
    await deposit('a');
    await store.close();
  });
});

test('a transaction whose function never settles is refused, and undone', async () => {
  const { store, deposit } = await accounts({ handlerTimeout: 50 });
  const endless = store.transaction(() => new Promise(() => {}));
  await expect(endless).rejects.toThrow(
    'the function of transaction() has not settled after 50 ms of real time',
  );
  await deposit('a');
  expect(store.events).toHaveLength(1);
  await store.close();
});

test('what has a getter that throws is named with it', () => {
  const options = Object.defineProperty({}, 'backend', {
    enumerable: true,
    get: () => {
      throw new Error('no');
    },
  });
  expect(() => simulation(options)).toThrow('options.backend cannot be read: its getter throws Error: no');
});
