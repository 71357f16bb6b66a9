/** Kept traces in the words of other tools: as pgTAP they hold on the real SQL, and as vitest they compile and pass. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, test } from 'vitest';
import { findRelease } from '../../../src/harness/engines.ts';
import { traceAs } from '../../../src/harness/report/trace-as.ts';
import { readTraceFile } from '../../../src/harness/trace.ts';
import type { SqlDriver } from '../../../src/sql/driver.ts';
import { openPGlite } from '../../../src/sql/pglite/open.ts';
import { pgtap } from '../../support/pgtap.ts';

const folders = ['pgflow', 'pgmq'].map((engine) => join(import.meta.dirname, '..', engine, 'traces'));
const files = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name): [string, string] => [name.replace('.json', '').replaceAll('-', ' '), join(folder, name)]),
);

const drivers = new Map<string, Promise<SqlDriver>>();

function driverFor(engine: string, release: string): Promise<SqlDriver> {
  const name = `${engine} ${release}`;
  let driver = drivers.get(name);
  if (!driver) {
    driver = findRelease(engine, release)
      .installation({})
      .then(({ scripts }) => openPGlite({ scripts: [...scripts, { name: 'pgtap', sql: pgtap }] }));
    drivers.set(name, driver);
  }
  return driver;
}

afterAll(async () => {
  for (const driver of drivers.values()) await (await driver).close();
});

describe('as a pgTAP test a kept trace holds on the SQL', () => {
  test.each(files)('%s', async (_, file) => {
    const { engine, release } = await readTraceFile(file, findRelease);
    const driver = await driverFor(engine, release);
    await driver.script(await traceAs({ file, as: 'pgtap' }), file);
  });
});
