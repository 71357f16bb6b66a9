// Long tier: hundreds of samples on the SQL of every release.
import { test } from 'vitest';
import { findRelease } from '../../../src/harness/services.ts';
import { expectAgreement } from '../campaign.ts';

test('random workflows behave alike on the model and on the SQL of 0.1.20', async () => {
  await expectAgreement(findRelease('pgflow', '0.1.20'), 300);
});

test('random workflows behave alike on the model and on the SQL of 0.8.1', async () => {
  await expectAgreement(findRelease('pgflow', '0.8.1'), 250);
});

test('on pgmq 1.11 as it is, they behave alike as well: nothing can be polled', async () => {
  await expectAgreement(findRelease('pgflow', '0.1.20-on-pgmq-1.11'), 60);
});
