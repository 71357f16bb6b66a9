/**
 * What happened, in order: the commands that were executed, and notes on what no command tells. Everything that a test
 * sees of the past is worked out from it when it is asked for, so what is over costs little.
 */

export interface Logged {
  /** Milliseconds since the simulation began: small numbers take no room of their own. */
  readonly atMs: number;
}

export interface CommandEntry<Command> extends Logged {
  readonly command: Command;
}

export interface NoteEntry<Note> extends Logged {
  readonly note: Note;
}

/** Whether the entry is a command; the rest are notes. */
export const isCommand = <Entry extends CommandEntry<unknown>>(entry: Entry | Logged): entry is Entry =>
  'command' in entry;
