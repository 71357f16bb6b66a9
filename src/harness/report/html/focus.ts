/** Which graph and which run of it a reader wants to see after a command: the one that the command touched. */
import type { DrawnGraph, DrawnRun } from '../../contract/drawing.ts';
import type { GraphUnion } from './graph-union.ts';

export class Focus {
  readonly #graphs: readonly GraphUnion[];
  #before = new Map<string, string>();
  #graph = -1;
  #run: DrawnRun | undefined;

  constructor(graphs: readonly GraphUnion[]) {
    this.#graphs = graphs;
  }

  /** A position in the graphs, -1 for none; and a run of that graph, if it has been started. */
  after(
    runs: readonly DrawnRun[],
    graphs: readonly DrawnGraph[],
  ): { graph: number; run: DrawnRun | undefined } {
    const now = new Map<string, string>();
    for (const graph of graphs) now.set(`graph ${graph.id}`, JSON.stringify([graph.nodes, graph.edges]));
    for (const run of runs) now.set(`run ${run.id}`, JSON.stringify([run.status, [...run.nodes]]));
    const touched = (name: string) => now.get(name) !== this.#before.get(name);

    const run = runs.findLast(({ id }) => touched(`run ${id}`));
    const graph = graphs.findLast(({ id }) => touched(`graph ${id}`));
    if (run) {
      this.#run = run;
      this.#graph = this.#position(run.graph);
    } else if (graph) {
      this.#graph = this.#position(graph.id);
      // A definition that changes under its runs is seen with the last of them.
      this.#run = runs.findLast((each) => each.graph === graph.id);
    } else if (this.#run && !runs.some(({ id }) => id === this.#run?.id)) {
      this.#run = undefined;
    }
    this.#before = now;
    return { graph: this.#graph, run: this.#run };
  }

  #position(id: string): number {
    return this.#graphs.findIndex((each) => each.id === id);
  }
}
