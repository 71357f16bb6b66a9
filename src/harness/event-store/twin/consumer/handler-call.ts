/** The call of a handler, or what a test has in its place. */
import type { Row } from '../../../../model/kernel/transition.ts';
import { type Settled, Settlement } from '../../../twin/settlement.ts';
import type { Database } from '../database/database.ts';
import { eventOf } from '../functions/rows.ts';
import type { Delivery, Handler } from './consume-options.ts';
import type { Plan } from './faults.ts';

/** @throws SimulationError which names the event, where the handler does not settle in real time. */
/** What to do about a handler that does not settle. */
const advice = 'Use takes() for the time that it takes, or raise options.handlerTimeout';

export async function callHandler(
  database: Database,
  handler: Handler,
  row: Row,
  delivery: Delivery,
  { thrown }: Plan,
): Promise<Settled> {
  if (thrown) return { ok: false, error: thrown.error };
  const { event, decider_id, offset } = row;
  const name = `the handler of view "${delivery.view}" (${event} of ${decider_id}, offset ${offset}, delivery ${delivery.number})`;
  database.isHandling = true;
  const settlement = new Settlement(() => handler(eventOf(row), delivery));
  const settled =
    settlement.settled ?? (await settlement.wait(database.options.handlerTimeout, name, advice));
  database.isHandling = false;
  return settled;
}
