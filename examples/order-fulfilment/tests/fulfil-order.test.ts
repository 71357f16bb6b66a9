/** What happens to an order, on good days and on bad ones. */
import { simulate } from 'pgtwin';
import { afterEach, expect, test } from 'vitest';
import 'pgtwin/vitest';
import { FulfilOrder } from '../src/fulfil-order.ts';
import { backend, fakeShop, order } from './fake-shop.ts';

const { shop, charges, mails } = fakeShop();
const start = (options = {}) => simulate(FulfilOrder, { backend, context: { shop }, ...options });
let sim = start();

afterEach(async () => {
  await sim.close();
  charges.length = 0;
  mails.length = 0;
});

test('an order is charged, shipped, and two weeks later its customer is asked for a review', async () => {
  sim = start();
  const run = await sim.start(order).finish();
  expect(run).toHaveCompleted();
  expect(run.step('chargeCard')).toHaveOutput({ cents: 6000, receipt: 'receipt-o-1' });
  expect(charges).toEqual([{ key: 'o-1', cents: 6000 }]);
  expect(mails).toEqual([
    'ada@example.com: Thank you! Your receipt: receipt-o-1',
    'ada@example.com: How was parcel parcel-o-1?',
  ]);
  expect(run.step('ship').endedMs).toBe(0);
  expect(run.endedMs).toBe(14 * 24 * 3600 * 1000);
  expect(run).toMatchTimeline();
});

test('each item is reserved for itself, and only the one that failed is tried again', async () => {
  sim = start();
  sim.step('reserve').throws(new Error('warehouse: timeout')).on({ index: 1, attempt: 1 });
  const run = await sim.start(order).finish();
  expect(run).toHaveCompleted();
  expect(run.step('reserve').tasks.map(({ attempts }) => attempts)).toEqual([1, 2, 1]);
  expect(run.step('reserve')).toHaveOutput([900, 1200, 3900]);
});

test('a risk service that asks for patience gets it', async () => {
  sim = start();
  sim.step('risk').throws(new Error('429 Too Many Requests')).times(4);
  const run = await sim.start(order).finish();
  expect(run.step('risk')).toHaveAttempts(5);
  // 5 s times two to the number of attempts: 10 + 20 + 40 + 80.
  expect(run.step('risk').endedMs).toBe(150_000);
  expect(run).toMatchTimeline();
});

test('an order that is too risky is neither charged nor shipped', async () => {
  sim = start();
  sim.step('risk').returns(0.95);
  const run = await sim.start(order).finish();
  expect(run).toHaveFailed('order o-1 is too risky');
  expect(run.step('chargeCard')).toHaveAttempts(3);
  expect(charges).toEqual([]);
  expect(sim.step('ship').calls).toEqual([]);
});

test('an order of nothing is charged nothing', async () => {
  sim = start();
  const run = await sim.start({ ...order, items: [] }).finish();
  expect(run).toHaveCompleted();
  expect(charges).toEqual([{ key: 'o-1', cents: 0 }]);
});

test('a handler that is slower than its message is invisible is not called twice', async () => {
  sim = start({ workers: 2 });
  sim.step('chargeCard').takes('30s').deliveredTwice();
  const run = await sim.start(order).finish();
  expect(run).toHaveCompleted();
  expect(sim.step('chargeCard').calls).toHaveLength(1);
});

test('a worker that dies over a card leaves the order stuck, and only this one', async () => {
  sim = start();
  sim.step('chargeCard').crashes('after').on({ run: 1 });
  const stuck = await sim.start(order).finish();
  const next = await sim.start({ ...order, id: 'o-2' }).finish();
  // The money is gone, and pgflow 0.8.1 never starts a started task again: somebody has to look after it.
  expect(stuck).toBeStuck('stalled-tasks-are-never-retried');
  expect(charges.map(({ key }) => key)).toEqual(['o-1', 'o-2']);
  expect(stuck.step('sendReceipt').status).toBe('created');
  expect(next).toHaveCompleted();
  expect(sim).toMatchTimeline();
});

test('a deployment in the middle of a step lets it end', async () => {
  sim = start();
  sim.step('ship').takes('20s');
  const run = sim.start(order);
  await sim.runUntil(() => run.step('ship').status === 'started');
  await sim.advance('5s');
  sim.workers[0]?.stop();
  sim.addWorker();
  await run.finish();
  expect(run).toHaveCompleted();
  expect(sim.step('ship').calls.map(({ worker }) => worker)).toEqual([1]);
  expect(sim.step('askForReview').calls.map(({ worker }) => worker)).toEqual([2]);
});
