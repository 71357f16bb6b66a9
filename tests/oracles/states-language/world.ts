/** What an execution needs to know of the world around it. */
import type { Json } from './values.ts';
import type { Visit } from './visits.ts';

/** What is asked of a task. */
export interface Asked {
  readonly state: string;
  readonly resource: string;
  readonly attempt: number;
  /** Of the nearest Map around it, which item it is for. */
  readonly index?: number;
  readonly input: Json;
}

/** What it comes to, `afterMs` later; Infinity: never. `beats`: when it sends a heartbeat. */
export type Outcome = { readonly afterMs: number; readonly beats?: readonly number[] } & (
  | { readonly output: Json }
  | { readonly error: string; readonly cause: string }
);

export interface World {
  readonly startedAt: number;
  readonly machine: string;
  readonly input: Json;
  /** In thousandths. */
  readonly jitter: number;
  readonly outcomeOf: (asked: Asked) => Outcome;
  /** Several things happen at the very same instant, and it depends on their order what comes of them: which of them is first. */
  readonly pick: (count: number) => number;
}

/** A branch, an iteration, or the execution itself. */
export interface Scope {
  readonly id: string;
  readonly item?: { readonly index: number; readonly value: Json };
}

export interface Failure {
  readonly error: string | null;
  readonly cause: string | null;
  /** States.Runtime: nothing catches it. */
  readonly isFatal: boolean;
}

/** How something ended, and when; Infinity: never, and it is still open. */
export type Ended = { readonly at: number; readonly visits: readonly Visit[] } & (
  | { readonly output: Json }
  | { readonly failure: Failure }
);
