/** The past, told entry by entry: the commands of the log are executed on the model once more. */
import type { Instant } from '../../../../model/kernel/instant.ts';
import type { Transition } from '../../../../model/kernel/transition.ts';
import type { Broadcast, PgflowState } from '../../../../model/pgflow/0.8.1/state.ts';
import { transition } from '../../../../model/pgflow/0.8.1/transition.ts';
import { isCommand } from '../../../twin/log.ts';
import { stateWith, uuid } from '../backend/backend.ts';
import type { Engine } from '../engine/engine.ts';
import type { CommandEntry, Entry } from '../log/log.ts';
import { Chronicle } from './chronicle.ts';
import { tellCommand } from './tell-command.ts';
import { tellNote } from './tell-note.ts';

export interface Told {
  readonly at: Instant;
  readonly entry: Entry;
  /** Of a command; undefined for a note. */
  readonly outcome: Transition<PgflowState, Broadcast> | undefined;
}

export class Retelling {
  /** Filled as it is told. */
  readonly chronicle: Chronicle;
  /** After what was told last. */
  state: PgflowState;
  readonly #engine: Engine;
  readonly #keepsBroadcasts: boolean;
  /** How much of the log has been told. */
  #told = 0;

  /** Broadcasts are most of what a finished run takes, so whoever only wants to hear of them does not keep them. */
  constructor(engine: Engine, { keepsBroadcasts }: { readonly keepsBroadcasts: boolean }) {
    this.#engine = engine;
    this.#keepsBroadcasts = keepsBroadcasts;
    this.chronicle = new Chronicle(engine);
    this.state = stateWith(engine.flow, engine.startedAt);
  }

  /** The next entry; undefined where the log ends at present. */
  next(): Told | undefined {
    const { log, startedAt } = this.#engine;
    const entry = log[this.#told];
    if (entry === undefined) return undefined;
    this.#told++;
    const at = startedAt + entry.atMs;
    if (isCommand(entry)) return { at, entry, outcome: this.#repeat(at, entry) };
    tellNote(this.chronicle, at, entry.note);
    return { at, entry, outcome: undefined };
  }

  #repeat(at: Instant, { command, order, thrown }: CommandEntry): Transition<PgflowState, Broadcast> {
    const before = this.state;
    const circumstances = order === undefined ? { now: at, uuid } : { now: at, uuid, order };
    const outcome = transition(before, command, circumstances);
    const { state, result, events } = outcome;
    this.state = this.#keepsBroadcasts ? state : { ...state, broadcasts: before.broadcasts };
    tellCommand(this.chronicle, { at, command, before, after: state, result, events, thrown });
    return outcome;
  }
}
