// Long tier: it installs several schemas, each in a database of its own.
/** Texts that become values before any function sees them: uuids and timestamps, as Postgres reads and prints them. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AnyCommand } from '../../../src/harness/contract/command.ts';
import { findRelease } from '../../../src/harness/services.ts';
import { type EventStoreCommand, registerView } from '../../../src/model/event-store/commands.ts';
import { readUuid } from '../../../src/model/event-store/ids.ts';
import { mostIndexedBytes } from '../../../src/model/kernel/indexed-text.ts';
import { printedTimestamp } from '../../../src/model/kernel/timestamp.ts';
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
      fc.constantFrom('', '.5', '.05', '.123', '.120', '.1234', '.078384', '.999999', '.1234567'),
      fc.constantFrom(' ', ' ', 'T'),
      fc.constantFrom('', '', '', 'Z', '+02', '-11:30', '+15'),
    )
    .map(([year, month, day, hour, minute, second, fraction, between, zone]) => {
      return `${year}-${month}-${day}${between}${hour}:${minute}:${second}${fraction}${zone}`;
    });
  const texts = [
    'infinity',
    '-infinity',
    '2030-01-01',
    '2030-02-30',
    '2030-01-01 10:20',
    '2030-01-01T10:20+02',
    ...sample(times, 500),
  ];
  const taken = texts.filter((v_start_at) => {
    return registerView.safeParse({ type: 'register_view', v_view: 'v', v_start_at }).success;
  });
  expect(taken.length).toBeGreaterThan(100);
  expect(taken.length).toBeLessThan(texts.length);
  expect(await cast(taken, 'timestamp')).toEqual(taken.map(printedTimestamp));
});

test('a text in an index that no compression makes shorter is refused by Postgres, where two of the longest of a command are not', async () => {
  const release = findRelease('event-store', 'text');
  const driver = await driverFor(release);
  const [letters] = sample(fc.string({ minLength: 3000, maxLength: 3000, unit: 'binary-ascii' }), 1);
  const text = letters!.replaceAll('\0', ' ');
  const asCommand = (command: EventStoreCommand): AnyCommand => command;
  const refusals = async (length: number) => {
    const v_decider = text.slice(0, length);
    const v_event = text.slice(-length);
    const queries = [
      release.call(asCommand({ type: 'register_decider_event', v_decider, v_event, v_description: text })),
      release.call(asCommand({ type: 'register_view', v_view: v_event })),
    ];
    const { results } = await driver.run({ at: 0, queries });
    return results.map((result) => (result.kind === 'failure' ? result.sqlstate : 'taken'));
  };
  await driver.run({ at: 0, queries: release.reset });
  expect(await refusals(mostIndexedBytes)).toEqual(['taken', 'taken']);
  expect(await refusals(3000)).toEqual(['54000', '54000']);
  await driver.run({ at: 0, queries: release.reset });
});
