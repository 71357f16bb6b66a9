/** The past, worked out from the log by executing its commands on the model once more, as far as it has come. */
import type { Instant } from '../../model/kernel/instant.ts';
import type { Broadcast, PgflowState } from '../../model/pgflow/0.8.1/state.ts';
import { transition } from '../../model/pgflow/0.8.1/transition.ts';
import { stateWith, uuid } from './backend.ts';
import { type AttemptRecord, Chronicle } from './chronicle.ts';
import type { Engine } from './engine.ts';
import { type CommandEntry, isCommand } from './log.ts';
import { tellCommand } from './tell-command.ts';
import { tellNote } from './tell-note.ts';
import type { TimelineEntry } from './timeline.ts';

/** What was announced by way of `realtime.send`. */
export interface SentBroadcast extends Broadcast {
  /** Milliseconds since the epoch. */
  readonly at: Instant;
}

export class History {
  readonly #engine: Engine;
  readonly #chronicle: Chronicle;
  readonly #broadcasts: SentBroadcast[] = [];
  #state: PgflowState;
  /** How much of the log has been told. */
  #told = 0;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#chronicle = new Chronicle(engine);
    this.#state = stateWith(engine.flow, engine.startedAt);
  }

  get timeline(): readonly TimelineEntry[] {
    this.#catchUp();
    return this.#chronicle.timeline;
  }

  get attempts(): readonly AttemptRecord[] {
    this.#catchUp();
    return this.#chronicle.attempts;
  }

  /** In order. */
  attemptsOf(run_id: string): readonly AttemptRecord[] {
    this.#catchUp();
    return this.#chronicle.attemptsOf(run_id);
  }

  get broadcasts(): readonly SentBroadcast[] {
    this.#catchUp();
    return this.#broadcasts;
  }

  #catchUp(): void {
    const { log, startedAt } = this.#engine;
    while (this.#told < log.length) {
      const entry = log[this.#told++]!;
      const at = startedAt + entry.atMs;
      if (isCommand(entry)) this.#repeat(at, entry);
      else tellNote(this.#chronicle, at, entry.note);
    }
  }

  #repeat(at: Instant, { command, order }: CommandEntry): void {
    const before = this.#state;
    const circumstances = order === undefined ? { now: at, uuid } : { now: at, uuid, order };
    const { result, state, events } = transition(before, command, circumstances);
    // As in the backend, nothing reads them there.
    this.#state = { ...state, broadcasts: before.broadcasts };
    tellCommand(this.#chronicle, { at, command, before, after: state, result });
    for (const event of events) this.#broadcasts.push({ ...event, at });
  }
}
