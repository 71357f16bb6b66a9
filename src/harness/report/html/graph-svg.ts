/** A laid out graph as SVG, without the states of its nodes: those are put in by the page's script. */
import { escapeXml } from '../junit.ts';
import type { GraphUnion } from './graph-union.ts';
import { type Layout, nodeHeight, type Point, shortLabel } from './layout.ts';

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
        `<path class="edge" data-from="${indexOf.get(from)}" data-to="${indexOf.get(to)}" d="${curve(points, layout.direction)}" marker-end="url(#arrow-${position})"/>`,
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
    `<g class="node" data-node="${i}" data-room="${Math.floor((width - 34) / 6.4)}" role="img" transform="translate(${left} ${top})">`,
    `<title>${escapeXml(id)}</title>`,
    sheet,
    `<rect class="body" width="${round(width)}" height="${nodeHeight}" rx="8"/>`,
    `<text class="glyph" x="13" y="19"></text><text class="label" x="25" y="19">${escapeXml(shortLabel(id))}</text>${kindText}`,
    '<text class="state" x="25" y="36"></text></g>',
  ].join('');
}

/** Leaves and reaches every point along the direction of the graph, so that edges run beside each other, not across. */
function curve(points: readonly Point[], direction: Layout['direction']): string {
  let path = '';
  let last: Point | undefined;
  for (const { x, y } of points.map((point) => ({ x: round(point.x), y: round(point.y) }))) {
    if (last === undefined) path = `M${x} ${y}`;
    else if (direction === 'LR') {
      const middle = round((last.x + x) / 2);
      path += `C${middle} ${last.y} ${middle} ${y} ${x} ${y}`;
    } else {
      const middle = round((last.y + y) / 2);
      path += `C${last.x} ${middle} ${x} ${middle} ${x} ${y}`;
    }
    last = { x, y };
  }
  return path;
}

const round = (number: number) => Math.round(number * 10) / 10;
