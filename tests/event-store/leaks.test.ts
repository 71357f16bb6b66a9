/** Nothing is left of an event store in the process that it was in. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { accounts } from './account.ts';

it('it leaves no timer, no listener and no global behind', async () => {
  const script = join(import.meta.dirname, '..', 'support', 'what-is-left-of-a-store.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script]);
  const { before, after } = JSON.parse(stdout);
  expect(before.timers).toBe(0);
  expect(after).toEqual(before);
});

it('a rejection that nobody waits for any more is not one of the process', async () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown) => unhandled.push(error);
  process.on('unhandledRejection', note);
  const { store, deposit } = await accounts();
  await deposit('a');
  const consumer = store.consume('balances', async () => {
    await null;
    throw new Error('too late');
  });
  consumer.crashes('after').times(1);
  await store.advance('1m');
  await new Promise((resolve) => setTimeout(resolve, 20));
  process.off('unhandledRejection', note);
  expect(consumer.status).toBe('running');
  expect(unhandled).toEqual([]);
});
