/**
 * Traces on the real side. What is asked of it depends on the trace alone, so several batches are under way while whoever
 * asked works on the answer to the first of them.
 */
import { type BatchResult, DriverError, type SqlDriver } from '../../sql/driver.ts';
import { checkReset } from '../../sql/reset-failure.ts';
import type { AnyCommand } from '../contract/command.ts';
import type { ModelFacet } from '../contract/model.ts';
import type { SqlFacet } from '../contract/sql.ts';
import { startOf, type Trace } from '../contract/trace.ts';
import type { Answer } from './answer.ts';
import { drawnUuid } from './drawn-uuid.ts';

export interface SqlSideOptions {
  /** How many batches may be under way at once. Default 8. */
  readonly ahead?: number;
  /** The driver's housekeeping runs after every so many resets, whoever asked for them. Default 200. */
  readonly maintainEvery?: number;
}

/** What the real side is asked by. */
export type AskedRelease<Command extends AnyCommand> = SqlFacet<Command> &
  Pick<ModelFacet<never, Command>, 'uuid' | 'drawsUuid'>;

/** By the position of the command; nothing where the reply was handed over. */
type Replies = (Promise<BatchResult> | undefined)[];

/** One driver and what is executed on it. `execute` may be called before the last one ended: they take turns. */
export class SqlSide<Command extends AnyCommand> {
  readonly #release: AskedRelease<Command>;
  readonly #driver: SqlDriver;
  readonly #ahead: number;
  readonly #maintainEvery: number;
  /** Ends when the last trace has asked all that it will ask of the driver. */
  #turn: Promise<void> = Promise.resolve();

  constructor(release: AskedRelease<Command>, driver: SqlDriver, options: SqlSideOptions = {}) {
    this.#release = release;
    this.#driver = driver;
    this.#ahead = options.ahead ?? 8;
    this.#maintainEvery = options.maintainEvery ?? 200;
  }

  /**
   * Executes the trace from the state just after installing. `onAnswer` gets what was answered, command by command, until
   * it says to stop. Resolves to whether the signal ended it before that. Throws {@link DriverError} where the driver breaks.
   */
  async execute(
    trace: Trace<Command>,
    onAnswer: (answer: Answer, position: number) => 'go on' | 'stop',
    signal?: AbortSignal,
  ): Promise<{ readonly interrupted: boolean }> {
    const before = this.#turn;
    let passOn: () => void = () => {};
    this.#turn = new Promise((resolve) => {
      passOn = resolve;
    });
    await before;
    const replies: Replies = [];
    try {
      return await this.#execute(trace, replies, { onAnswer, allAsked: passOn, signal });
    } finally {
      passOn();
      // A driver may be closed after this, so nothing may be under way on it any more.
      await Promise.allSettled(replies);
    }
  }

  /** Every table as it is just after installing. */
  async observeFresh(startedAt: number): Promise<Answer['tables']> {
    await this.#reset(startedAt);
    const { results } = await this.#driver.run({ at: startedAt, queries: this.#release.observe });
    return this.#release.readObservation(results);
  }

  async #execute(
    trace: Trace<Command>,
    replies: Replies,
    asked: {
      readonly onAnswer: (answer: Answer, position: number) => 'go on' | 'stop';
      readonly allAsked: () => void;
      readonly signal: AbortSignal | undefined;
    },
  ): Promise<{ readonly interrupted: boolean }> {
    const { onAnswer, allAsked, signal } = asked;
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

    if (signal?.aborted) return { interrupted: true };
    const reset = this.#reset(startedAt);
    reset.catch(() => {});
    ask(this.#ahead);
    await reset;

    for (let position = 0; position < commands.length; position++) {
      if (signal?.aborted) return { interrupted: true };
      ask(position + this.#ahead);
      const { results, finishedAt } = await replies[position]!;
      // It may hold every table anew, and the trace may be long.
      replies[position] = undefined;
      const [returned, ...observed] = results;
      if (returned === undefined) throw new DriverError('the driver answered a batch with no result');
      const answer = {
        tables: this.#release.readObservation(observed),
        result: this.#release.readResult(commands[position]!.command, returned),
        finishedAt,
      };
      if (onAnswer(answer, position) === 'stop') break;
    }
    return { interrupted: false };
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
