/** A database with an engine's release installed, closed when the test file is done. */
import { afterAll } from 'vitest';
import type { AnyRelease } from '../../src/harness/engines.ts';
import { Lockstep } from '../../src/harness/lockstep.ts';
import type { SqlDriver } from '../../src/sql/driver.ts';
import { openPGlite } from '../../src/sql/pglite/open.ts';

const open = new Map<AnyRelease, Promise<SqlDriver>>();

/** One database a release, however many tests of the file ask for it. */
export function driverFor(release: AnyRelease): Promise<SqlDriver> {
  let driver = open.get(release);
  if (!driver) {
    driver = release.installation({}).then(({ scripts }) => openPGlite({ scripts }));
    open.set(release, driver);
  }
  return driver;
}

export async function lockstepFor(release: AnyRelease): Promise<Lockstep<unknown, { type: string }>> {
  return new Lockstep(release, await driverFor(release));
}

afterAll(async () => {
  for (const driver of open.values()) await (await driver).close();
  open.clear();
});
