/**
 * What happened, in order: the commands that were executed, and notes on what no command tells. Everything that a test
 * sees of the past is worked out from it when it is asked for, so that an event costs little.
 */
import type { EventStoreCommand } from '../../../model/event-store/commands.ts';
import type { Row } from '../../../model/kernel/transition.ts';

export interface CommandEntry {
  /** Milliseconds since the beginning. */
  readonly atMs: number;
  readonly command: EventStoreCommand;
  /** Number of the consumer that asked for it; none where the test did. */
  readonly consumer: number | undefined;
}

export interface NoteEntry {
  readonly atMs: number;
  readonly note: Note;
}

export type Entry = CommandEntry | NoteEntry;

/** When, in the handling of an event, its consumer crashes. */
export type CrashPoint = 'before' | 'after';
export const crashPoints: ReadonlySet<unknown> = new Set<CrashPoint>(['before', 'after']);

export type Note =
  | {
      readonly type: 'consumer';
      /** Number of the consumer, from 1. */
      readonly consumer: number;
      readonly view: string;
      readonly what: 'started' | 'stopping' | 'stopped' | 'killed' | 'restarted';
    }
  | {
      readonly type: 'crashed';
      readonly consumer: number;
      readonly view: string;
      readonly when: CrashPoint;
      /** The event. */
      readonly row: Row;
    }
  | {
      readonly type: 'failed';
      readonly consumer: number;
      readonly view: string;
      readonly row: Row;
      readonly error: string;
      /** What nobody tells the database. */
      readonly isLeft: boolean;
    };

export const isCommand = (entry: Entry): entry is CommandEntry => 'command' in entry;
