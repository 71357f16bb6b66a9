// Long tier: hundreds of samples on the SQL.
import { test } from 'vitest';
import { findRelease } from '../../../src/harness/services.ts';
import { expectAgreement } from '../campaign.ts';

test('random commands on queues behave alike on the model and on pgmq 1.11.1', async () => {
  await expectAgreement(findRelease('pgmq', '1.11.1'), 150);
});
