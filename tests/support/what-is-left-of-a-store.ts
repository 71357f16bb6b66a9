/** Prints as JSON what an event store leaves behind in its process: timers, listeners, globals. */
import { accounts } from '../twin/event-store/account.ts';
import { present } from './leaks.ts';

const before = present();
const { store, deposit } = await accounts();
for (const id of ['a', 'b', 'a']) await deposit(id);
const consumer = store.consume('balances', async () => {
  // Longer than promises take, so that the limit of real time is watched.
  await new Promise((resolve) => setTimeout(resolve, 10));
});
consumer.crashes('after').times(1);
await store.transaction(async (transaction) => {
  await new Promise((resolve) => setTimeout(resolve, 10));
  await transaction.registerView({ view: 'other' });
});
store.after('1h', () => consumer.stop());
await store.drain();
await store.advance('1d');
console.log(JSON.stringify({ before, after: present() }));
