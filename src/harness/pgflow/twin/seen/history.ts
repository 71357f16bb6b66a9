/** The past as a test asks for it, told as far as it has come. */
import type { Instant } from '../../../../model/kernel/instant.ts';
import type { Broadcast } from '../../../../model/pgflow/0.8.1/state.ts';
import type { Engine } from '../engine/engine.ts';
import type { AttemptRecord, Chronicle } from './chronicle.ts';
import { Retelling } from './retelling.ts';
import type { TimelineEntry } from './timeline.ts';

/** A broadcast that was sent with `realtime.send`. */
export interface SentBroadcast extends Broadcast {
  /** Milliseconds since the epoch. */
  readonly at: Instant;
}

export class History {
  readonly #retelling: Retelling;
  readonly #broadcasts: SentBroadcast[] = [];

  constructor(engine: Engine) {
    this.#retelling = new Retelling(engine, { keepsBroadcasts: false });
  }

  get timeline(): readonly TimelineEntry[] {
    return this.#chronicle.timeline;
  }

  get attempts(): readonly AttemptRecord[] {
    return this.#chronicle.attempts;
  }

  /** In order. */
  attemptsOf(run_id: string): readonly AttemptRecord[] {
    return this.#chronicle.attemptsOf(run_id);
  }

  get broadcasts(): readonly SentBroadcast[] {
    this.#catchUp();
    return this.#broadcasts;
  }

  get #chronicle(): Chronicle {
    this.#catchUp();
    return this.#retelling.chronicle;
  }

  #catchUp(): void {
    for (let told = this.#retelling.next(); told !== undefined; told = this.#retelling.next()) {
      for (const event of told.outcome?.events ?? []) this.#broadcasts.push({ ...event, at: told.at });
    }
  }
}
