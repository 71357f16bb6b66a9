// Long tier: each planted bug takes a campaign.
/** A few bugs planted in the real SQL, the same each time. The whole run is `pgtwin mutants`. */
import { describe, expect, test } from 'vitest';
import { survivorsOf } from '../../../src/harness/mutants/report.ts';
import { findEngine, listMutants, runMutants } from '../../../src/harness/services.ts';

/** It draws the mutants as well, so it is no other from run to run. */
const seed = 1;

const releases = findEngine('pgflow').releases.filter(({ mutation }) => mutation !== undefined);

test('bugs can be planted in 0.1.20 and in 0.8.1', () => {
  expect(releases.map(({ release }) => release)).toEqual(['0.1.20', '0.8.1']);
});

describe.each(releases.map(({ release }) => release))('the SQL of %s', (release) => {
  test('is taken apart whole: every function of it has mutants, and every argument a mutant', async () => {
    const { mutants } = await listMutants({ release });
    const names = new Set(mutants.map((mutant) => mutant.function.replace(/\(.*$/, '')));
    expect(names.size).toBe(release === '0.1.20' ? 11 : 15);
    expect(mutants.every(({ file, line }) => file !== null && line !== null && line > 0)).toBe(true);
    expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length);
  });

  test('is not what it was with one of six bugs in it, and a few commands show it', async () => {
    const report = await runMutants({ release, seed, sample: 6, samples: 60 });
    console.log(`pgflow ${release}: ${report.mutants.map(({ id }) => id).join(', ')}, seed ${seed}`);
    expect(survivorsOf(report)).toEqual([]);
    expect(report.mutants.map(({ outcome, by }) => `${outcome} by ${by}`)).toEqual(
      Array(6).fill('killed by divergence'),
    );
    expect(Math.max(...report.mutants.map(({ trace }) => trace!.length))).toBeLessThanOrEqual(10);
  });
});
