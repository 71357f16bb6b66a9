/** `npm run fuzz -- --for 60s --seed N [--target NAME]`: ends with 1 where an input came to an outcome that no document knows. */
import { parseArgs } from 'node:util';
import { duration } from '../../src/harness/cli/options.ts';
import { fuzz, type TargetReport } from './fuzz.ts';
import { targets } from './targets/index.ts';

const { values } = parseArgs({
  options: {
    for: { type: 'string', default: '60s' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    target: { type: 'string' },
  },
});
const seed = Number(values.seed);
const chosen = targets.filter(({ name }) => values.target === undefined || name.includes(values.target));
if (chosen.length === 0 || !Number.isSafeInteger(seed)) {
  console.error(
    `fuzz: --seed takes a whole number, and --target a part of: ${targets.map(({ name }) => name).join(', ')}`,
  );
  process.exit(2);
}

function print({ target, inputs, outcomes, failure }: TargetReport): void {
  const counts = Object.entries(outcomes).map(([name, count]) => `${count.toLocaleString('en-US')} ${name}`);
  console.log(`${target}: ${inputs.toLocaleString('en-US')} inputs (${counts.join(', ')})`);
  if (!failure) return;
  console.log(`  fails with ${failure.input}\n  ${(failure.error as Error)?.stack ?? String(failure.error)}`);
  console.log(`  again: npm run fuzz -- --seed ${seed} --target "${target}"`);
}

const reports = await fuzz(chosen, { ms: duration(values.for), seed, onReport: print });
const inputs = reports.reduce((sum, each) => sum + each.inputs, 0);
const failed = reports.filter(({ failure }) => failure !== null).length;
console.log(
  `${inputs.toLocaleString('en-US')} inputs, seed ${seed}: ${failed} of ${reports.length} targets failed`,
);
// Streams and workers of what was tried may keep the process alive.
process.exit(failed > 0 ? 1 : 0);
