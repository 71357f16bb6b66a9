/** The log of a twin: its commands, and what no command tells. */
import type { DagCascadeCommand } from '../../../../model/dag-cascade/commands.ts';
import type * as twin from '../../../twin/log.ts';

/** Who asked for a command: the test, the orchestrator, what runs in the background, or the call with that number. */
export type By = 'test' | 'orchestrator' | 'background' | number;

export interface CommandEntry extends twin.CommandEntry<DagCascadeCommand> {
  readonly by: By;
}

export type NoteEntry = twin.NoteEntry<Note>;

export type Entry = CommandEntry | NoteEntry;

export type Note =
  /** A statement that was refused before it could be a command. */
  | { readonly type: 'refused'; readonly statement: string; readonly text: string }
  | { readonly type: 'orchestrator stopped' };
