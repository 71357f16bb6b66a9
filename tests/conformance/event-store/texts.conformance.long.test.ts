// Long tier: it installs several schemas, each in a database of its own.
/** Texts that become values before any function sees them: uuids and timestamps, as Postgres reads and prints them. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findRelease } from '../../../src/harness/services.ts';
import { registerView } from '../../../src/model/event-store/commands.ts';
import { readUuid } from '../../../src/model/event-store/ids.ts';
import { localTimestamp, readTimestamp } from '../../../src/model/event-store/timestamp.ts';
import { uuidTexts } from '../../support/uuid-texts.ts';
import { seed } from '../campaign.ts';
import { driverFor } from '../open.ts';

/** What Postgres makes of each of these texts: as text again, or the SQLSTATE of its refusal. */
async function cast(texts: readonly string[], type: string): Promise<string[]> {
  const driver = await driverFor(findRelease('event-store', 'uuid'));
  const queries = texts.map((text) => ({ text: `select $1::${type}::text`, params: [text] }));
  const { results } = await driver.run({ at: 0, queries });
  return results.map((result) => {
    if (result.kind === 'rows') return result.rows[0]![0] as string;
    if (result.kind === 'failure') return result.sqlstate;
    throw new Error(JSON.stringify(result));
  });
}

const sample = <T>(arbitrary: fc.Arbitrary<T>, numRuns: number) =>
  fc.sample(arbitrary, { seed: seed | 0, numRuns });

test('texts are uuids for the model and for Postgres alike', async () => {
  const texts = sample(uuidTexts, 500);
  const read = texts.map((text) => readUuid(text) ?? '22P02');
  expect(await cast(texts, 'uuid')).toEqual(read);
  const refused = read.filter((text) => text === '22P02').length;
  expect(refused).toBeGreaterThan(50);
  expect(refused).toBeLessThan(450);
});

test('a timestamp that a command may have is the same instant for the model and for Postgres', async () => {
  const part = (most: number, digits = 2) =>
    fc.integer({ min: 0, max: most }).map((n) => String(n).padStart(digits, '0'));
  const times = fc
    .tuple(
      fc.oneof(part(9999, 4), fc.constantFrom('1969', '2000', '2030')),
      ...[part(13), part(32), part(24), part(60), part(60)],
      fc.constantFrom('', '.5', '.05', '.123', '.120', '.1234'),
    )
    .map(([year, month, day, hour, minute, second, fraction]) => {
      return `${year}-${month}-${day} ${hour}:${minute}:${second}${fraction}`;
    });
  const texts = ['infinity', '-infinity', ...sample(times, 500)];
  const taken = texts.filter((v_start_at) => {
    return registerView.safeParse({ type: 'register_view', v_view: 'v', v_start_at }).success;
  });
  expect(taken.length).toBeGreaterThan(100);
  expect(taken.length).toBeLessThan(texts.length);
  expect(await cast(taken, 'timestamp')).toEqual(taken.map((text) => localTimestamp(readTimestamp(text))));
});
