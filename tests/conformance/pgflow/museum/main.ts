/**
 * `npm run museum`: finds every exhibit from nothing, and says how long that took and how many commands it takes to
 * show it. With `--keep` the traces are written beside the list. Ends with 1 where one was not found in time.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeTraceFile } from '../../../../src/harness/evidence/files.ts';
import { exhibits } from './exhibits.ts';
import { find, Pairs, sidesOf } from './find.ts';

/** What an exhibit may take. */
const mostMs = 60_000;

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, keep: { type: 'boolean', default: false } },
});
const seed = Number(values.seed);
const pairs = new Pairs();
let missed = 0;
console.log(
  `seed ${seed}\n\n| exhibit | has it | has it not | found by | seconds | samples | commands |\n|---|---|---|---|---|---|---|`,
);
try {
  for (const exhibit of exhibits) {
    const { trace, seconds, samples } = await find(exhibit, pairs, { seed, forMs: mostMs });
    if (!trace || seconds * 1000 > mostMs) missed++;
    const { from, to } = sidesOf(exhibit);
    const by = exhibit.found.by === 'diff' ? `diff ${from} ${to}` : `verify ${exhibit.has}`;
    const cells = [
      exhibit.slug,
      exhibit.has,
      exhibit.hasNot,
      by,
      seconds.toFixed(1),
      samples,
      trace?.commands.length ?? 'not found',
    ];
    console.log(`| ${cells.join(' | ')} |`);
    if (values.keep && trace) await writeTraceFile(join(import.meta.dirname, `${exhibit.slug}.json`), trace);
  }
} finally {
  await pairs.close();
}
console.log(`\n${exhibits.length - missed} of ${exhibits.length} found within ${mostMs / 1000} s each`);
process.exitCode = missed === 0 ? 0 : 1;
