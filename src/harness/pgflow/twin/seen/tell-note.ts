/** What a note amounts to in the timeline. */

import { unreachable } from '../../../../model/kernel/assert.ts';
import type { Instant } from '../../../../model/kernel/instant.ts';
import { errorText } from '../../../twin/timeline.ts';
import type { AttemptKey, Note } from '../log/log.ts';
import type { Chronicle } from './chronicle.ts';

export function tellNote(chronicle: Chronicle, at: Instant, note: Note): void {
  switch (note.type) {
    case 'worker': {
      const { worker, what } = note;
      chronicle.line(at, { event: 'worker', worker, text: `worker ${worker} ${words[what]}` });
      return;
    }
    case 'database':
      chronicle.line(at, { event: 'database', text: `the database is ${note.what}` });
      return;
    case 'crashed': {
      const { worker, when, task } = note;
      const text = `worker ${worker} crashes ${when} the work of ${nameOf(chronicle, task)}`;
      chronicle.line(at, { event: 'worker', worker, text });
      return;
    }
    case 'called late': {
      const { attempt } = note.task;
      const record = chronicle.recordOf(note.task);
      if (record) record.calledAt = at;
      const text = `attempt ${attempt} has its turn`;
      chronicle.line(at, { ...chronicle.subject(note.task), event: 'attempt called', text });
      return;
    }
    case 'report lost': {
      const text = `attempt ${note.task.attempt} cannot be reported: ${errorText(note.reason)}`;
      chronicle.line(at, { ...chronicle.subject(note.task), event: 'attempt ignored', text });
      return;
    }
    case 'start lost': {
      const text = `is refused: ${errorText(note.reason)}`;
      chronicle.line(at, { event: 'run refused', run: chronicle.engine.numberOf(note.run_id), text });
      return;
    }
    case 'stranded':
      stranded(chronicle, at, note);
      return;
    default:
      unreachable(note);
  }
}

const words = {
  started: 'starts',
  stopping: 'is told to stop',
  stopped: 'has stopped',
  killed: 'is killed',
  deprecated: 'finds itself deprecated and reads no more',
} as const;

function stranded(chronicle: Chronicle, at: Instant, note: Extract<Note, { type: 'stranded' }>): void {
  const { task, cause, wasCalled } = note;
  const record = chronicle.recordOf(task);
  // Somebody else may have reported it meanwhile.
  if (record?.outcome === 'running') Object.assign(record, { cause, outcome: 'stranded', endedAt: at });
  if (record && !wasCalled) record.calledAt = null;
  const text = `attempt ${task.attempt} is left started: ${errorText(cause)}`;
  chronicle.line(at, { ...chronicle.subject(task), event: 'attempt stranded', text });
}

function nameOf(chronicle: Chronicle, task: AttemptKey): string {
  const { run, step, index } = chronicle.subject(task);
  return `run ${run} ${step}${index === undefined ? '' : `[${index}]`}`;
}
