/** Laws that hold whatever happens: for every order of completion, every crash, every hour without a database. */
import fc from 'fast-check';
import { simulate } from 'pgtwin';
import { schedules } from 'pgtwin/fast-check';
import { expect, test } from 'vitest';
import { FulfilOrder } from '../src/fulfil-order.ts';
import { backend, fakeShop, order } from './fake-shop.ts';

const numRuns = backend === 'model' ? 200 : 15;

test('a card is charged at most once, and nothing is shipped that was not paid for', async () => {
  await fc.assert(
    fc.asyncProperty(schedules(FulfilOrder), async (schedule) => {
      const { shop, charges } = fakeShop();
      const sim = simulate(FulfilOrder, { backend, context: { shop }, schedule });
      const run = await sim.start(order).finish();
      await sim.close();
      expect(charges.length).toBeLessThanOrEqual(1);
      if (run.step('ship').status !== 'created') expect(charges).toHaveLength(1);
    }),
    { numRuns },
  );
});

test('as long as no worker dies, two handlers that fail do not keep an order from its end', async () => {
  // Every step has three attempts.
  const faults = ['throws', 'deliveredTwice'] as const;
  await fc.assert(
    fc.asyncProperty(schedules(FulfilOrder, { faults, maxFaults: 2 }), async (schedule) => {
      const { shop, mails } = fakeShop();
      const sim = simulate(FulfilOrder, { backend, context: { shop }, schedule });
      const run = await sim.start(order).finish();
      await sim.close();
      expect(run.status).toBe('completed');
      expect(mails).toHaveLength(2);
    }),
    { numRuns },
  );
});
