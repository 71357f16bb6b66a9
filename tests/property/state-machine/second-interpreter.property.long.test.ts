// Long tier: five thousand machines.
import { expect, test } from 'vitest';
import { cases, compareAll } from '../../oracles/states-language/campaign.ts';
import { seed } from '../../support/for-all.ts';

test('five thousand random machines come to the same end by the twin and by a second interpreter', async () => {
  const tally = await compareAll(cases(seed, 5000), seed);
  expect(tally.agreed).toBeGreaterThan(4000);
});
