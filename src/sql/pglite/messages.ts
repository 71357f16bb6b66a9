/** What the main thread and the database's thread say to each other: a reply for a request, in their order. */
import type { Query, SqlFailure } from '../driver.ts';
import type { Extensions } from './extensions.ts';

export type Request =
  | {
      readonly type: 'boot';
      /** The compiled WebAssembly module of Postgres. */
      readonly module: object;
      /** A data directory to start from; null makes a new one. */
      readonly image: Uint8Array | null;
      readonly extensions: Extensions;
    }
  | {
      readonly type: 'run';
      readonly at: number;
      readonly restart: boolean;
      readonly uuid: string | undefined;
      readonly queries: readonly Query[];
    }
  | { readonly type: 'script'; readonly statements: readonly string[] }
  | { readonly type: 'maintain' }
  /** Shuts the database down and asks for its data directory. */
  | { readonly type: 'capture' }
  /** The thread ends by itself, and says nothing more. */
  | { readonly type: 'end' };

export type Reply =
  | { readonly type: 'booted'; readonly versions: Readonly<Record<string, string>> }
  | Ran
  | ({ readonly type: 'scripted' } & ScriptEnd)
  | { readonly type: 'maintained' }
  | { readonly type: 'captured'; readonly image: Uint8Array }
  /** The thread cannot go on; nothing follows. */
  | { readonly type: 'broken'; readonly message: string };

/** The outcome of a batch as the server wrote it; decoding is left to the main thread. */
export interface Ran {
  readonly type: 'ran';
  readonly finishedAt: number;
  /** The answers, one after another. */
  readonly bytes: Uint8Array;
  /** For each answer, the number of its prepared statement: an answer without columns has those of the last description. */
  readonly slots: readonly number[];
  /** For each query, how many statements its rows or its transaction became; -1 for a query that is one by itself. */
  readonly expansions: readonly number[];
}

/** How a script ended. */
export interface ScriptEnd {
  /** The statement that failed, by position. */
  readonly failed: { readonly index: number; readonly failure: SqlFailure } | undefined;
  /** Whether it left a transaction open, which was rolled back. */
  readonly isOpen: boolean;
}

/**
 * What the database's thread is at, in memory that both threads see: a thread that executes SQL says nothing. A count of all the
 * statements that were begun, and the position of the last in its request.
 */
export const progressLength = 2;
