/** Appends with any set of faults, on model and SQL. */
import { expect } from 'vitest';
import type { AnyRelease } from '../../../src/harness/contract/engine.ts';
import type { SqlSource } from '../../../src/harness/contract/sql.ts';
import { appendWith, before, faultSets } from '../../support/faulty-appends.ts';
import { startedAt } from '../../support/play.ts';
import { lockstepFor } from '../open.ts';

export async function expectFaultyAppendsRefusedAlike(release: AnyRelease, source: SqlSource = {}) {
  const commands = [...before, ...faultSets.map(appendWith), appendWith(new Set())];
  const lockstep = await lockstepFor(release, source);
  const { divergence, reached } = await lockstep.execute({
    engine: release.engine,
    release: release.release,
    startedAt: new Date(startedAt).toISOString(),
    commands: commands.map((command) => ({ at: 0, command })),
  });
  expect(divergence).toBeNull();
  const refused = [...reached].filter(([branch]) => branch.startsWith('append_event/refused/'));
  expect(refused.reduce((sum, [, times]) => sum + times, 0)).toBe(faultSets.length);
}
