/** Accounts whose events are stored, for tests of the store. */
import {
  type EventStore,
  type EventStoreOptions,
  eventStore,
} from '../../../src/harness/event-store/twin/index.ts';

/** The n-th uuid. */
export const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export interface Amount {
  readonly amount: number;
}

/** A store in which accounts may be opened, paid into and closed, and that has these views. */
export async function accounts(options: EventStoreOptions = {}, views: readonly string[] = ['balances']) {
  const store = eventStore(options);
  for (const event of ['Opened', 'Deposited', 'Closed'])
    await store.registerDeciderEvent({ decider: 'Account', event, description: 'of an account' });
  for (const view of views) await store.registerView({ view });
  return { store, deposit: depositor(store) };
}

/** Appends deposits one behind the other, their ids counted; gives what was appended. */
function depositor(store: EventStore) {
  let count = 0;
  const last = new Map<string, string>();
  return async (decider_id: string, amount = 1) => {
    const event_id = uuid(++count);
    const stored = await store.appendEvent<Amount>({
      event: 'Deposited',
      event_id,
      decider: 'Account',
      decider_id,
      data: { amount },
      command_id: uuid(0),
      previous_id: last.get(decider_id),
    });
    last.set(decider_id, event_id);
    return stored;
  };
}
