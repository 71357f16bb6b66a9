// Long tier: a campaign on SQL that is not everywhere at hand.
/** The SQL that ours stands for, where it is at hand. */
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { findRelease } from '../../../src/harness/services.ts';
import { expectAgreement } from '../campaign.ts';
import { testKeptTraces } from '../kept-traces.ts';
import { originalSchema, whySkipped } from './original-schema.ts';

if (originalSchema === undefined) {
  process.stderr.write(`the original DAG cascade: ${whySkipped}\n`);
  test.skip(`the original DAG cascade: ${whySkipped}`);
} else {
  const source = { schema: originalSchema };

  test('random commands behave alike on the model and on the original SQL', async () => {
    await expectAgreement(findRelease('dag-cascade'), 100, source);
  });

  describe('kept traces', () => {
    testKeptTraces(join(import.meta.dirname, 'traces'), source);
  });
}
