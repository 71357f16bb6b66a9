/** Where the nodes of a graph lie, worked out by a layout library that is loaded when a page is written, never before. */
import type { GraphUnion } from './graph-union.ts';

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Centres, in the order of the graph's nodes. */
  readonly nodes: readonly { readonly x: number; readonly y: number; readonly width: number }[];
  /** Points from the edge of one node to that of the other. */
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly points: readonly { readonly x: number; readonly y: number }[];
  }[];
}

export const nodeHeight = 46;
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

  const laidOut = (['LR', 'TB'] as const).map((rankdir): Layout => {
    const dag = new Graph();
    dag.setGraph({ rankdir, nodesep: 18, ranksep: rankdir === 'LR' ? 46 : 34, marginx: 12, marginy: 12 });
    dag.setDefaultEdgeLabel(() => ({}));
    // By position: a name such as `__proto__` is no name for a property.
    for (const [i, { id, kind }] of graph.nodes.entries()) {
      const kindWidth = kind === '' ? 0 : 10 + kind.length * characterWidth;
      const width = Math.max(112, 40 + shortLabel(id).length * characterWidth + kindWidth);
      dag.setNode(`n${i}`, { width, height: nodeHeight });
    }
    const names = new Map(graph.nodes.map(({ id }, i) => [id, `n${i}`]));
    for (const { from, to } of edges) dag.setEdge(names.get(from)!, names.get(to)!);
    layout(dag);
    const { width = 0, height = 0 } = dag.graph() as { width?: number; height?: number };
    return {
      width: Math.max(width, 1),
      height: Math.max(height, 1),
      nodes: graph.nodes.map((_, i) => dag.node(`n${i}`) as Layout['nodes'][number]),
      edges: edges.map(({ from, to }) => {
        const { points } = dag.edge(names.get(from)!, names.get(to)!) as Layout['edges'][number];
        return { from, to, points };
      }),
    };
  });
  const scale = ({ width, height }: Layout) => Math.min(1, room.width / width, room.height / height);
  return laidOut.reduce((best, other) => (scale(other) > scale(best) ? other : best));
}
