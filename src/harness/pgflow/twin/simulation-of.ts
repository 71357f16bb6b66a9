/** The simulation of a flow: `Simulation` without its types, which are the flow's. */
import { checkNames, checkObject } from '../../twin/checks.ts';
import { DatabaseError } from '../../twin/database-error.ts';
import { type Duration, toMilliseconds } from '../../twin/duration.ts';
import { throughJson } from '../../twin/json.ts';
import { SimulationError, shown } from '../../twin/simulation-error.ts';
import { traceOf } from '../../twin/trace.ts';
import { messageOfThrown } from '../../twin/user-line.ts';
import type { Engine, Warning } from './engine/engine.ts';
import type { SimulationTrace } from './engine/trace.ts';
import { controlOf, type SimulationWorker } from './engine/worker-control.ts';
import { sentenceOf, type Which } from './faults/plans.ts';
import { Stub } from './faults/step-stub.ts';
import { History, type SentBroadcast } from './seen/history.ts';
import { noSuchStep, SimulatedRun } from './seen/run.ts';
import { type Timeline, timelineOfRuns } from './seen/timeline.ts';
import type { QueuedMessage, StartOptions } from './simulation.ts';
import { resolveWorkerConfig, type WorkerConfig } from './worker/config.ts';

export class SimulationOf {
  readonly runs: SimulatedRun[] = [];
  readonly database = { unreachable: (duration: Duration) => this.#unreachable(duration) };
  readonly #engine: Engine;
  readonly #history: History;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#history = new History(engine);
  }

  /** For what else is built on a simulation; undefined where it is none. */
  static engineOf(simulation: object): Engine | undefined {
    return #engine in simulation ? simulation.#engine : undefined;
  }

  step(slug: string): Stub {
    if (!this.#engine.flow.steps.has(slug)) throw noSuchStep(this.#engine, slug, 'sim.step()');
    const { plans, flow, startedAt } = this.#engine;
    const attempts = () => this.#history.attempts;
    return new Stub({ plans, flow, startedAt, attempts }, slug);
  }

  start(input: unknown, options: StartOptions = {}): SimulatedRun {
    const engine = this.#engine;
    checkObject(options, 'the options of start()');
    checkNames(options, 'the options of start()', startOptions);
    const { run_id, after = 0 } = options;
    if (run_id !== undefined && !isUuid(run_id)) {
      throw new SimulationError(`run_id is ${shown(run_id)}: expected a uuid`);
    }
    const value = inputOf(input, this.#engine);
    const delay = toMilliseconds(after, 'after');
    const run = new SimulatedRun(engine, this.#history, engine.runs.next(run_id), value);
    this.runs.push(run);
    engine.after(delay, () => begin(engine, run, value));
    return run;
  }

  get now(): Date {
    return new Date(this.#engine.now);
  }

  get elapsedMs(): number {
    return this.#engine.now - this.#engine.startedAt;
  }

  async advance(duration: Duration): Promise<void> {
    const ms = toMilliseconds(duration, 'the duration of advance()');
    const { clock } = this.#engine;
    await clock.drive(
      () => false,
      () => clock.now + ms,
    );
  }

  async runUntil(condition: (simulation: never) => boolean): Promise<void> {
    if (typeof condition !== 'function') {
      throw new SimulationError(`the condition of runUntil() is ${shown(condition)}: expected a function`);
    }
    const holds = () => {
      const answer: unknown = condition(this as never);
      if (!(answer instanceof Promise)) return !!answer;
      answer.catch(() => {});
      throw new SimulationError(
        'the condition of runUntil() returned a promise: expected true or false, because it is called after every event',
      );
    };
    if (await this.#engine.clock.drive(holds)) return;
    throw new SimulationError(
      `the condition of runUntil() is still false, and nothing else will happen\n${this.timeline}`,
    );
  }

  tick(): Promise<boolean> {
    return this.#engine.clock.tick();
  }

  async finish(): Promise<void> {
    for (const run of this.runs) await run.finish();
  }

  after(duration: Duration, action: () => void): void {
    if (typeof action !== 'function') {
      throw new SimulationError(`the action of after() is ${shown(action)}: expected a function`);
    }
    this.#engine.after(toMilliseconds(duration, 'the duration of after()'), () => void action());
  }

  get workers(): SimulationWorker[] {
    return this.#engine.workers.map((worker) => controlOf(this.#engine, worker));
  }

  addWorker(config: WorkerConfig = {}): SimulationWorker {
    const what = 'the configuration of addWorker()';
    checkObject(config, what);
    const resolved = resolveWorkerConfig({ ...this.#engine.options.worker, ...config }, what);
    return controlOf(this.#engine, this.#engine.addWorker(resolved));
  }

  #unreachable(duration: Duration): void {
    const engine = this.#engine;
    const ms = toMilliseconds(duration, 'the duration of unreachable()');
    engine.after(0, () => {
      engine.note({ type: 'database', what: 'unreachable' });
      engine.reachableFrom = Math.max(engine.reachableFrom, engine.now + ms);
      engine.after(ms, () => {
        if (engine.isReachable) engine.note({ type: 'database', what: 'reachable' });
      });
    });
  }

  duplicate(slug: string, which: Which = {}): void {
    this.step(slug).on(which).deliveredTwice();
  }

  get timeline(): Timeline {
    return timelineOfRuns(this.#history.timeline, { ofOneRun: false });
  }

  get warnings(): readonly Warning[] {
    const { warnings, plans } = this.#engine;
    // Before that, an attempt may still meet them.
    const isOver = this.runs.length > 0 && this.runs.every(({ isOver: ended, stuck }) => ended || stuck);
    if (!isOver) return warnings;
    return [
      ...warnings,
      ...plans.unreached.map(({ step, rule }) => {
        const { run = 0, index = 0, attempt = 0 } = rule.which;
        const message = `${sentenceOf(rule)} was never reached (${rule.place})`;
        return { run, step, index, attempt, message, place: rule.place! };
      }),
    ];
  }

  get queue(): QueuedMessage[] {
    return (this.#engine.queue.queueIn(this.#engine.state)?.messages.values() ?? []).map(messageOf);
  }

  get archive(): QueuedMessage[] {
    return (this.#engine.queue.queueIn(this.#engine.state)?.archive.values() ?? []).map(messageOf);
  }

  get broadcasts(): readonly SentBroadcast[] {
    return [...this.#history.broadcasts];
  }

  get trace(): SimulationTrace {
    const { startedAt, log, flow } = this.#engine;
    return traceOf({ engine: 'pgflow', release: '0.8.1' }, startedAt, log, flow.commands);
  }

  async close(): Promise<void> {
    await this.#engine.close();
  }
}

const startOptions: ReadonlySet<string> = new Set<keyof StartOptions>(['run_id', 'after']);

function inputOf(input: unknown, engine: Engine) {
  try {
    const { value, losses } = throughJson(input);
    for (const message of losses) {
      engine.warnings.push({ run: engine.runs.asked + 1, step: 'run', index: 0, attempt: 0, message });
    }
    return value;
  } catch (error) {
    throw new SimulationError(
      `the input of start() is ${shown(input)}: expected JSON (${input === undefined ? 'undefined is not JSON' : messageOfThrown(error).split('\n')[0]})`,
    );
  }
}

function begin(engine: Engine, run: SimulatedRun, input: unknown): void | Promise<void> {
  const refused = (error: unknown) => {
    if (!(error instanceof DatabaseError)) throw error;
    // What the database itself refuses is in the log.
    if (error.code === undefined) engine.note({ type: 'start lost', run_id: run.id, reason: error.message });
    run.refusal = new SimulationError(`run ${run.number} could not be started: ${error.message}`, {
      cause: error,
    });
  };
  try {
    const rows = engine.rows({
      type: 'start_flow',
      flow_slug: engine.flow.slug,
      input: input as never,
      run_id: run.id,
    });
    if (rows instanceof Promise) return rows.then(() => undefined, refused);
  } catch (error) {
    refused(error);
  }
}

function messageOf(row: {
  msg_id: number;
  read_ct: number;
  enqueued_at: number;
  vt: number;
  message: unknown;
}): QueuedMessage {
  const { msg_id, read_ct, enqueued_at, vt, message } = row;
  return { msg_id, read_ct, enqueuedAt: new Date(enqueued_at), visibleAt: new Date(vt), message };
}

const isUuid = (text: unknown) =>
  typeof text === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
