/** `npm run releases`: compares every release of the installed package with the next, and writes the differences into docs/releases.md. */
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
  `Found by \`npm run releases\`: ${samples} random samples of seed ${seed} on both releases, from the same state before every command. Each difference has the fewest commands that show it. \`(from only)\` marks a row or a broadcast that only the earlier release has, \`(to only)\` one that only the later has. Columns that only one side has are not compared.`,
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
