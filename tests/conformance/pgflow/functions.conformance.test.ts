import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findRelease } from '../../../src/harness/services.ts';
import { isRefusal } from '../../../src/model/kernel/outcome.ts';
import { calculateRetryDelay } from '../../../src/model/pgflow/shared/calculate-retry-delay.ts';
import { isValidSlug } from '../../../src/model/pgflow/shared/is-valid-slug.ts';
import { callPgflow } from '../../../src/sql/pgflow/0.1.20/calls.ts';
import { readRows } from '../../../src/sql/rows.ts';
import { seed } from '../campaign.ts';
import { driverFor } from '../open.ts';

const pgflow = findRelease('pgflow', '0.1.20');

async function call(command: Parameters<typeof callPgflow>[0]): Promise<unknown> {
  const driver = await driverFor(pgflow);
  const [result] = (await driver.run({ at: 0, queries: [callPgflow(command)] })).results;
  if (result?.kind === 'rows') return readRows(result)[0]?.[command.type];
  return result?.kind === 'failure' ? result.sqlstate : undefined;
}

test('a slug is valid exactly where the SQL says so', async () => {
  const character = fc.constantFrom(
    'a',
    'Z',
    '_',
    '0',
    '9',
    '-',
    ' ',
    '\n',
    '\r',
    'é',
    'ß',
    '٣',
    '😀',
    '"',
    "'",
    '.',
  );
  const slug = fc.oneof(
    fc.string({ unit: character, maxLength: 5 }),
    fc.integer({ min: 126, max: 130 }).map((length) => 'a'.repeat(length)),
    fc.integer({ min: 126, max: 130 }).map((length) => '😀'.repeat(length)),
    fc.constantFrom('run', 'Run', 'RUN', 'run_', '', null),
  );
  await fc.assert(
    fc.asyncProperty(slug, async (candidate) => {
      expect(isValidSlug(candidate)).toBe(await call({ type: 'is_valid_slug', slug: candidate }));
    }),
    { seed, numRuns: 400 },
  );
});

test('a retry delay is what the SQL calculates, or refused with it', async () => {
  const base = fc.oneof(
    fc.integer({ min: -1000, max: 2 ** 31 - 1 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(0, 0.5, 5e-324, null),
  );
  const attempts = fc.oneof(
    fc.integer({ min: -1100, max: 1100 }),
    fc.integer({ min: 0, max: 32 }),
    fc.constantFrom(-1074, -1075, 1023, 1024, 2 ** 31 - 1, -(2 ** 31), null),
  );
  await fc.assert(
    fc.asyncProperty(base, attempts, async (base_delay, attempts_count) => {
      const model = calculateRetryDelay(base_delay, attempts_count);
      const sql = await call({ type: 'calculate_retry_delay', base_delay, attempts_count });
      expect(isRefusal(model) ? model.sqlstate : model).toBe(sql);
    }),
    { seed, numRuns: 500 },
  );
});
