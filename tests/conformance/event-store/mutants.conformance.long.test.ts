// Long tier: each planted bug takes a campaign.
/** A few bugs planted in our schema, the same each time. The whole run is `pgtwin mutants --engine event-store`. */
import { describe, expect, test } from 'vitest';
import { survivorsOf } from '../../../src/harness/mutants/report.ts';
import { listMutants, runMutants } from '../../../src/harness/services.ts';

const engine = 'event-store';
/** It draws the mutants as well, so it is no other from run to run. */
const seed = 1;

describe('our schema of an event store', () => {
  test.each(['uuid', 'text'])(
    'is taken apart whole where ids are of type %s: every function has mutants',
    async (release) => {
      const { mutants } = await listMutants({ engine, release });
      const names = new Set(mutants.map((mutant) => mutant.function.replace(/\(.*$/, '')));
      // The API and the functions of the triggers.
      expect(names.size).toBe(9 + 4);
      expect(mutants.every(({ file, line }) => file !== null && line !== null && line > 0)).toBe(true);
      expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length);
    },
  );

  test('is not what it was with one of four bugs in it, and a few commands show it', async () => {
    const report = await runMutants({ engine, release: 'text', seed, sample: 4, samples: 60 });
    console.log(`${engine}: ${report.mutants.map(({ id }) => id).join(', ')}, seed ${seed}`);
    expect(survivorsOf(report)).toEqual([]);
    expect(report.mutants.map(({ outcome, by }) => `${outcome} by ${by}`)).toEqual(
      Array(4).fill('killed by divergence'),
    );
    expect(Math.max(...report.mutants.map(({ trace }) => trace!.length))).toBeLessThanOrEqual(10);
  });
});
