/**
 * What is embedded in a page as JSON, between the one that writes it and the script that shows it. Whatever repeats
 * itself from moment to moment is kept once and named by its position.
 */

export interface PageData {
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly sides: readonly string[];
  /** Texts of cells. The first is SQL NULL. */
  readonly texts: readonly string[];
  readonly tables: readonly TableData[];
  /** A row is the text of each column of its table, or -1 where it has no such column. */
  readonly rows: readonly (readonly number[])[];
  /** What a table held at some moment, as positions in `rows`. */
  readonly contents: readonly (readonly number[])[];
  readonly graphs: readonly GraphData[];
  readonly runs: readonly RunData[];
  readonly states: readonly StateData[];
  /** What the nodes of a run were at some moment, as positions in `states`; -1 for a node that is not there. */
  readonly nodeStates: readonly (readonly number[])[];
  readonly messages: readonly MessageData[];
  /** What every side held before the first moment: table and content, as positions. */
  readonly initial: SideData['tables'];
  readonly moments: readonly MomentData[];
}

export interface TableData {
  readonly name: string;
  readonly columns: readonly string[];
  /** Positions in `columns`. */
  readonly key: readonly number[];
  /** Positions of columns that hold instants. */
  readonly instants: readonly number[];
}

export interface GraphData {
  readonly id: string;
  /** In the order of `nodeStates`. */
  readonly nodes: readonly string[];
}

export interface RunData {
  readonly id: string;
  /** Position in `graphs`; -1 where the graph is gone. */
  readonly graph: number;
}

export interface StateData {
  readonly status: string;
  readonly note: string;
}

export interface MessageData {
  readonly queue: string;
  readonly id: string;
  readonly label: string;
  /** Milliseconds since `startedAt`. */
  readonly enqueued: number;
  /** Milliseconds since `startedAt`. */
  readonly visible: number;
  readonly reads: number;
}

export interface MomentData {
  /** Milliseconds since `startedAt`. */
  readonly at: number;
  readonly sql: string;
  readonly note: string;
  readonly branches: readonly string[];
  readonly sides: readonly SideData[];
  readonly differences: readonly {
    readonly where: string;
    readonly row: string;
    readonly shown: readonly PageValue[];
  }[];
  /** The graph to look at, and the run of it, as positions; -1 for none. */
  readonly graph: number;
  readonly run: number;
}

export interface SideData {
  /** Milliseconds since `startedAt`. */
  readonly finished: number;
  readonly refusal: readonly (readonly [field: string, text: string])[] | null;
  /** Of what the command returned. */
  readonly columns: readonly string[];
  /** Rows as positions in `texts`. */
  readonly returned: readonly (readonly number[])[];
  /** Table and content, as positions. */
  readonly tables: readonly (readonly [table: number, content: number])[];
  /** Run, its status, and the states of its nodes, as positions in `runs`, `texts` and `nodeStates`. */
  readonly runs: readonly (readonly [run: number, status: number, nodes: number])[];
  /** Graph, and which of its nodes are there. */
  readonly graphs: readonly (readonly [graph: number, nodes: readonly number[]])[];
  /** Positions in `messages`. */
  readonly messages: readonly number[];
  readonly queues: readonly string[];
}

/** A text, as in the cell of a table; or whole rows, each with its columns that are not NULL. */
export type PageValue = string | readonly (readonly (readonly [column: string, text: string])[])[];
