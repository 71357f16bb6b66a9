/** The graphs of a page as they are laid out: with every node and edge that they had at any moment, on any side. */
import type { DrawnNode } from '../../contract/drawing.ts';
import type { PageInput } from './page-input.ts';

export interface GraphUnion {
  readonly id: string;
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

/** A node keeps its place on the page from one moment to the next, so all moments share one layout. */
export function unionOf({ moments, drawing }: Pick<PageInput, 'moments' | 'drawing'>): readonly GraphUnion[] {
  const unions = new Map<
    string,
    { nodes: Map<string, DrawnNode>; edges: Map<string, { from: string; to: string }> }
  >();
  for (const { tables } of moments.flatMap(({ sides }) => sides)) {
    for (const { id, nodes, edges } of drawing?.graphs(tables) ?? []) {
      const union = unions.get(id) ?? { nodes: new Map(), edges: new Map() };
      unions.set(id, union);
      for (const node of nodes) union.nodes.set(node.id, node);
      for (const edge of edges) union.edges.set(JSON.stringify([edge.from, edge.to]), edge);
    }
  }
  return [...unions].map(([id, { nodes, edges }]) => ({
    id,
    nodes: [...nodes.values()],
    edges: [...edges.values()],
  }));
}
