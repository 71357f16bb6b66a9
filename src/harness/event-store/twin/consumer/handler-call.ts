/** The call of a handler, or what a test has in its place. */
import type { Row } from '../../../../model/kernel/transition.ts';
import { type Described, Settlement } from '../../../twin/settlement.ts';
import type { Database } from '../database/database.ts';
import { eventOf } from '../functions/rows.ts';
import type { Delivery, Handler } from './consume-options.ts';
import type { Plan } from './faults.ts';

/** Waits in real time for what it does by itself. It may be that it has not settled then. */
export async function callHandler(
  database: Database,
  handler: Handler,
  row: Row,
  delivery: Delivery,
  { thrown }: Plan,
): Promise<Settlement> {
  if (thrown) {
    return new Settlement(() => {
      throw thrown.error;
    });
  }
  database.isHandling = true;
  const { calls } = database.clock;
  const settlement = calls.call(() => handler(eventOf(row), delivery));
  if (!settlement.settled) await settlement.within(database.options.handlerTimeout);
  database.isHandling = false;
  return settlement;
}

/** For an error. */
export const described = (
  { event, decider_id, offset }: Row,
  { view, number }: Delivery,
  whatToDo: string,
): Described => ({
  describe: () =>
    `the handler of view "${view}" (${event} of ${decider_id}, offset ${offset}, delivery ${number})`,
  advice: whatToDo,
});

/** What to do about a handler that does not settle. */
export const advice =
  'Give the handler a fake in place of what it waits for, or raise options.handlerTimeout';
/** And that has done so. */
export const adviceBeyond =
  'takes() is over, but it does not shorten what the handler does in real time. Give the handler a fake in place of what it waits for, or raise options.handlerTimeout';
