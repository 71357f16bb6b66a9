/** What the twin of users executes, on the SQL: random runs, with failures, steps, deferrals and cancellations. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findRelease } from '../../../src/harness/services.ts';
import { dagCascadeCommand } from '../../../src/model/dag-cascade/commands.ts';
import { arbitraryRuns, play } from '../../twin/dag-cascade/random-runs.ts';
import { seed } from '../campaign.ts';
import { lockstepFor } from '../open.ts';

test('the trace of a twin behaves alike on the model and on the SQL', async () => {
  const lockstep = await lockstepFor(findRelease('dag-cascade'));
  let commands = 0;
  const runs = fc.sample(arbitraryRuns, { seed: seed | 0, numRuns: 12 });
  for (const [index, [nodes, cancelAt]] of runs.entries()) {
    const { trace } = await play(nodes, cancelAt);
    for (const { command } of trace.commands) dagCascadeCommand.parse(command);
    const execution = await lockstep.execute(trace);
    expect(execution.divergence, `PGTWIN_SEED=${seed}, run ${index}`).toBeNull();
    commands += execution.commands;
  }
  expect(commands).toBeGreaterThan(300);
});
