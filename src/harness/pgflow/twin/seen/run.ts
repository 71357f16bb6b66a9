/** A run as a test sees it: what has become of it so far, and driving it to its end. */

import { throughJson } from '../../../twin/json.ts';
import { SimulationError, shown } from '../../../twin/simulation-error.ts';
import type { Engine } from '../engine/engine.ts';
import type { AnyFlow, FlowInput, FlowOutput, StepSlug } from '../flow/types.ts';
import { errorOf } from './chronicle.ts';
import type { History, SentBroadcast } from './history.ts';
import { type RunStep, stepOf } from './run-step.ts';
import { type Stuck, stuckOf } from './stuck.ts';
import { concernsRun, type Timeline, timelineOfRuns } from './timeline.ts';

/** `scheduled`: virtual time has not reached its start, or the database refused to start it. */
export type RunStatus = 'scheduled' | 'started' | 'completed' | 'failed';

export interface Run<F extends AnyFlow = AnyFlow> {
  /** Its `run_id`. */
  readonly id: string;
  /** From 1, in the order of the calls of `start()`. */
  readonly number: number;
  readonly status: RunStatus;
  /** As the database stores it. */
  readonly input: FlowInput<F>;
  /** The outputs of the steps on which no other step depends, by slug. Undefined before the run has completed. */
  readonly output: FlowOutput<F> | undefined;
  /** The error of the step that failed the run. */
  readonly error: string | undefined;
  /** Why the run will never end, if the last `finish()` found that. */
  readonly stuck: Stuck | undefined;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  /** Milliseconds since the simulation began. */
  readonly startedMs: number | null;
  readonly endedMs: number | null;
  step<S extends StepSlug<F>>(slug: S): RunStep<F, S>;
  /** In the order in which the flow defines them. */
  readonly steps: readonly RunStep<F, StepSlug<F>>[];
  readonly timeline: Timeline;
  /** The broadcasts about this run. */
  readonly broadcasts: readonly SentBroadcast[];
  /**
   * Advances virtual time until the run has ended, or until it is certain that it never will (`stuck`). Resolves to the run.
   * @throws SimulationError if the database refuses to start it, or if a handler never settles
   */
  finish(): Promise<this>;
  /**
   * Writes an HTML page about this run, command by command: the steps with their states, the queue over virtual time, and
   * every table. It is one file, which opens from disk.
   * @throws SimulationError if the file cannot be written
   */
  report(file: string): Promise<void>;
}

export class SimulatedRun {
  readonly number: number;
  readonly id: string;
  stuck: Stuck | undefined;
  /** Why the database did not start it. */
  refusal: SimulationError | undefined;
  readonly #engine: Engine;
  readonly #history: History;
  readonly #input: unknown;

  constructor(
    engine: Engine,
    history: History,
    { number, id }: { number: number; id: string },
    input: unknown,
  ) {
    this.#engine = engine;
    this.#history = history;
    this.number = number;
    this.id = id;
    this.#input = input;
  }

  get #row() {
    return this.#engine.state.runs.get(this.id);
  }

  get status(): RunStatus {
    return this.#row?.status ?? 'scheduled';
  }

  get isOver(): boolean {
    const row = this.#row;
    return row === undefined ? this.refusal !== undefined : row.status !== 'started';
  }

  get input(): unknown {
    return throughJson(this.#input).value;
  }

  get output(): unknown {
    const row = this.#row;
    return row?.output === undefined ? undefined : throughJson(row.output).value;
  }

  get error(): string | undefined {
    const row = this.#row;
    return row?.status === 'failed' ? errorOf(row) : undefined;
  }

  get startedAt(): Date | null {
    return dateOf(this.#row?.started_at);
  }

  get endedAt(): Date | null {
    return dateOf(this.#row?.completed_at ?? this.#row?.failed_at);
  }

  get startedMs(): number | null {
    return this.#since(this.startedAt);
  }

  get endedMs(): number | null {
    return this.#since(this.endedAt);
  }

  #since(date: Date | null): number | null {
    return date && date.getTime() - this.#engine.startedAt;
  }

  step(slug: string): RunStep {
    const step = this.#engine.flow.steps.get(slug);
    if (!step) throw noSuchStep(this.#engine, slug, 'run.step()');
    return stepOf(this.#engine, this.#history, this, step);
  }

  get steps(): RunStep[] {
    return [...this.#engine.flow.steps.keys()].map((slug) => this.step(slug));
  }

  get timeline(): Timeline {
    return timelineOfRuns(
      this.#history.timeline.filter((entry) => concernsRun(entry, this.number)),
      { ofOneRun: true },
    );
  }

  get broadcasts(): readonly SentBroadcast[] {
    const topic = `pgflow:run:${this.id}`;
    return this.#history.broadcasts.filter((each) => each.topic === topic);
  }

  async finish(): Promise<this> {
    const engine = this.#engine;
    let doubts = -1;
    this.stuck = undefined;
    await engine.clock.drive(() => {
      if (this.isOver) return true;
      if (engine.doubts === doubts) return false;
      doubts = engine.doubts;
      this.stuck = stuckOf(engine, this.id, !engine.clock.hasPlans);
      return this.stuck !== undefined;
    });
    if (!this.isOver) this.stuck ??= stuckOf(engine, this.id, true);
    if (this.refusal) throw this.refusal;
    return this;
  }

  async report(file: string): Promise<void> {
    const { writeRunPage } = await import('./run-page.ts');
    await writeRunPage(file, this.#engine, this);
  }
}

const dateOf = (instant: number | null | undefined) =>
  typeof instant === 'number' ? new Date(instant) : null;

export function noSuchStep(engine: Engine, slug: unknown, what: string): SimulationError {
  const slugs = [...engine.flow.steps.keys()];
  return new SimulationError(
    `${what} was given ${shown(slug)}, which is not a step of flow "${engine.flow.slug}": expected one of ${slugs.join(', ')}`,
  );
}
