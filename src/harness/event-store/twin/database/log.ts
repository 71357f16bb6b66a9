/** The log of an event store: its commands, and what no command tells. */
import type { EventStoreCommand } from '../../../../model/event-store/commands.ts';
import type { Row } from '../../../../model/kernel/transition.ts';
import type * as twin from '../../../twin/log.ts';

export interface CommandEntry extends twin.CommandEntry<EventStoreCommand> {
  /** Number of the consumer that asked for it; none where the test did. */
  readonly consumer: number | undefined;
}

export type NoteEntry = twin.NoteEntry<Note>;

export type Entry = CommandEntry | NoteEntry;

/** When a consumer crashes: before its handler is called, or after the handler has ended. */
export type CrashPoint = 'before' | 'after';
export const crashPoints: ReadonlySet<unknown> = new Set<CrashPoint>(['before', 'after']);

export type Note =
  /** A statement that was refused before it could be a command. */
  | { readonly type: 'refused'; readonly statement: string; readonly text: string }
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
      readonly thrown: unknown;
      /** What nobody tells the database. */
      readonly isLeft: boolean;
    };
