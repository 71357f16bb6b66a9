/** A laid out graph as SVG, without the states of its nodes: those are put in by the page's script. */
import { escapeXml } from '../report/junit.ts';
import type { GraphUnion } from './graph-union.ts';
import { type Layout, nodeHeight, shortLabel } from './layout.ts';

/** `position` is that of the graph in the page's data; nodes and edges are found by their positions as well. */
export function graphSvg(graph: GraphUnion, layout: Layout, position: number): string {
  const { width, height } = layout;
  const size = `width="${round(width)}" height="${round(height)}" viewBox="0 0 ${round(width)} ${round(height)}"`;
  const indexOf = new Map(graph.nodes.map(({ id }, i) => [id, i]));
  return [
    `<svg class="graph" data-graph="${position}" ${size} role="group" aria-label="${escapeXml(`Steps of ${graph.id}`)}" hidden>`,
    '<defs><marker id="arrow-',
    position,
    '" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse">',
    '<path class="arrow" d="M0 0.8 7.2 4 0 7.2Z"/></marker></defs>',
    ...layout.edges.map(
      ({ from, to, points }) =>
        `<path class="edge" data-from="${indexOf.get(from)}" data-to="${indexOf.get(to)}" d="${curve(points)}" marker-end="url(#arrow-${position})"/>`,
    ),
    ...graph.nodes.map((node, i) => nodeSvg(node, layout.nodes[i]!, i)),
    '</svg>',
  ].join('');
}

function nodeSvg(
  { id, kind }: GraphUnion['nodes'][number],
  { x, y, width }: Layout['nodes'][number],
  i: number,
): string {
  const left = round(x - width / 2);
  const top = round(y - nodeHeight / 2);
  // A map is many tasks: drawn as a sheet that has another below it.
  const sheet =
    kind === ''
      ? ''
      : `<rect class="sheet" x="4" y="4" width="${round(width)}" height="${nodeHeight}" rx="8"/>`;
  const kindText =
    kind === '' ? '' : `<text class="kind" x="${round(width - 9)}" y="19">${escapeXml(kind)}</text>`;
  return [
    `<g class="node" data-node="${i}" role="img" transform="translate(${left} ${top})">`,
    `<title>${escapeXml(id)}</title>`,
    sheet,
    `<rect class="body" width="${round(width)}" height="${nodeHeight}" rx="8"/>`,
    `<text class="glyph" x="13" y="19"></text><text class="label" x="25" y="19">${escapeXml(shortLabel(id))}</text>${kindText}`,
    '<text class="note" x="25" y="36"></text></g>',
  ].join('');
}

/** Through the middle of each stretch, bent at the points between. */
function curve(points: Layout['edges'][number]['points']): string {
  const [first, ...rest] = points.map(({ x, y }) => ({ x: round(x), y: round(y) }));
  if (!first) return '';
  const last = rest.pop();
  if (!last) return '';
  let path = `M${first.x} ${first.y}`;
  for (const [i, point] of rest.entries()) {
    const next = rest[i + 1] ?? last;
    const end =
      i === rest.length - 1 ? next : { x: round((point.x + next.x) / 2), y: round((point.y + next.y) / 2) };
    path += `Q${point.x} ${point.y} ${end.x} ${end.y}`;
  }
  return rest.length === 0 ? `${path}L${last.x} ${last.y}` : path;
}

const round = (number: number) => Math.round(number * 10) / 10;
