/** A database with an engine's release installed, closed when the test file is done. */
import { afterAll } from 'vitest';
import type { AnyRelease } from '../../src/harness/contract/engine.ts';
import type { SqlSource } from '../../src/harness/contract/sql.ts';
import { Lockstep } from '../../src/harness/lockstep/lockstep.ts';
import { defaultServices } from '../../src/harness/services.ts';
import type { SqlDriver } from '../../src/sql/driver.ts';

const open = new Map<string, Promise<SqlDriver>>();

/** One database a release and what its SQL is from, however many tests of the file ask for it. */
export function driverFor(release: AnyRelease, source: SqlSource = {}): Promise<SqlDriver> {
  const key = JSON.stringify([release.engine, release.release, source]);
  let driver = open.get(key);
  if (!driver) {
    driver = release
      .installation(source)
      .then((installation) => defaultServices.openDriver(installation, () => {}));
    open.set(key, driver);
  }
  return driver;
}

export async function lockstepFor(
  release: AnyRelease,
  source: SqlSource = {},
): Promise<Lockstep<unknown, { type: string }>> {
  return new Lockstep(release, await driverFor(release, source));
}

afterAll(async () => {
  for (const driver of open.values()) await (await driver).close();
  open.clear();
});
