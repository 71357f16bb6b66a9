// Long tier: hundreds of samples on the SQL of both schemas.
import { test } from 'vitest';
import { findRelease } from '../../../src/harness/services.ts';
import { releases } from '../../support/event-store.ts';
import { expectAgreement } from '../campaign.ts';

test.each(releases)(
  'random commands behave alike on the model and on our schema, whose deciders have ids of type %s',
  async (release) => {
    await expectAgreement(findRelease('event-store', release), 150);
  },
);
