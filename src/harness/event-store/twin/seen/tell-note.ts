/** What a note amounts to in the timeline. */
import { unreachable } from '../../../../model/kernel/assert.ts';
import { errorText } from '../../../twin/timeline.ts';
import { withThrown } from '../../../twin/with-thrown.ts';
import type { NoteEntry } from '../database/log.ts';
import { nameOf, subjectOf } from './tell.ts';
import type { TimelineEntry } from './timeline.ts';

export function tellNote({ atMs: at, note }: NoteEntry): TimelineEntry {
  if (note.type === 'refused') {
    return { at, what: 'refused', text: `${note.statement} is refused: ${note.text}` };
  }
  const { consumer, view } = note;
  const by = `consumer ${consumer} of ${view}`;
  switch (note.type) {
    case 'consumer':
      return { at, what: 'consumer', consumer, view, text: `${by} ${verbs[note.what]}` };
    case 'crashed': {
      const text = `${by} crashes ${note.when} handling ${nameOf(note.row)}`;
      return { at, what: 'crashed', consumer, view, ...subjectOf(note.row), text };
    }
    case 'failed': {
      const left = note.isLeft ? ', and leaves it locked' : '';
      const text = `${by} fails to handle ${nameOf(note.row)}: ${errorText(note.error)}${left}`;
      const entry: TimelineEntry = { at, what: 'failed', consumer, view, ...subjectOf(note.row), text };
      return withThrown(entry, note.thrown);
    }
    default:
      return unreachable(note);
  }
}

const verbs = {
  started: 'starts',
  stopping: 'is told to stop',
  stopped: 'has stopped',
  killed: 'is killed',
  restarted: 'starts again',
} as const;
