/** The past, worked out from the log by executing its commands on the model once more, as far as it has come. */
import { dagCascade } from '../../../../model/dag-cascade/machine.ts';
import { isCommand } from '../../../twin/log.ts';
import { type Engine, outcomeOf } from '../engine/engine.ts';
import { tellCommand } from './tell.ts';
import type { TimelineEntry } from './timeline.ts';

export class History {
  readonly #engine: Engine;
  readonly #timeline: TimelineEntry[] = [];
  #state = dagCascade.initialState;
  /** How much of the log has been told. */
  #told = 0;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  get timeline(): readonly TimelineEntry[] {
    const { log, startedAt } = this.#engine;
    while (this.#told < log.length) {
      const entry = log[this.#told++]!;
      if (!isCommand(entry)) {
        const { atMs: at, note } = entry;
        if (note.type === 'refused') {
          this.#timeline.push({ at, what: 'refused', text: `${note.statement} is refused: ${note.text}` });
        } else this.#timeline.push({ at, what: 'orchestrator', text: 'the orchestrator stops' });
        continue;
      }
      const before = this.#state;
      const { state, result } = outcomeOf(before, entry.command, startedAt + entry.atMs);
      this.#state = state;
      this.#timeline.push(...tellCommand({ entry, before, after: state, result, startedAt }));
    }
    return this.#timeline;
  }
}
