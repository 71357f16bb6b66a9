/** Where the nodes of a graph lie, worked out by a layout library that is loaded when a page is written, never before. */
import type { DrawnNode } from '../../contract/drawing.ts';
import type { GraphUnion } from './graph-union.ts';

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Which way the edges run. */
  readonly direction: 'LR' | 'TB';
  /** Centres, in the order of the graph's nodes. */
  readonly nodes: readonly { readonly x: number; readonly y: number; readonly width: number }[];
  /** Points from the edge of one node to that of the other. */
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly points: readonly Point[];
  }[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export const nodeHeight = 46;
/** Room for what a node's state is called. */
const leastWidth = 168;
/** Of a character of a node's label, in the monospaced type that it is set in. */
const characterWidth = 7.3;
const longestLabel = 24;

/** A label that does not fit is cut in its middle: names that belong together often differ at the end. */
export function shortLabel(label: string): string {
  if (label.length <= longestLabel) return label;
  return `${label.slice(0, longestLabel - 9)}…${label.slice(-8)}`;
}

/** What a page has room for at once. */
const room = { width: 900, height: 440 };

/** From left to right or from top to bottom, whichever needs to be scaled down less to fit. */
export async function layOut(graph: GraphUnion): Promise<Layout> {
  const { Graph, layout } = await import('@dagrejs/dagre');
  const known = new Set(graph.nodes.map(({ id }) => id));
  // What the drawing of an engine names but does not define cannot be placed.
  const edges = graph.edges.filter(({ from, to }) => known.has(from) && known.has(to));

  const laidOut = (['LR', 'TB'] as const).map((direction): Layout => {
    const dag = new Graph();
    dag.setGraph({
      rankdir: direction,
      nodesep: 18,
      ranksep: direction === 'LR' ? 52 : 36,
      marginx: 8,
      marginy: 8,
    });
    dag.setDefaultEdgeLabel(() => ({}));
    // By position: a name such as `__proto__` is no name for a property.
    for (const [i, node] of graph.nodes.entries())
      dag.setNode(`n${i}`, { width: widthOf(node), height: nodeHeight });
    const names = new Map(graph.nodes.map(({ id }, i) => [id, `n${i}`]));
    for (const { from, to } of edges) dag.setEdge(names.get(from)!, names.get(to)!);
    layout(dag);

    const placeOf = (name: string) => dag.node(name) as Layout['nodes'][number];
    const { width, height } = dag.graph() as { width?: number; height?: number };
    return {
      width: extentOf(width),
      height: extentOf(height),
      direction,
      nodes: graph.nodes.map((_, i) => placeOf(`n${i}`)),
      edges: edges.map(({ from, to }) => {
        const [tail, head] = [names.get(from)!, names.get(to)!];
        const { points } = dag.edge(tail, head) as { points: Point[] };
        const ends = endsOf(placeOf(tail), placeOf(head), direction);
        // Between neighbours the library's one point in the middle only makes a bend.
        const between = points.length > 3 ? points.slice(1, -1) : [];
        return { from, to, points: [ends[0], ...between, ends[1]] };
      }),
    };
  });
  const scale = ({ width, height }: Layout) => Math.min(1, room.width / width, room.height / height);
  return laidOut.reduce((best, other) => (scale(other) > scale(best) ? other : best));
}

/** Of a graph without nodes there is none, or the library's minus infinity. */
const extentOf = (size: number | undefined) =>
  size !== undefined && size > 0 && size < Number.POSITIVE_INFINITY ? size : 1;

function widthOf({ id, kind }: DrawnNode): number {
  const kindWidth = kind === '' ? 0 : 10 + kind.length * characterWidth;
  return Math.max(leastWidth, 40 + shortLabel(id).length * characterWidth + kindWidth);
}

/** From the middle of one node's side to that of the other's. */
function endsOf(
  tail: Layout['nodes'][number],
  head: Layout['nodes'][number],
  direction: Layout['direction'],
): readonly [Point, Point] {
  return direction === 'LR'
    ? [
        { x: tail.x + tail.width / 2, y: tail.y },
        { x: head.x - head.width / 2, y: head.y },
      ]
    : [
        { x: tail.x, y: tail.y + nodeHeight / 2 },
        { x: head.x, y: head.y - nodeHeight / 2 },
      ];
}
