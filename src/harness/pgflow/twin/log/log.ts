/** The log of a simulation of pgflow: its commands, and what no command tells. */
import type { Circumstances } from '../../../../model/kernel/transition.ts';
import type { PgflowCommand } from '../../../../model/pgflow/0.8.1/commands.ts';
import type * as twin from '../../../twin/log.ts';

export interface CommandEntry extends twin.CommandEntry<PgflowCommand> {
  /** Where the SQL chose it. */
  readonly order?: Circumstances['order'];
  /** What a handler threw that failed: the database is told its message alone. */
  readonly thrown?: unknown;
}

export type NoteEntry = twin.NoteEntry<Note>;

export type Entry = CommandEntry | NoteEntry;

export interface TaskKey {
  readonly run_id: string;
  readonly step_slug: string;
  readonly task_index: number;
}

/** A task, and which of its attempts. */
export interface AttemptKey extends TaskKey {
  /** From 1. */
  readonly attempt: number;
}

/** When the worker of an attempt crashes: before its handler is called, during it, or after it. */
export type CrashPoint = 'before' | 'during' | 'after';
export const crashPoints: ReadonlySet<unknown> = new Set<CrashPoint>(['before', 'during', 'after']);

export type Note =
  | {
      readonly type: 'worker';
      /** Number of the worker, from 1. */
      readonly worker: number;
      readonly what: 'started' | 'stopping' | 'stopped' | 'killed' | 'deprecated';
    }
  | {
      readonly type: 'crashed';
      readonly worker: number;
      readonly when: CrashPoint;
      readonly task: AttemptKey;
    }
  /** Nobody works on the task any more, and nobody told the database. */
  | {
      readonly type: 'stranded';
      readonly worker: number;
      readonly task: AttemptKey;
      readonly cause: string;
      /** Whether its handler was called. */
      readonly wasCalled: boolean;
    }
  /** The handler had to wait for others. */
  | { readonly type: 'called late'; readonly worker: number; readonly task: AttemptKey }
  /** A report that came to nothing. */
  | {
      readonly type: 'report lost';
      readonly worker: number;
      readonly task: AttemptKey;
      readonly reason: string;
    }
  /** A start that never got to the database. */
  | { readonly type: 'start lost'; readonly run_id: string; readonly reason: string }
  | { readonly type: 'database'; readonly what: 'unreachable' | 'reachable' };

export type Stranded = Extract<Note, { type: 'stranded' }>;
