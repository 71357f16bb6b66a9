// Long tier: a hundred samples on the SQL.
import { test } from 'vitest';
import { findRelease } from '../../../src/harness/services.ts';
import { expectAgreement } from '../campaign.ts';

test.each(['fornext', 'states-language'])(
  'random commands behave alike on the model and on our SQL: %s',
  async (release) => {
    await expectAgreement(findRelease('state-machine', release), 100);
  },
);
