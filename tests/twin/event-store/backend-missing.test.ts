/** The backend with SQL, where its packages are not installed. */
import { expect, it, vi } from 'vitest';
import { SimulationError } from '../../../src/harness/event-store/twin/index.ts';
import { accounts } from './account.ts';

vi.mock('../../../src/sql/pglite/open.ts', async () => {
  const { SetupError } = await import('../../../src/sql/setup-error.ts');
  return {
    openPGlite: () => {
      throw new SetupError('the package x is not installed: npm install -D x@1');
    },
  };
});

it('says what to install', async () => {
  const opening = accounts({ backend: 'pglite' });
  await expect(opening).rejects.toThrow(SimulationError);
  await expect(opening).rejects.toThrow(
    "the backend 'pglite' cannot be opened: the package x is not installed: npm install -D x@1",
  );
});

it('is not needed by the model', async () => {
  const { store, deposit } = await accounts();
  await deposit('a');
  expect(store.events).toHaveLength(1);
});
