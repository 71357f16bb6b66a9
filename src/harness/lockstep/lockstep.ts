/**
 * A trace on both sides at once, compared after every command. What is asked of the SQL depends on the trace
 * alone, so several batches are under way while the model works on the answer to the first of them.
 */
import { ModelBug } from '../../model/kernel/assert.ts';
import type { Invariant } from '../../model/kernel/machine.ts';
import type { Result } from '../../model/kernel/transition.ts';
import type { BatchResult, SqlDriver } from '../../sql/driver.ts';
import { DriverError } from '../../sql/driver.ts';
import { checkReset } from '../../sql/reset-failure.ts';
import type { AnyCommand } from '../contract/command.ts';
import type { ExecutableRelease } from '../contract/engine.ts';
import type { Observation } from '../contract/observation.ts';
import { startOf, type Trace } from '../contract/trace.ts';
import { compareInstants, compareObservations, compareResults, type Difference } from './comparison.ts';
import { drawnUuid } from './drawn-uuid.ts';

/** The first command after which model and SQL disagree. */
export interface Divergence {
  /** Position of the command in the trace, from 0. */
  readonly position: number;
  /** At least one; the first is the one that names the divergence. */
  readonly differences: readonly Difference[];
}

export interface Execution {
  /** How many commands were executed and compared, the diverging one included. */
  readonly commands: number;
  /** How often each branch of the model was reached. */
  readonly reached: ReadonlyMap<string, number>;
  readonly divergence: Divergence | null;
  /** Whether the signal ended it before the trace did. */
  readonly interrupted: boolean;
}

/** Both sides just after a command, as they were compared. */
export interface Compared<Command> {
  /** Position of the command in the trace, from 0. */
  readonly position: number;
  readonly command: Command;
  /** When the statement started, in milliseconds since the epoch. */
  readonly startedAt: number;
  readonly model: SideAfter;
  readonly sql: SideAfter;
  /** The branches of the model that the command reached. */
  readonly reached: readonly string[];
  readonly differences: readonly Difference[];
}

export interface SideAfter {
  readonly result: Result;
  readonly finishedAt: number;
  readonly tables: Observation;
}

export interface LockstepOptions {
  /** How many batches may be under way at once. Default 8. */
  readonly ahead?: number;
  /** The driver's housekeeping runs after every so many resets, whoever asked for them. Default 200. */
  readonly maintainEvery?: number;
  /** Called after every command, the diverging one included; the command may be any of the release's. */
  readonly onCompared?: ((compared: Compared<AnyCommand>) => void) | undefined;
}

/** By the position of the command; nothing where the reply was compared. */
type Replies = (Promise<BatchResult> | undefined)[];

/** One driver and what is executed on it. `execute` may be called before the last one ended: they take turns. */
export class Lockstep<State, Command extends AnyCommand> {
  readonly #release: ExecutableRelease<State, Command>;
  readonly #driver: SqlDriver;
  readonly #ahead: number;
  readonly #maintainEvery: number;
  readonly #onCompared: LockstepOptions['onCompared'];
  readonly #laws: readonly Invariant<State>[];
  /** Ends when the last trace has asked all that it will ask of the driver. */
  #turn: Promise<void> = Promise.resolve();
  constructor(release: ExecutableRelease<State, Command>, driver: SqlDriver, options: LockstepOptions = {}) {
    this.#release = release;
    this.#driver = driver;
    this.#ahead = options.ahead ?? 8;
    this.#maintainEvery = options.maintainEvery ?? 200;
    this.#onCompared = options.onCompared;
    this.#laws = [...release.machine.invariants, ...(release.invariants ?? [])];
  }

  /**
   * Executes the trace from the state just after installing, up to the first divergence.
   * Throws {@link ModelBug} where the model contradicts itself and {@link DriverError} where the driver breaks.
   */
  async execute(trace: Trace<Command>, signal?: AbortSignal): Promise<Execution> {
    const before = this.#turn;
    let passOn: () => void = () => {};
    this.#turn = new Promise((resolve) => {
      passOn = resolve;
    });
    await before;
    const replies: Replies = [];
    try {
      return await this.#execute(trace, replies, passOn, signal);
    } finally {
      passOn();
      // A driver may be closed after this, so nothing may be under way on it any more.
      await Promise.allSettled(replies);
    }
  }

  async #execute(
    trace: Trace<Command>,
    replies: Replies,
    allAsked: () => void,
    signal?: AbortSignal,
  ): Promise<Execution> {
    const release = this.#release;
    const { machine, comparison } = release;
    const reached = new Map<string, number>();
    const startedAt = startOf(trace);
    const { commands } = trace;

    const ask = (upTo: number) => {
      while (replies.length < Math.min(upTo, commands.length)) {
        const reply = this.#driver.run(this.#batch(trace, startedAt, replies.length));
        // Whoever stops early leaves replies that nobody waits for.
        reply.catch(() => {});
        replies.push(reply);
      }
      if (replies.length === commands.length) allAsked();
    };

    if (signal?.aborted) return { commands: 0, reached, divergence: null, interrupted: true };
    const reset = this.#reset(startedAt);
    reset.catch(() => {});
    ask(this.#ahead);
    await reset;

    let state = machine.initialState;
    let now = startedAt;
    for (let position = 0; position < commands.length; position++) {
      if (signal?.aborted) return { commands: position, reached, divergence: null, interrupted: true };
      ask(position + this.#ahead);
      const reply = await replies[position]!;
      // It may hold every table anew, and the trace may be long.
      replies[position] = undefined;
      const { at, command } = commands[position]!;

      const [returned, ...observed] = reply.results;
      if (returned === undefined) throw new DriverError('the driver answered a batch with no result');
      const observation = release.readObservation(observed);
      const transition = machine.transition(state, command, {
        now: Math.max(startedAt + at, now),
        uuid: release.uuid(commands, position),
        order: release.order(command, observation),
      });
      for (const branch of transition.reached) reached.set(branch, (reached.get(branch) ?? 0) + 1);
      this.#checkLaws(transition.state, command);

      const result = release.readResult(command, returned);
      const tables = release.project(transition.state);
      const differences = [
        ...compareResults(transition.result, result, comparison.resultIsOrdered(command)),
        ...compareInstants(transition.finishedAt, reply.finishedAt),
        ...compareObservations(tables, observation, comparison),
      ];
      this.#onCompared?.({
        position,
        command,
        startedAt: Math.max(startedAt + at, now),
        model: { result: transition.result, finishedAt: transition.finishedAt, tables },
        sql: { result, finishedAt: reply.finishedAt, tables: observation },
        reached: transition.reached,
        differences,
      });
      if (differences.length > 0) {
        return { commands: position + 1, reached, divergence: { position, differences }, interrupted: false };
      }
      state = transition.state;
      now = transition.finishedAt;
    }
    return { commands: commands.length, reached, divergence: null, interrupted: false };
  }

  /** The model breaking a law of its own is a bug of ours, whatever the SQL does. */
  #checkLaws(state: State, command: Command): void {
    for (const law of this.#laws) {
      const violation = law.violation(state);
      if (violation === undefined) continue;
      const after = this.#release.machine.describe(command);
      throw new ModelBug(`after ${after}: "${law.title}" does not hold: ${violation}`);
    }
  }

  #batch(trace: Trace<Command>, startedAt: number, position: number) {
    const { at, command } = trace.commands[position]!;
    return {
      at: startedAt + at,
      ...drawnUuid(this.#release, trace.commands, position),
      queries: [this.#release.call(command), ...this.#release.observe],
    };
  }

  async #reset(startedAt: number): Promise<void> {
    const queries = this.#release.reset;
    const reset = this.#driver.run({ at: startedAt, restartClock: true, queries });
    // Asked for at once, when the tables will be empty, and the commands right behind it.
    const resets = (resetsOf.get(this.#driver) ?? 0) + 1;
    resetsOf.set(this.#driver, resets);
    const maintenance = resets % this.#maintainEvery === 0 ? this.#driver.maintain?.() : undefined;
    maintenance?.catch(() => {});
    const { results } = await reset;
    await maintenance;
    checkReset(results);
  }
}

/** How often each database was reset: it may outlive those that execute traces on it. */
const resetsOf = new WeakMap<SqlDriver, number>();

/** Executes one trace on a driver that nothing else uses. */
export function executeTrace<State, Command extends AnyCommand>(
  release: ExecutableRelease<State, Command>,
  driver: SqlDriver,
  trace: Trace<Command>,
  options: LockstepOptions & { readonly signal?: AbortSignal } = {},
): Promise<Execution> {
  return new Lockstep(release, driver, options).execute(trace, options.signal);
}
