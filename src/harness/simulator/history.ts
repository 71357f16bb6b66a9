/** The past, worked out from the log by executing its commands on the model once more. */
import type { Instant } from '../../model/kernel/instant.ts';
import type { Broadcast } from '../../model/pgflow/0.8.1/state.ts';
import { transition } from '../../model/pgflow/0.8.1/transition.ts';
import { stateWith, uuid } from './backend.ts';
import { type AttemptRecord, Chronicle } from './chronicle.ts';
import type { Engine } from './engine.ts';
import { isCommand } from './log.ts';
import { tellCommand } from './tell-command.ts';
import { tellNote } from './tell-note.ts';
import type { TimelineEntry } from './timeline.ts';

/** What was announced by way of `realtime.send`. */
export interface SentBroadcast extends Broadcast {
  /** Milliseconds since the epoch. */
  readonly at: Instant;
}

export interface History {
  readonly timeline: readonly TimelineEntry[];
  readonly attempts: readonly AttemptRecord[];
  readonly broadcasts: readonly SentBroadcast[];
}

export function historyOf(engine: Engine): History {
  const chronicle = new Chronicle(engine);
  const broadcasts: SentBroadcast[] = [];
  let state = stateWith(engine.flow, engine.startedAt);
  for (const entry of engine.log) {
    const at = engine.startedAt + entry.atMs;
    if (!isCommand(entry)) {
      tellNote(chronicle, at, entry.note);
      continue;
    }
    const { command, order } = entry;
    const {
      result,
      state: after,
      events,
    } = transition(state, command, {
      now: at,
      uuid,
      ...(order ? { order } : {}),
    });
    tellCommand(chronicle, { at, command, before: state, after, result });
    for (const event of events) broadcasts.push({ ...event, at });
    state = after;
  }
  return { timeline: chronicle.timeline, attempts: chronicle.attempts, broadcasts };
}
