/** The database beside a twin: opened once, used in turns, handed on only if it is sound, and never twice. */
import { expect, it } from 'vitest';
import { SecondBackend } from '../../src/harness/twin/second-backend.ts';
import type { Batch, SqlDriver } from '../../src/sql/driver.ts';

class FakeDriver implements SqlDriver {
  readonly versions = {};
  isClosed = false;
  readonly #failure: string | undefined;
  constructor(failure?: string) {
    this.#failure = failure;
  }
  async run({ at }: Batch) {
    const message = this.#failure;
    if (message === undefined) return { finishedAt: at, results: [] };
    return { finishedAt: at, results: [{ kind: 'failure', sqlstate: 'XX000', message } as const] };
  }
  async script() {}
  async close() {
    this.isClosed = true;
  }
}

/** Backends of one name, and the databases that were opened for them. */
function backendsOf(name: string, failure?: string) {
  const opened: FakeDriver[] = [];
  const open = async () => {
    const driver = new FakeDriver(failure);
    opened.push(driver);
    return driver;
  };
  const backend = () =>
    new SecondBackend({ name, startedAt: 0, owner: 'the test', open, reset: async () => [] });
  return { opened, backend };
}

it('a database is handed on to one other alone, even if it is closed twice at once', async () => {
  const { opened, backend } = backendsOf('closed twice');
  const first = backend();
  await first.use(async () => undefined);
  await Promise.all([first.close(), first.close()]);
  const drivers = await Promise.all([backend(), backend()].map((each) => each.use(async (driver) => driver)));
  expect(new Set(drivers).size).toBe(2);
  expect(drivers).toContain(opened[0]);
});

it('a database that cannot be reset is closed', async () => {
  const { opened, backend } = backendsOf('not reset', 'no');
  const broken = backend();
  await expect(broken.use(async () => undefined)).rejects.toThrow('the database cannot be reset: no');
  expect(opened.map(({ isClosed }) => isClosed)).toEqual([true]);
  await broken.close();
});

it('what fails ends it: all that waits behind it fails as well, and nobody else gets the database', async () => {
  const { opened, backend } = backendsOf('failed');
  const failing = backend();
  const one = failing.use(() => Promise.reject(new Error('differs')));
  const other = failing.use(async () => 1);
  await expect(one).rejects.toThrow('differs');
  await expect(other).rejects.toThrow('differs');
  await failing.close();
  expect(opened[0]!.isClosed).toBe(true);
  await expect(failing.use(async () => 1)).rejects.toThrow('the test is closed');
});
