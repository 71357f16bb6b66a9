/** What should happen: the stock as a pure state machine. */
import { z } from 'zod';
import type { Machine } from '../../src/model/kernel/machine.ts';
import { refused, scalar } from '../../src/model/kernel/outcome.ts';
import { checkViolation, raised } from '../../src/model/kernel/sql-error.ts';
import type { Transition } from '../../src/model/kernel/transition.ts';

/** The words that model and SQL share: named after the functions, with the parameters' own names. */
const parameters = { name: z.enum(['a', 'b', 'c']), amount: z.int().min(-9).max(9) };
export const stockCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('put'), ...parameters }),
  z.strictObject({ type: z.literal('take'), ...parameters }),
]);
export type StockCommand = z.infer<typeof stockCommand>;

/** Amounts by name. */
export type Stock = ReadonlyMap<string, number>;

export const stockMachine: Machine<Stock, StockCommand, never> = {
  initialState: new Map(),
  transition(stock, { type, name, amount }, { now }) {
    const end = (reached: string, outcome: Pick<Transition<Stock, never>, 'state' | 'result'>) => ({
      ...outcome,
      events: [],
      finishedAt: now,
      reached: [`${type}/${reached}`],
    });
    const had = stock.get(name);
    if (type === 'take' && had === undefined) {
      return end('no-item', { state: stock, result: refused(raised(`no item ${name}`)) });
    }
    const has = (had ?? 0) + (type === 'put' ? amount : -amount);
    // Surprise: the CHECK looks at the row that would be inserted, before the conflict adds it to what is there.
    if (has < 0 || (type === 'put' && amount < 0)) {
      return end('refused', { state: stock, result: refused(checkViolation('items_amount_check')) });
    }
    const state = new Map(stock).set(name, has);
    return end(had === undefined ? 'new' : 'changed', { state, result: scalar(type, has) });
  },
  invariants: [
    {
      title: 'no amount is negative',
      violation: (stock) => [...stock].find(([, amount]) => amount < 0)?.join(' has '),
    },
  ],
  describe: ({ type, name, amount }) => `stock.${type}(name => '${name}', amount => ${amount})`,
  witnesses: ['put/new', 'put/changed', 'put/refused', 'take/no-item', 'take/changed', 'take/refused'],
};
