/** What the flow asks of the world: production gives it real services, a test what it likes. */
// Types, not interfaces: only those are JSON to the compiler.
export type Item = { sku: string; quantity: number };
export type Order = { id: string; email: string; items: Item[] };

export interface Shop {
  /** The price of all of them, in cents. Throws where there are not enough. */
  reserve(item: Item): Promise<number>;
  /** 0 to 1. A service of somebody else's, with a limit on requests. */
  risk(order: Order): Promise<number>;
  /** Charges once for a key, however often it is called, and gives the same receipt each time. */
  charge(key: string, cents: number): Promise<string>;
  ship(orderId: string): Promise<string>;
  mail(to: string, text: string): Promise<void>;
}
