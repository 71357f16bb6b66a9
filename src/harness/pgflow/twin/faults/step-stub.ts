/** What a test says about a step: in place of its handler, how long it takes, and what befalls its worker. */

import type { Instant } from '../../../../model/kernel/instant.ts';
import { checkObject, wholeNumber } from '../../../twin/checks.ts';
import { type Duration, toMilliseconds } from '../../../twin/duration.ts';
import { copyOf } from '../../../twin/json.ts';
import { isPromise, SimulationError, shown } from '../../../twin/simulation-error.ts';
import { withThrown } from '../../../twin/with-thrown.ts';
import type { FlowDefinition } from '../flow/flow.ts';
import type { AnyFlow, HandlerContext, StepSlug, TaskInput, TaskOutput } from '../flow/types.ts';
import { type AttemptKey, type CrashPoint, crashPoints } from '../log/log.ts';
import type { Outcome, Plans, Rule, Which } from './plans.ts';

/** A call of a handler, or of the stub that replaces it. */
export interface Call<F extends AnyFlow = AnyFlow, S extends string = string> {
  /** Number of the run, from 1. */
  readonly run: number;
  /** Position in its map, from 0. For a single step: 0. */
  readonly index: number;
  /** From 1. */
  readonly attempt: number;
  /** Number of the worker, from 1. */
  readonly worker: number;
  readonly input: TaskInput<F, S>;
  /** The output that the database got, or null if it got none. */
  readonly output: TaskOutput<F, S> | null;
  readonly error: string | undefined;
  /** What the handler threw, with its stack. */
  readonly thrown: unknown;
  readonly at: Date;
  /** Milliseconds since the simulation began. */
  readonly atMs: number;
}

/** A step that gives nothing is given nothing. */
type Given<Output> = undefined extends Output
  ? [value?: Output | Promise<Output>]
  : [value: Output | Promise<Output>];

/**
 * Each chain of calls is one rule. Rules for particular attempts (`on`, `times`) come first, in the order of their calls.
 * Then come the other rules: of these, the last one counts. Without a rule, the step behaves as in the flow.
 */
export interface StepStub<F extends AnyFlow, S extends StepSlug<F>> {
  /** Replaces the handler: returns this value. */
  returns(...value: Given<TaskOutput<F, S>>): this;
  /** The same as `returns`. */
  resolves(value: TaskOutput<F, S>): this;
  /** Replaces the handler: throws this, an Error or anything else. */
  throws(error: unknown): this;
  /** Replaces the handler by another one. */
  runs(
    handler: (
      input: TaskInput<F, S>,
      context: HandlerContext<F>,
    ) => TaskOutput<F, S> | Promise<TaskOutput<F, S>>,
  ): this;
  /**
   * The virtual time from the call of the handler to the report of its result. Default: 0. It is the longest time: a handler
   * that settles by something virtual before, such as a shutdown, ends then.
   */
  takes(duration: Duration): this;
  /**
   * The worker dies. `before`: the handler is not called. `during`: after half of the time that it `takes`; nothing stops
   * the code after its first `await`. `after`: when it has ended, before its result is reported to the database.
   */
  crashes(when: CrashPoint): this;
  /** The message becomes visible again as soon as the handler is called. */
  deliveredTwice(): this;
  /** Limits this rule to so many attempts. */
  times(count: number): this;
  /** Limits this rule to these attempts. */
  on(which: Which): this;
  /** Every call so far, in order. */
  readonly calls: readonly Call<F, S>[];
}

/** What a stub needs of the simulation that its step is part of. */
export interface Stubbed {
  readonly plans: Plans;
  readonly flow: FlowDefinition;
  /** Milliseconds since the epoch. */
  readonly startedAt: Instant;
  /** Every attempt so far, in order. */
  attempts(): readonly StubbedAttempt[];
}

export interface StubbedAttempt extends AttemptKey {
  readonly run: number;
  readonly worker: number;
  readonly input: unknown;
  readonly output: unknown;
  readonly error: string | undefined;
  readonly thrown?: unknown;
  /** When the handler was called; null where it was not. */
  readonly calledAt: Instant | null;
}

export class Stub {
  readonly #stubbed: Stubbed;
  readonly #slug: string;
  #rule: Rule | undefined;

  constructor(stubbed: Stubbed, slug: string) {
    this.#stubbed = stubbed;
    this.#slug = slug;
  }

  returns(value: unknown): this {
    // One that is rejected before an attempt meets it is none that nobody handles.
    if (isPromise(value)) value.catch(() => {});
    return this.#outcome({ type: 'returns', value });
  }

  resolves(value: unknown): this {
    return this.returns(value);
  }

  throws(error: unknown): this {
    return this.#outcome({ type: 'throws', error });
  }

  runs(handler: unknown): this {
    if (typeof handler !== 'function') {
      throw new SimulationError(`runs() was given ${shown(handler)}: expected a function`);
    }
    return this.#outcome({ type: 'runs', handler: handler as never });
  }

  takes(duration: Duration): this {
    this.#edit().takes = toMilliseconds(duration, 'the duration of takes()');
    return this;
  }

  crashes(when: CrashPoint): this {
    if (!crashPoints.has(when)) {
      throw new SimulationError(`crashes() was given ${shown(when)}: expected 'before', 'during' or 'after'`);
    }
    this.#edit().crash = when;
    return this;
  }

  deliveredTwice(): this {
    this.#edit().deliveredTwice = true;
    return this;
  }

  times(count: number): this {
    this.#edit().times = wholeNumber(count, 'the count of times()', 1, Number.MAX_SAFE_INTEGER);
    return this;
  }

  on(which: Which): this {
    this.#edit().which = this.#checkWhich(which);
    return this;
  }

  get calls(): readonly Call[] {
    const { startedAt } = this.#stubbed;
    return this.#stubbed
      .attempts()
      .filter(({ step_slug, calledAt }) => step_slug === this.#slug && calledAt !== null)
      .map(({ run, task_index, attempt, worker, input, output, error, thrown, calledAt }) => {
        const call = {
          run,
          index: task_index,
          attempt,
          worker,
          input: copyOf(input) as never,
          output: copyOf(output ?? null) as never,
          error,
          at: new Date(calledAt!),
          atMs: calledAt! - startedAt,
        };
        return withThrown(call, thrown);
      });
  }

  /** A second outcome is a rule of its own, so that a stub can be kept in a variable. */
  #outcome(outcome: Outcome): this {
    if (this.#rule?.outcome !== undefined) this.#rule = undefined;
    this.#edit().outcome = outcome;
    return this;
  }

  #edit(): Rule {
    this.#rule ??= this.#stubbed.plans.add(this.#slug);
    return this.#rule;
  }

  #checkWhich(which: Which): Which {
    checkObject(which, 'the argument of on()');
    for (const [name, value] of Object.entries(which)) {
      if (name !== 'attempt' && name !== 'index' && name !== 'run') {
        throw new SimulationError(`on() was given "${name}": expected attempt, index or run`);
      }
      wholeNumber(value, `${name} of on()`, name === 'index' ? 0 : 1, Number.MAX_SAFE_INTEGER);
    }
    if ((which.index ?? 0) > 0 && !this.#stubbed.flow.steps.get(this.#slug)?.isMap) {
      throw new SimulationError(
        `index of on() is ${which.index}: expected 0, because step "${this.#slug}" is not a map and has one task`,
      );
    }
    return { ...which };
  }
}
