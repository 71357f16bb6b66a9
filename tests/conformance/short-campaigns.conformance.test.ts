/** A few random samples of every release on its SQL. Their long campaigns are in the second tier. */
import { expect, test } from 'vitest';
import { engines } from '../../src/harness/engines.ts';
import { expectAgreement } from './campaign.ts';

test('there are engines, and each has a release', () => {
  expect(engines.length).toBeGreaterThan(0);
  for (const { releases } of engines) expect(releases.length).toBeGreaterThan(0);
});

for (const { name, releases } of engines) {
  test.each(releases.map((each) => [each.release, each] as const))(
    `random commands behave alike on the model and on the SQL of ${name} %s`,
    async (_, release) => {
      await expectAgreement(release, 12);
    },
  );
}
