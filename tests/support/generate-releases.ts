/** `npm run releases`: holds every release of the installed package against the next, and writes what differs into docs/releases.md. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { diffMarkdown, withSection } from '../../src/harness/report/diff-markdown.ts';
import { diff, findEngine, findRelease } from '../../src/harness/services.ts';

const { values } = parseArgs({
  options: { samples: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } },
});
const [samples, seed] = [Number(values.samples), Number(values.seed)];
const page = join(import.meta.dirname, '../../docs/releases.md');

const releases = await findEngine('pgflow').diff!.releases();
const sections = [
  '## What changed from each release to the next',
  `Found by \`npm run releases\`: ${samples} random samples of seed ${seed} on both at once, from the same state before every command. Each difference comes with the fewest commands after which it shows; a row or a broadcast is \`(from only)\` where the earlier release alone has it, \`(to only)\` where the later does. Columns that one side alone has are not compared.`,
];
for (const [i, to] of releases.entries()) {
  const from = releases[i - 1];
  if (from === undefined) continue;
  const report = await diff({ from, to, samples, seed });
  const { machine } = findRelease('pgflow', report.commandsOf);
  console.log(`${from} to ${to}: ${report.groups.length} in ${report.seconds.toFixed(0)} s`);
  sections.push(diffMarkdown(report, machine.describe.bind(machine)));
}
await writeFile(page, withSection(await readFile(page, 'utf8'), sections.join('\n\n')));
