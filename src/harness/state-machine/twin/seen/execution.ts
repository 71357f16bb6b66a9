/** An execution as a test sees it, now and while time goes on. */
import type { Instant } from '../../../../model/kernel/instant.ts';
import type * as model from '../../../../model/state-machine/states-language/executing/state.ts';
import { copyOf } from '../../../twin/json.ts';
import { timelineOf } from '../../../twin/timeline.ts';
import type { Engine } from '../engine/engine.ts';
import { entryOf, isTold, type Timeline } from './timeline.ts';

export type ExecutionStatus = model.ExecutionStatus;

/** A state that was entered. */
export interface Visit {
  readonly state: string;
  /** `aborted`: something around it had ended before it did. */
  readonly status: 'running' | 'retrying' | 'succeeded' | 'failed' | 'caught' | 'aborted';
  readonly input: unknown;
  /** What came out of it; missing where nothing did. */
  readonly output?: unknown;
  /** How often it was tried. */
  readonly attempts: number;
  readonly enteredAt: Date;
  /** Milliseconds since the beginning. */
  readonly enteredMs: number;
}

export interface Execution {
  /** From 1. */
  readonly number: number;
  readonly status: ExecutionStatus;
  readonly isOver: boolean;
  readonly input: unknown;
  /** Undefined as long as it has not succeeded. */
  readonly output: unknown;
  /** `Error` and `Cause`, where it failed; null where there is none. */
  readonly error: string | null;
  readonly cause: string | null;
  readonly startedAt: Date;
  /** Milliseconds since the beginning. */
  readonly startedMs: number;
  readonly endedAt: Date | null;
  readonly endedMs: number | null;
  /** Every state that was entered, in order, also within others. */
  readonly visits: readonly Visit[];
  /** Their names. */
  readonly path: readonly string[];
  readonly timeline: Timeline;
  /** Advances virtual time until it is over, and gives itself. @throws SimulationError if that will never happen; the message says why */
  finish(): Promise<Execution>;
  /** Ends it, with everything that is open in it. */
  cancel(): void;
}

/** What an execution needs of its simulation. */
export interface Driver {
  finish(execution: Execution): Promise<void>;
  cancel(number: number): void;
}

const over: ReadonlySet<string> = new Set(['Succeeded', 'Failed', 'TimedOut', 'Canceled']);
const statuses = {
  Running: 'running',
  Retrying: 'retrying',
  Succeeded: 'succeeded',
  Failed: 'failed',
  Caught: 'caught',
  Aborted: 'aborted',
} as const;

export class SimulatedExecution implements Execution {
  readonly number: number;
  readonly #engine: Engine;
  readonly #driver: Driver;

  constructor(engine: Engine, number: number, driver: Driver) {
    this.number = number;
    this.#engine = engine;
    this.#driver = driver;
  }

  get #row(): model.Execution {
    return this.#engine.state.executions.get(this.number)!;
  }

  get status(): ExecutionStatus {
    return this.#row.status;
  }
  get isOver(): boolean {
    return over.has(this.#row.status);
  }
  get input(): unknown {
    return copyOf(this.#row.input);
  }
  get output(): unknown {
    return copyOf(this.#row.output);
  }
  get error(): string | null {
    return this.#row.error;
  }
  get cause(): string | null {
    return this.#row.cause;
  }
  get startedAt(): Date {
    return new Date(this.#row.started_at);
  }
  get startedMs(): number {
    return this.#sinceStart(this.#row.started_at);
  }
  get endedAt(): Date | null {
    const { stopped_at } = this.#row;
    return stopped_at === null ? null : new Date(stopped_at);
  }
  get endedMs(): number | null {
    const { stopped_at } = this.#row;
    return stopped_at === null ? null : this.#sinceStart(stopped_at);
  }

  get visits(): readonly Visit[] {
    const { entered } = this.#row;
    const own = this.#engine.told.flatMap((each) =>
      each.what === 'deed' && each.execution === this.number ? [each.happening] : [],
    );
    const outputs = new Map(
      own.flatMap(({ activity_id, deed }) =>
        deed.what === 'left' ? [[activity_id, deed.output] as const] : [],
      ),
    );
    return own.flatMap(({ activity_id, deed }): Visit[] => {
      if (deed.what !== 'entered') return [];
      const { state_name, status, input, attempts, entered_at } = entered.get(activity_id)!;
      return [
        {
          ...{ state: state_name, status: statuses[status], input: copyOf(input), attempts },
          ...(outputs.has(activity_id) && { output: copyOf(outputs.get(activity_id)) }),
          ...{ enteredAt: new Date(entered_at), enteredMs: this.#sinceStart(entered_at) },
        },
      ];
    });
  }

  get path(): readonly string[] {
    return this.visits.map(({ state }) => state);
  }

  get timeline(): Timeline {
    const { told, options } = this.#engine;
    const own = told.filter((each) => each.execution === this.number && isTold(each));
    return timelineOf(own.map((each) => entryOf(each, options.startedAt)));
  }

  async finish(): Promise<Execution> {
    await this.#driver.finish(this);
    return this;
  }

  cancel(): void {
    this.#driver.cancel(this.number);
  }

  #sinceStart(instant: Instant): number {
    return instant - this.#engine.options.startedAt;
  }
}
