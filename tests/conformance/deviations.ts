/** Every deviation of an engine on the SQL: it agrees with the model, and not with what is documented. */
import { describe, expect, test } from 'vitest';
import { deviationsOf, traceOf } from '../../src/harness/contract/deviation.ts';
import { Lockstep } from '../../src/harness/lockstep/lockstep.ts';
import { findEngine, findRelease } from '../../src/harness/services.ts';
import { driverFor } from './open.ts';

/** `fewest` is how many commands may show it, where that is more than eight. */
export function testDeviations(name: string, fewest: Readonly<Record<string, number>> = {}): void {
  const engine = findEngine(name);
  test('there are deviations', () => expect(deviationsOf(engine).length).toBeGreaterThan(0));
  for (const { release } of engine.releases) {
    const known = deviationsOf(engine, release);
    describe.runIf(known.length > 0)(`${engine.name} ${release}`, () => {
      test.each(known.map((each) => [each.title, each] as const))('%s', async (_, deviation) => {
        const faithful = findRelease(engine.name, release);
        const documented = faithful.asDocumented!(new Set([deviation.id]));
        const driver = await driverFor(faithful);
        const trace = traceOf(deviation, engine.name, release);
        expect(trace.commands.length).toBeLessThanOrEqual(fewest[deviation.id] ?? 8);

        const agreement = await new Lockstep(faithful, driver).execute(trace);
        expect(agreement.divergence).toBeNull();
        // Nothing but its last command shows it, so that none of them is superfluous.
        const { divergence } = await new Lockstep(documented, driver).execute(trace);
        expect(divergence?.position).toBe(trace.commands.length - 1);
      });
    });
  }
}
