/** The past, worked out from the log by executing its commands on the model once more. */
import type { Instant } from '../../model/kernel/instant.ts';
import type { Jsonb, NullableJsonb } from '../../model/kernel/jsonb.ts';
import type { Result } from '../../model/kernel/transition.ts';
import type { Broadcast, PgflowState } from '../../model/pgflow/0.8.1/state.ts';
import { transition } from '../../model/pgflow/0.8.1/transition.ts';
import { stateWith, uuid } from './backend.ts';
import type { Engine } from './engine.ts';
import { Chronicler } from './chronicler.ts';
import { type AttemptKey, type CommandEntry, isCommand } from './log.ts';
import type { TimelineEntry } from './timeline.ts';

/** An attempt at a task: a call of its handler, but where its worker died or gave up before. */
export interface AttemptRecord extends AttemptKey {
  /** Number of the run, from 1. */
  readonly run: number;
  /** Number of the worker, from 1. */
  readonly worker: number;
  readonly input: Jsonb;
  /** When the database was told that it starts. */
  readonly startedAt: Instant;
  /** When the handler was called; null where it was not. */
  calledAt: Instant | null;
  /** When the database was told what became of it, or its worker died; null while it is worked on. */
  endedAt: Instant | null;
  outcome: 'running' | 'completed' | 'failed' | 'stranded' | 'ignored';
  output: NullableJsonb;
  error: string | undefined;
  /** Why nobody reported it. */
  cause: string | undefined;
}

export interface SentBroadcast extends Broadcast {
  readonly at: Instant;
}

export interface History {
  readonly timeline: readonly TimelineEntry[];
  readonly attempts: readonly AttemptRecord[];
  readonly broadcasts: readonly SentBroadcast[];
}

/** What a command did: the states around it, and what came back. */
export interface Effect {
  readonly entry: CommandEntry;
  readonly before: PgflowState;
  readonly after: PgflowState;
  readonly result: Result;
}

export function historyOf(engine: Engine): History {
  const chronicler = new Chronicler(engine);
  const broadcasts: SentBroadcast[] = [];
  let state = stateWith(engine.flow, engine.startedAt);
  for (const entry of engine.log) {
    if (!isCommand(entry)) {
      chronicler.note(entry);
      continue;
    }
    const { at, command, order } = entry;
    const outcome = transition(state, command, { now: at, uuid, ...(order ? { order } : {}) });
    chronicler.command({ entry, before: state, after: outcome.state, result: outcome.result });
    for (const event of outcome.events) broadcasts.push({ ...event, at });
    state = outcome.state;
  }
  return { timeline: chronicler.timeline, attempts: chronicler.attempts, broadcasts };
}
