/** A page that shows what happened, moment by moment: one file that opens from disk and asks no network. */
import { visible } from '../../../model/kernel/visible.ts';
import { escapeXml } from '../junit.ts';
import { count } from '../text.ts';
import { type Assets, loadAssets } from './assets.ts';
import { contentPolicy } from './content-policy.ts';
import { encode } from './encode.ts';
import { graphSvg } from './graph-svg.ts';
import { layOut } from './layout.ts';
import type { PageData } from './page-data.ts';
import type { PageInput } from './page-input.ts';

/** The text of the page. The same input gives the same page. */
export async function writePage(input: PageInput): Promise<string> {
  const { data, graphs } = encode(input);
  const [assets, ...layouts] = await Promise.all([loadAssets(), ...graphs.map(layOut)]);
  const drawn = graphs.map((graph, i) => graphSvg(graph, layouts[i]!, i));
  return page(input, data, drawn, assets);
}

function page(input: PageInput, data: PageData, graphs: readonly string[], assets: Assets): string {
  const { title, tone, reason, facts, remarks, replay } = input;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${contentPolicy(assets)}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="pgtwin">
<title>${shown(title)}</title>
<style>${assets.style}</style>
</head>
<body data-tone="${tone}">
<header class="head">
<h1>${shown(title)}</h1>
${reason === undefined ? '' : `<p class="reason">${shown(reason)}</p>`}
<dl class="facts">${facts.map(([name, value]) => `<div><dt>${shown(name)}</dt><dd>${shown(value)}</dd></div>`).join('')}</dl>
${replay === null ? '' : `<p class="replay"><span id="replay-name">Replay</span><code id="replay" tabindex="0" aria-labelledby="replay-name replay">${shown(replay)}</code><button type="button" id="copy">Copy</button></p>`}
${notes(remarks)}
</header>
<noscript><p class="reason">This page needs JavaScript. Turn it on to see the commands.</p></noscript>
<div id="app">
<div class="bar" role="group" aria-label="Moment">
<div class="steps"><button type="button" id="first" aria-label="First command">${icon('M7 3v10M13 3 8 8l5 5')}</button><button type="button" id="previous" aria-label="Previous command">${icon('M10.5 3 5.5 8l5 5')}</button></div>
<div class="track"><input type="range" id="slider" min="1" step="1" aria-label="Command"><div id="marks" aria-hidden="true"></div></div>
<div class="steps"><button type="button" id="next" aria-label="Next command">${icon('M5.5 3l5 5-5 5')}</button><button type="button" id="last" aria-label="Last command">${icon('M3 3l5 5-5 5M9 3v10')}</button></div>
<p class="where"><strong id="position"></strong><span id="instant"></span></p>
</div>
<p id="announce" class="unseen" role="status"></p>
<div class="columns">
<nav class="commands" aria-labelledby="commands-title"><h2 id="commands-title">Commands</h2><ol id="commands"></ol></nav>
<main>
<section id="command" aria-labelledby="command-title"><h2 id="command-title">Command</h2><div id="command-body"></div></section>
<section id="differences" aria-labelledby="differences-title" hidden><h2 id="differences-title">What differs</h2><div id="differences-body"></div></section>
<section id="graph" aria-labelledby="graph-title"${graphs.length === 0 ? ' hidden' : ''}><div class="title"><h2 id="graph-title">Steps</h2><div id="graph-controls" class="controls"></div></div><div id="graphs" class="scroll" tabindex="0" role="region" aria-labelledby="graph-title">${graphs.join('\n')}</div><ul id="legend" class="legend" aria-hidden="true"></ul></section>
<section id="queues" aria-labelledby="queues-title"><div class="title"><h2 id="queues-title">Queues</h2><p class="hint" id="queues-hint"></p></div><div id="queues-body"></div></section>
<section id="tables" aria-labelledby="tables-title"><div class="title"><h2 id="tables-title">Tables</h2><div id="tables-controls" class="controls"></div></div><div id="tables-body"></div></section>
</main>
</div>
</div>
<script type="application/json" id="data">${embedded(data)}</script>
<script>${assets.script}</script>
</body>
</html>
`;
}

/** A few stand open below the facts, many are folded: the list of files that were skipped can be long. */
function notes(remarks: readonly string[]): string {
  if (remarks.length === 0) return '';
  const list = remarks.map((remark) => `<li class="remark">${shown(remark)}</li>`).join('\n');
  const isOpen = remarks.length <= mostOpenNotes;
  return `<details class="notes"${isOpen ? ' open' : ''}><summary>${count(remarks.length, 'note')}</summary><ul>\n${list}\n</ul></details>`;
}

const mostOpenNotes = 2;

const shown = (text: string) => escapeXml(visible(text));

const icon = (path: string) =>
  `<svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><path d="${path}"/></svg>`;

/** JSON that no parser of HTML takes for the end of the script, nor for anything else of its own. */
function embedded(data: PageData): string {
  return JSON.stringify(data).replace(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
