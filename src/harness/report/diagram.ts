/** The graphs of an engine as text for Mermaid or Graphviz, each run coloured by the states of its steps. */

import { visible } from '../../model/kernel/visible.ts';
import type { AnyCommand } from '../contract/command.ts';
import type { DrawnGraph, DrawnRun, DrawnState } from '../contract/drawing.ts';
import type { TellingFacet } from '../contract/telling.ts';
import type { ExecutionWithMoments } from '../lockstep/moments.ts';

export const diagramLanguages = ['mermaid', 'dot'] as const;
export type DiagramLanguage = (typeof diagramLanguages)[number];

/** A graph with the states of one run of it, or of none. */
interface Picture {
  readonly graph: DrawnGraph;
  readonly run: DrawnRun | undefined;
}

/**
 * The model's graphs at the end of the recording: one for each run, and one for each flow that has no run. A diagram
 * without nodes where there are none, or where the engine is not drawn.
 */
export function drawDiagram(
  language: DiagramLanguage,
  { drawing }: Pick<TellingFacet<AnyCommand>, 'drawing'>,
  { moments }: Pick<ExecutionWithMoments, 'moments'>,
): string {
  const tables = moments.at(-1)?.model.tables;
  const graphs = (tables && drawing?.graphs(tables)) ?? [];
  const runs = (tables && drawing?.runs(tables)) ?? [];
  const pictures = graphs.flatMap((graph): Picture[] => {
    const own = runs.filter((run) => run.graph === graph.id);
    return own.length === 0 ? [{ graph, run: undefined }] : own.map((run) => ({ graph, run }));
  });
  return language === 'mermaid' ? mermaid(pictures) : dot(pictures);
}

const colours: Readonly<Record<string, readonly [fill: string, stroke: string]>> = {
  created: ['#f4f5f4', '#78828c'],
  started: ['#e6effc', '#2464c8'],
  completed: ['#e4f4ea', '#1d7a4b'],
  failed: ['#fbe8e6', '#b83232'],
  skipped: ['#f0eaf8', '#7657a8'],
};
const colourOf = (state: DrawnState | undefined) =>
  state && Object.hasOwn(colours, state.status) ? state.status : 'created';

const titleOf = ({ graph, run }: Picture) => (run ? `${graph.id}, run ${run.id}: ${run.status}` : graph.id);

/** Name, state and note, a line each. */
function linesOf({ run }: Picture, { id, kind }: DrawnGraph['nodes'][number]): string[] {
  const state = run?.nodes.get(id);
  const name = kind === '' ? id : `${id} (${kind})`;
  return [name, ...(state ? [[state.status, state.note].filter((each) => each !== '').join(', ')] : [])];
}

/** Nodes by position: the names of steps may be words of the language. */
function ids({ graph }: Picture, picture: number): ReadonlyMap<string, string> {
  return new Map(graph.nodes.map(({ id }, node) => [id, `p${picture}n${node}`]));
}

function mermaid(pictures: readonly Picture[]): string {
  const lines = ['flowchart LR'];
  for (const [i, picture] of pictures.entries()) {
    const named = ids(picture, i);
    lines.push(`  subgraph p${i}["${mermaidText(titleOf(picture))}"]`);
    for (const node of picture.graph.nodes) {
      const label = linesOf(picture, node).map(mermaidText).join('<br/>');
      const [open, close] = node.kind === '' ? ['["', '"]'] : ['[["', '"]]'];
      lines.push(
        `    ${named.get(node.id)}${open}${label}${close}:::${colourOf(picture.run?.nodes.get(node.id))}`,
      );
    }
    for (const { from, to } of edgesOf(picture, named)) lines.push(`    ${from} --> ${to}`);
    lines.push('  end');
  }
  for (const [status, [fill, stroke]] of Object.entries(colours)) {
    lines.push(`  classDef ${status} fill:${fill},stroke:${stroke},color:#1e2328`);
  }
  return `${lines.join('\n')}\n`;
}

function dot(pictures: readonly Picture[]): string {
  const lines = [
    'digraph pgtwin {',
    '  rankdir=LR;',
    '  node [shape=box, style="rounded,filled", fontname="monospace"];',
  ];
  for (const [i, picture] of pictures.entries()) {
    const named = ids(picture, i);
    lines.push(`  subgraph cluster_${i} {`, `    label=${dotText([titleOf(picture)])};`);
    for (const node of picture.graph.nodes) {
      const [fill, stroke] = colours[colourOf(picture.run?.nodes.get(node.id))]!;
      const label = dotText(linesOf(picture, node));
      const sheets = node.kind === '' ? '' : ', peripheries=2';
      lines.push(
        `    ${named.get(node.id)} [label=${label}, fillcolor="${fill}", color="${stroke}"${sheets}];`,
      );
    }
    for (const { from, to } of edgesOf(picture, named)) lines.push(`    ${from} -> ${to};`);
    lines.push('  }');
  }
  return `${lines.join('\n')}\n}\n`;
}

/** Those whose ends are both defined. */
function edgesOf({ graph }: Picture, named: ReadonlyMap<string, string>): { from: string; to: string }[] {
  return graph.edges.flatMap(({ from, to }) => {
    const ends = { from: named.get(from), to: named.get(to) };
    return ends.from !== undefined && ends.to !== undefined ? [{ from: ends.from, to: ends.to }] : [];
  });
}

// Mermaid takes entities by number; what is no letter or digit could be markup of its own.
const mermaidText = (text: string) =>
  visible(text).replace(/[^\p{L}\p{N} _.,:()/-]/gu, (character) => `#${character.codePointAt(0)};`);

const dotText = (lines: readonly string[]) =>
  `"${lines.map((line) => visible(line).replace(/["\\]/g, '\\$&')).join('\\n')}"`;
