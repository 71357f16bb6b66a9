// Long tier: a hundred samples on the SQL.
import { test } from 'vitest';
import { findRelease } from '../../../src/harness/services.ts';
import { expectAgreement } from '../campaign.ts';

test('random commands behave alike on the model and on our SQL', async () => {
  await expectAgreement(findRelease('state-machine'), 100);
});
