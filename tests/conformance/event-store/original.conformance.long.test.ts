// Long tier: a long campaign on a schema that is not everywhere at hand.
/** The schema that ours stands for, where it is at hand; its ids have whichever type it says. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findRelease } from '../../../src/harness/services.ts';
import { tellIdType } from '../../../src/sql/event-store/install.ts';
import { expectAgreement } from '../campaign.ts';
import { testKeptTraces } from '../kept-traces.ts';
import { expectFaultyAppendsRefusedAlike } from './faulty-appends.ts';
import { originalSchema, whySkipped } from './original-schema.ts';

if (originalSchema === undefined) {
  // `recordings.conformance.test.ts` is not skipped.
  const instead = 'but for appends with many faults, what it answered is checked by its recordings';
  process.stderr.write(`the original event store: ${whySkipped}; ${instead}\n`);
  test.skip(`the original event store: ${whySkipped}; ${instead}`);
} else {
  const source = { schema: originalSchema };
  const idType = await tellIdType(originalSchema);
  test('says what ids deciders have', () => expect(idType).toMatch(/^(uuid|text)$/));
  const release = findRelease('event-store', idType);

  test(`random commands behave alike on the model and on the original schema (${idType})`, async () => {
    await expectAgreement(release, 150, source);
  });

  test('an append with many faults is refused for the same one', async () => {
    await expectFaultyAppendsRefusedAlike(release, source);
  });

  describe('kept traces', () => {
    testKeptTraces(join(import.meta.dirname, 'traces'), { release: release.release, ...source });
  });
}
