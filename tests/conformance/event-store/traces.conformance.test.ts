import { join } from 'node:path';
import { describe, test } from 'vitest';
import { findRelease } from '../../../src/harness/services.ts';
import { releases } from '../../support/event-store.ts';
import { testKeptTraces } from '../kept-traces.ts';
import { expectFaultyAppendsRefusedAlike } from './faulty-appends.ts';

// What they say holds whatever ids are made of, or shows the difference.
describe.each(releases)('on our schema, where deciders have ids of type %s', (release) => {
  testKeptTraces(join(import.meta.dirname, 'traces'), { release });

  test('an append with many faults is refused for the same one', async () => {
    await expectFaultyAppendsRefusedAlike(findRelease('event-store', release));
  });
});
