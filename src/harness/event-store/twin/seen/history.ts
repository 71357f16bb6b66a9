/** The past, worked out from the log by executing its commands on the model once more, as far as it has come. */
import type { EventStoreMachine } from '../../../../model/event-store/machine.ts';
import type { EventStoreState } from '../../../../model/event-store/state.ts';
import { isCommand } from '../../../twin/log.ts';
import { type Database, machineOf } from '../database/database.ts';
import { Deliveries } from '../database/deliveries.ts';
import { type Reader, tellCommand } from './tell.ts';
import { tellNote } from './tell-note.ts';
import type { TimelineEntry } from './timeline.ts';

export class History {
  readonly #database: Database;
  readonly #machine: EventStoreMachine;
  readonly #timeline: TimelineEntry[] = [];
  readonly #deliveries = new Deliveries();
  readonly #readers = new Map<string, Reader>();
  #state: EventStoreState;
  /** How much of the log has been told. */
  #told = 0;

  constructor(database: Database) {
    this.#database = database;
    this.#machine = machineOf(database.options);
    this.#state = this.#machine.initialState;
  }

  get timeline(): readonly TimelineEntry[] {
    const { log, options } = this.#database;
    while (this.#told < log.length) {
      const entry = log[this.#told++]!;
      if (!isCommand(entry)) {
        this.#timeline.push(tellNote(entry));
        continue;
      }
      const before = this.#state;
      const now = options.startedAt + entry.atMs;
      const { state, result } = this.#machine.transition(before, entry.command, { now, uuid: '' });
      this.#state = state;
      const [deliveries, readers] = [this.#deliveries, this.#readers];
      this.#timeline.push(...tellCommand({ entry, before, result, deliveries, readers, options }));
    }
    return this.#timeline;
  }
}
