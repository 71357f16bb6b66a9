// Long tier: a hundred samples of each release on the SQL.
import { test } from 'vitest';
import { findEngine } from '../../../src/harness/services.ts';
import { expectAgreement } from '../campaign.ts';

const { releases } = findEngine('activity-ledger');

test.each(releases.map((each) => [each.release, each] as const))(
  'random commands behave alike on the model and on our SQL of %s',
  async (_, release) => {
    await expectAgreement(release, 100);
  },
);
