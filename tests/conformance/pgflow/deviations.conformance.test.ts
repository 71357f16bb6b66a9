import { describe, expect, test } from 'vitest';
import { deviationsOf, traceOf } from '../../../src/harness/deviation.ts';
import { findEngine, findRelease } from '../../../src/harness/engines.ts';
import { Lockstep } from '../../../src/harness/lockstep.ts';
import { driverFor } from '../open.ts';

const engine = findEngine('pgflow');

/** A chain of fifty maps takes fifty commands to add; everything else can be shown in a few. */
const fewest = (id: string) => (id === 'fifty-empty-maps-in-a-chain-are-refused' ? 52 : 8);

for (const { release } of engine.releases) {
  describe.runIf(deviationsOf(engine, release).length > 0)(`${engine.name} ${release}`, () => {
    test.each(deviationsOf(engine, release).map((each) => [each.title, each] as const))(
      '%s',
      async (_, deviation) => {
        const faithful = findRelease(engine.name, release);
        const documented = faithful.asDocumented!(new Set([deviation.id]));
        const driver = await driverFor(faithful);
        const trace = traceOf(deviation, engine.name, release);
        expect(trace.commands.length).toBeLessThanOrEqual(fewest(deviation.id));

        const agreement = await new Lockstep(faithful, driver).execute(trace);
        expect(agreement.divergence).toBeNull();
        // Nothing but its last command shows it, so that none of them is superfluous.
        const { divergence } = await new Lockstep(documented, driver).execute(trace);
        expect(divergence?.position).toBe(trace.commands.length - 1);
      },
    );
  });
}
