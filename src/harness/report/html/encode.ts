/** What a page shows, as the data that is embedded in it. */
import type { Row } from '../../../model/kernel/transition.ts';
import type { DrawnMessage, DrawnRun } from '../../contract/drawing.ts';
import type { Observation } from '../../contract/observation.ts';
import { cellText, sqlNullText } from './cell-text.ts';
import { Focus } from './focus.ts';
import { type GraphUnion, unionOf } from './graph-union.ts';
import type { PageData, SideData } from './page-data.ts';
import type { PageInput, PageMoment, PageSide } from './page-input.ts';
import { Pool } from './pool.ts';
import { columnsOf } from './table-columns.ts';

const json = (item: unknown) => JSON.stringify(item);

/** The data of the page, and the graphs to be laid out for it. */
export function encode(input: PageInput): { data: PageData; graphs: readonly GraphUnion[] } {
  return new Encoder(input).encode();
}

class Encoder {
  readonly #input: PageInput;
  readonly #graphs: readonly GraphUnion[];
  readonly #tables: PageData['tables'];
  readonly #texts = new Pool<string>((text) => text);
  readonly #rows = new Pool<readonly number[]>(json);
  readonly #contents = new Pool<readonly number[]>(json);
  readonly #runs = new Pool<PageData['runs'][number]>(({ id }) => id);
  readonly #states = new Pool<PageData['states'][number]>(json);
  readonly #nodeStates = new Pool<readonly number[]>(json);
  readonly #messages = new Pool<PageData['messages'][number]>(json);
  /** Observations share their rows from moment to moment, so most are met again. */
  readonly #known = new WeakMap<readonly string[], WeakMap<Row, number>>();

  constructor(input: PageInput) {
    this.#input = input;
    this.#graphs = unionOf(input);
    this.#tables = columnsOf(input);
    this.#texts.add(sqlNullText);
  }

  encode(): { data: PageData; graphs: readonly GraphUnion[] } {
    const { startedAt, sides, drawing, moments } = this.#input;
    const focus = new Focus(this.#graphs);
    const initial = this.#contentsOf(this.#input.initial);
    const encoded = moments.map((moment) => {
      const { at, sql, note = '', branches, differences } = moment;
      const first = moment.sides[0]?.tables;
      const drawnRuns = (first && drawing?.runs(first)) ?? [];
      const { graph, run } = focus.after(drawnRuns, (first && drawing?.graphs(first)) ?? []);
      return {
        at: at - startedAt,
        sql,
        note,
        branches,
        sides: moment.sides.map((side) => this.#side(side)),
        differences,
        graph,
        run: run === undefined ? -1 : this.#run(run),
      };
    });
    const data: PageData = {
      startedAt,
      sides,
      texts: this.#texts.items,
      tables: this.#tables,
      rows: this.#rows.items,
      contents: this.#contents.items,
      graphs: this.#graphs.map(({ id, nodes }) => ({ id, nodes: nodes.map((node) => node.id) })),
      runs: this.#runs.items,
      states: this.#states.items,
      nodeStates: this.#nodeStates.items,
      messages: this.#messages.items,
      initial,
      moments: encoded satisfies readonly (Omit<PageMoment, 'sides'> & { sides: SideData[] })[],
    };
    return { data, graphs: this.#graphs };
  }

  #side({ result, finishedAt, tables }: PageSide): SideData {
    const { startedAt, drawing } = this.#input;
    const columns = result.ok ? [...new Set(result.rows.flatMap((row) => Object.keys(row)))] : [];
    const queues = drawing?.queues(tables) ?? [];
    return {
      finished: finishedAt - startedAt,
      refusal: result.ok
        ? null
        : Object.entries(result.refusal).map(([field, value]): [string, string] => [field, String(value)]),
      columns,
      returned: result.ok ? result.rows.map((row) => this.#cells(row, columns)) : [],
      tables: this.#contentsOf(tables),
      runs: (drawing?.runs(tables) ?? []).map((run) => [
        this.#run(run),
        this.#texts.add(run.status),
        this.#nodesOf(run),
      ]),
      graphs: (drawing?.graphs(tables) ?? []).map(({ id, nodes }) => {
        const graph = this.#graphs.findIndex((each) => each.id === id);
        const present = new Set(nodes.map((node) => node.id));
        return [graph, this.#graphs[graph]!.nodes.flatMap((node, i) => (present.has(node.id) ? [i] : []))];
      }),
      messages: queues.flatMap(({ name, messages }) => messages.map((each) => this.#message(name, each))),
      queues: queues.map(({ name }) => name),
    };
  }

  #contentsOf(tables: Observation): [table: number, content: number][] {
    return this.#tables.flatMap(({ name, columns }, table): [number, number][] => {
      const rows = tables.get(name);
      return rows ? [[table, this.#contents.add(rows.map((row) => this.#row(row, columns)))]] : [];
    });
  }

  #row(row: Row, columns: readonly string[]): number {
    const known = this.#known.get(columns) ?? new WeakMap<Row, number>();
    this.#known.set(columns, known);
    let position = known.get(row);
    if (position === undefined) {
      position = this.#rows.add(this.#cells(row, columns));
      known.set(row, position);
    }
    return position;
  }

  #cells(row: Row, columns: readonly string[]): number[] {
    const { startedAt, drawing } = this.#input;
    return columns.map((column) => {
      if (!Object.hasOwn(row, column)) return -1;
      return this.#texts.add(cellText(row[column], drawing?.columnType(column) ?? 'other', startedAt));
    });
  }

  #run({ id, graph }: DrawnRun): number {
    return this.#runs.add({ id, graph: this.#graphs.findIndex((each) => each.id === graph) });
  }

  #nodesOf({ graph, nodes }: DrawnRun): number {
    const union = this.#graphs.find((each) => each.id === graph);
    const states = (union?.nodes ?? []).map(({ id }) => {
      const state = nodes.get(id);
      return state ? this.#states.add(state) : -1;
    });
    return this.#nodeStates.add(states);
  }

  #message(queue: string, { id, label, enqueuedAt, visibleAt, reads }: DrawnMessage): number {
    const { startedAt } = this.#input;
    return this.#messages.add({
      queue,
      id,
      label,
      enqueued: enqueuedAt - startedAt,
      visible: visibleAt - startedAt,
      reads,
    });
  }
}
