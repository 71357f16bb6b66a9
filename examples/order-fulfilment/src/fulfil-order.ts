/** From an order to a review of it, two weeks later. */
import { Flow } from '@pgflow/dsl';
import type { Order, Shop } from './shop.ts';

export const FulfilOrder = new Flow<Order, { shop: Shop }>({
  slug: 'fulfilOrder',
  maxAttempts: 3,
  baseDelay: 5,
})
  .array({ slug: 'items' }, ({ run }) => run.items)
  .map({ slug: 'reserve', array: 'items' }, (item, { shop }) => shop.reserve(item))
  .step({ slug: 'risk', maxAttempts: 5 }, ({ run }, { shop }) => shop.risk(run))
  .step({ slug: 'chargeCard', dependsOn: ['reserve', 'risk'] }, async ({ run, reserve, risk }, { shop }) => {
    if (risk > 0.9) throw new Error(`order ${run.id} is too risky`);
    const cents = reserve.reduce((sum, each) => sum + each, 0);
    return { cents, receipt: await shop.charge(run.id, cents) };
  })
  .step({ slug: 'ship', dependsOn: ['chargeCard'] }, ({ run }, { shop }) => shop.ship(run.id))
  .step({ slug: 'sendReceipt', dependsOn: ['chargeCard'] }, async ({ run, chargeCard }, { shop }) => {
    await shop.mail(run.email, `Thank you! Your receipt: ${chargeCard.receipt}`);
    return { sentTo: run.email };
  })
  .step(
    { slug: 'askForReview', dependsOn: ['ship'], startDelay: 14 * 24 * 3600 },
    async ({ run, ship }, { shop }) => {
      await shop.mail(run.email, `How was parcel ${ship}?`);
      return { asked: true };
    },
  );
