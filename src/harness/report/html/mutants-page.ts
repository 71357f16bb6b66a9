/** A run of mutants as a page of its own: no network, no script, dark and light. */

import { showInstant } from '../../lockstep/values.ts';
import {
  type MutantsReport,
  type Summary,
  shortNames,
  summaryByFunction,
  summaryOf,
} from '../../mutants/report.ts';
import type { MutantResult } from '../../mutants/result.ts';
import { type Describe, visibleReport, visiblyDescribed } from '../lines.ts';
import { clipped, percent } from '../mutants-text.ts';
import { contentPolicy } from './content-policy.ts';

const style = `
:root { color-scheme: light dark; --line: #8884; --bad: #b3261e; --good: #1a7f37; }
@media (prefers-color-scheme: dark) { :root { --bad: #ff8a80; --good: #7ee08f; } }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: .25rem .6rem; border-bottom: 1px solid var(--line); text-align: right; }
th:first-child, td:first-child { text-align: left; }
pre { margin: .2rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
code, pre { font: 13px/1.45 ui-monospace, monospace; }
del, .survived { color: var(--bad); text-decoration: none; } ins, .killed { color: var(--good); text-decoration: none; }
details { border-bottom: 1px solid var(--line); padding: .3rem 0; }
summary { cursor: pointer; } .dim { opacity: .7; }`;

/** The whole page. `describe` writes a command as the call that it is. */
export function mutantsHtml(found: MutantsReport, describe: Describe): string {
  const report = visibleReport(found);
  const { engine, release, versions, seed, mutants, pgtwin, interrupted } = report;
  const total = summaryOf(mutants);
  const answers = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const title = `Mutants of ${engine} ${release}`;
  const nameOf = shortNames(mutants);
  const of = (outcome: MutantResult['outcome']) => mutants.filter((each) => each.outcome === outcome);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
${contentPolicy({ style })}
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title><style>${style}</style></head><body>
<h1>${escaped(title)}: ${percent(total.score)} killed</h1>
<p class="dim">${escaped([`pgtwin ${pgtwin}`, ...answers, `seed ${seed}`].join(' · '))}</p>
${[...(interrupted ? ['Interrupted: not all mutants were tried.'] : []), ...report.remarks].map((line) => `<p><strong>${escaped(line)}</strong></p>`).join('\n')}
<table><caption>The mutants of each function, by result</caption>
<thead><tr>${columns.map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead>
<tbody>
${summaryByFunction(mutants)
  .map(([name, summary]) => row(nameOf(name), summary))
  .join('\n')}
</tbody><tfoot>${row('all', total)}</tfoot></table>
${section('Survivors', of('survived'), describe, true)}
${section('Argued to be equivalent', of('equivalent'), describe)}
${section('Killed', of('killed'), describe)}
${section('Not installed', of('not-installed'), describe)}
</body></html>
`;
}

const columns = ['function', 'killed', 'survived', 'equivalent', 'score', 'median trace', 'seconds'];

function row(name: string, { killed, survived, equivalent, score, medianSize, seconds }: Summary): string {
  const cells = [killed, survived, equivalent, percent(score), medianSize ?? '-', seconds.toFixed(1)];
  return `<tr><td><code>${escaped(name)}</code></td>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function section(
  title: string,
  mutants: readonly MutantResult[],
  describe: Describe,
  isOpen = false,
): string {
  if (mutants.length === 0) return '';
  const parts = mutants.map((mutant) => details(mutant, describe, isOpen));
  return `<h2>${title} (${mutants.length})</h2>\n${parts.join('\n')}`;
}

function details(mutant: MutantResult, describe: Describe, isOpen: boolean): string {
  const { id, operator, outcome, by, where, trace, file, line, sample, samples, seconds } = mutant;
  const [minus, plus] = clipped(mutant.before, mutant.after);
  const what = trace ? ` · ${trace.length} commands` : by === 'timeout' ? ' · never ended' : '';
  const commands = (trace ?? []).map(
    ({ at, command }) => `${showInstant(at)}  ${visiblyDescribed(command, describe)}`,
  );
  const facts = [
    `${operator} · ${file === null ? mutant.function : `${file}:${line}`}`,
    `${sample === null ? `${samples} samples` : `found by sample ${sample}`} · ${seconds.toFixed(1)} s`,
    ...(where === null ? [] : [where]),
  ];
  return `<details${isOpen ? ' open' : ''}><summary><code>${escaped(id)}</code> <code>${escaped(shortNames([mutant])(mutant.function))}</code> <span class="${outcome}">${escaped(outcome)}</span>${escaped(what)}
<pre><del>- ${escaped(minus)}</del>
<ins>+ ${escaped(plus === '' ? '(removed)' : plus)}</ins></pre></summary>
<p class="dim">${facts.map(escaped).join('<br>')}</p>
${commands.length > 0 ? `<pre>${escaped(commands.join('\n'))}</pre>` : ''}</details>`;
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
