/** How an engine is drawn: its graphs, what runs on them and its queues, read off the tables of either side. */
import type { Observation } from './observation.ts';

/** Supplied by an engine that can be looked at; all of it is worked out from an observation alone. */
export interface Drawing {
  /** What is defined: flows with their steps. None where the engine has none. */
  graphs(observation: Observation): readonly DrawnGraph[];
  /** What happens on them, in the order in which it began. */
  runs(observation: Observation): readonly DrawnRun[];
  queues(observation: Observation): readonly DrawnQueue[];
  /**
   * What a column holds: `instant` is milliseconds since the epoch, `jsonb` has a null of its own. `column` is that of
   * a table or of what a function returns.
   */
  columnType(column: string): 'instant' | 'jsonb' | 'other';
  /** What people call a table, by its name without the schema: `queue f` for `q_f`. Undefined: the name itself. */
  tableTitle?(table: string): string | undefined;
}

export interface DrawnGraph {
  readonly id: string;
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

export interface DrawnNode {
  readonly id: string;
  /** What sort of node it is (`map`); empty for the usual one. */
  readonly kind: string;
}

/** The states that a page has colours for; another is drawn as `created` is. */
export type DrawnStatus = 'created' | 'started' | 'completed' | 'failed' | 'skipped' | (string & {});

export interface DrawnRun {
  readonly id: string;
  /** The {@link DrawnGraph} that it is a run of. */
  readonly graph: string;
  readonly status: DrawnStatus;
  /** By node. */
  readonly nodes: ReadonlyMap<string, DrawnState>;
}

export interface DrawnState {
  readonly status: DrawnStatus;
  /** A few words more than the status says: `3/5 done`. Empty where there is nothing to add. */
  readonly note: string;
}

export interface DrawnQueue {
  readonly name: string;
  readonly messages: readonly DrawnMessage[];
}

export interface DrawnMessage {
  readonly id: string;
  /** What the message is about: `step a`. */
  readonly label: string;
  /** Milliseconds since the epoch. */
  readonly enqueuedAt: number;
  /** Invisible to readers before this instant, in milliseconds since the epoch. */
  readonly visibleAt: number;
  readonly reads: number;
}
