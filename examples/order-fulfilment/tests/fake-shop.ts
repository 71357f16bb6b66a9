/** A shop that remembers what was done to it. */
import type { Order, Shop } from '../src/shop.ts';

export const order: Order = {
  id: 'o-1',
  email: 'ada@example.com',
  items: [
    { sku: 'tea', quantity: 2 },
    { sku: 'cup', quantity: 1 },
    { sku: 'pot', quantity: 1 },
  ],
};

const prices: Record<string, number> = { tea: 450, cup: 1200, pot: 3900 };

export function fakeShop() {
  const charges: { key: string; cents: number }[] = [];
  const mails: string[] = [];
  const shop: Shop = {
    reserve: async ({ sku, quantity }) => (prices[sku] ?? 0) * quantity,
    risk: async () => 0.1,
    charge: async (key, cents) => {
      if (!charges.some((each) => each.key === key)) charges.push({ key, cents });
      return `receipt-${key}`;
    },
    ship: async (orderId) => `parcel-${orderId}`,
    mail: async (to, text) => void mails.push(`${to}: ${text}`),
  };
  return { shop, charges, mails };
}

/** `npm test`: in memory. `npm run test:sql`: on pgflow's own SQL, in an embedded Postgres; everything must be the same. */
export const backend = process.env.BACKEND === 'pglite' ? 'pglite' : 'model';
