// Long tier: it installs a dozen releases, each in a database of its own.
/** The model of 0.8.1 against the SQL of earlier releases: it tells each of them apart, as docs/releases.md says. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runCampaign } from '../../../src/harness/campaign/campaign.ts';
import { executeTrace } from '../../../src/harness/lockstep/lockstep.ts';
import { findRelease } from '../../../src/harness/services.ts';
import { readTraceFile } from '../../../src/harness/trace/read-file.ts';
import type { SqlDriver } from '../../../src/sql/driver.ts';
import { openPGlite } from '../../../src/sql/pglite/open.ts';
import { firstMigrations, migrationDirectory } from '../../support/migration-directory.ts';
import { seed } from '../campaign.ts';

const model = findRelease('pgflow', '0.8.1');
const traces = join(import.meta.dirname, 'releases');
const page = readFileSync(join(import.meta.dirname, '../../../docs/releases.md'), 'utf8');

/** How many migrations the last release has on which the trace differs, and what differs there. */
const boundaries: readonly (readonly [trace: string, migrations: number, where: string, sql: unknown])[] = [
  ['no-task-can-be-started-before-0.3.0', 2, 'result', { sqlstate: '42883' }],
  ['a-run-cannot-be-read-with-its-steps-before-0.4.0', 4, 'result', { sqlstate: '42883' }],
  ['a-step-cannot-be-delayed-before-0.5.3', 7, 'result', { sqlstate: '42883' }],
  ['a-worker-cannot-be-told-to-stop-before-0.6.0', 8, 'workers[0].stopped_at', null],
  ['a-flow-without-steps-never-ends-before-0.7.0', 9, 'runs[0].status', 'started'],
  ['a-step-cannot-be-a-map-before-0.7.0', 9, 'result', { sqlstate: '42883' }],
  ['a-step-starts-unannounced-before-0.7.2', 10, 'sent_id_seq[0].last_value', 1],
  ['an-empty-map-ends-unannounced-before-0.7.2', 10, 'sent[1].event', 'run:completed'],
  ['messages-cannot-be-put-off-together-before-0.8.0', 11, 'result', { sqlstate: '42804' }],
];

async function install(migrations: number) {
  const directory = await migrationDirectory(firstMigrations(migrations));
  return model.installation({ migrations: directory });
}

/** The two last asked for: the boundaries are sorted, so each is opened once. */
const opened = new Map<number, SqlDriver>();

async function driverFor(migrations: number): Promise<SqlDriver> {
  const known = opened.get(migrations);
  if (known) return known;
  for (const [each, driver] of [...opened].slice(0, -1)) {
    opened.delete(each);
    await driver.close();
  }
  const { scripts } = await install(migrations);
  const driver = await openPGlite({ scripts });
  opened.set(migrations, driver);
  return driver;
}

afterAll(async () => {
  for (const driver of opened.values()) await driver.close();
});

async function differencesOf(trace: string, migrations: number) {
  const kept = await readTraceFile(join(traces, `${trace}.json`), findRelease);
  const { divergence } = await executeTrace(model, await driverFor(migrations), kept);
  return divergence?.differences ?? [];
}

describe.each(boundaries)('%s', (trace, migrations, where, sql) => {
  test(`the model differs from the SQL of the first ${migrations} migrations`, async () => {
    const differences = await differencesOf(trace, migrations);
    expect(differences.find((each) => each.where === where)).toMatchObject({ sql });
  });

  test('it agrees as soon as there is one more', async () => {
    expect(await differencesOf(trace, migrations + 1)).toEqual([]);
  });

  test('the page on releases shows how to see it', () => {
    expect(page).toContain(`tests/conformance/pgflow/releases/${trace}.json`);
  });
});

test('every kept trace of a release is one of these', () => {
  const files = readdirSync(traces).map((name) => name.replace(/\.json$/, ''));
  expect(files.toSorted()).toEqual(boundaries.map(([trace]) => trace).toSorted());
});

test.each([9, 10, 11])(
  'random samples find that the first %i migrations are not 0.8.1',
  async (migrations) => {
    const { scripts, remarks } = await install(migrations);
    expect(remarks.join()).toContain('it is compared with the model of 0.8.1');
    const openDriver = () => openPGlite({ scripts });
    const { divergence, samples } = await runCampaign(model, { openDriver, samples: 60, seed });
    console.log(`first ${migrations}: sample ${samples} differs, seed ${seed}`);
    expect(divergence?.trace.commands.length).toBeLessThanOrEqual(4);
  },
);
