/** A campaign as a test: random samples on model and SQL, with the seed in what it prints. */
import { expect } from 'vitest';
import { runCampaign } from '../../src/harness/campaign/campaign.ts';
import type { AnyRelease } from '../../src/harness/contract/engine.ts';
import type { SqlSource } from '../../src/harness/contract/sql.ts';
import { defaultServices } from '../../src/harness/services.ts';

/** `PGTWIN_SEED` chooses another; the default keeps a run of the tests the same from day to day. */
export const seed = Number(process.env.PGTWIN_SEED ?? 1);

/**
 * Fails on a divergence, with the shrunk commands. Whether every branch of the model is reached is asked without a
 * database, of many more samples, in `tests/property/branches.property.test.ts`.
 */
export async function expectAgreement(
  release: AnyRelease,
  samples: number,
  source: SqlSource = {},
): Promise<void> {
  const installation = await release.installation(source);
  const openDriver = () => defaultServices.openDriver(installation, () => {});
  const report = await runCampaign(release, { openDriver, samples, seed });
  console.log(
    `${release.engine} ${release.release}: ${report.samples} samples, ${report.commands} commands, seed ${seed}`,
  );
  const { divergence } = report;
  const shown = divergence && {
    seed,
    sample: divergence.sample,
    commands: divergence.trace.commands.map(
      ({ at, command }) => `+${at} ${release.machine.describe(command)}`,
    ),
    differences: divergence.differences,
  };
  expect(shown).toBeNull();
  expect(report.samples).toBe(samples);
}
