/** What a test says about a task: what replaces its handler, how long it takes, and what befalls it. */
import { checkNames, checkObject, wholeNumber } from '../../../twin/checks.ts';
import { type Duration, toMilliseconds } from '../../../twin/duration.ts';
import type { Rules } from '../../../twin/rules.ts';
import { SimulationError, shown } from '../../../twin/simulation-error.ts';
import type { TaskCall, TaskHandler } from './handler.ts';
import { resultOf } from './result.ts';
import type { CallOfRule, ChoosesTask, Replacement, Rule, WhichTask } from './rules.ts';

/**
 * Each chain of calls is one rule. Rules for particular calls (`on`, `times`) come first, in the order in which they were written. Then come the
 * other rules: of these, the last one counts. Without a rule, the handler of the options is called.
 */
export interface TaskStub {
  /** Replaces the handler: that is the result. */
  returns(result: unknown): this;
  /** Replaces the handler: the task fails by what it throws. */
  throws(error: unknown): this;
  /** Replaces the handler: the task fails with this `Error` and `Cause`. */
  fails(error: string, cause?: string): this;
  /** Replaces the handler by another one. */
  runs(handler: TaskHandler): this;
  /** Replaces the handler: whoever carries out the task has died. Nothing ends it but its own time limits. */
  hangs(): this;
  /** The virtual time from the call to its end, or more where the handler itself sleeps longer. Default: 0. */
  takes(duration: Duration): this;
  /** Limits this rule to so many calls. */
  times(count: number): this;
  /** Limits this rule to these calls, or to those for which the function returns true. */
  on(which: WhichTask | ChoosesTask): this;
  /** Every call so far, in order. */
  readonly calls: readonly TaskCall[];
}

const names: ReadonlySet<string> = new Set<keyof WhichTask>([
  'attempt',
  'call',
  'execution',
  'index',
  'input',
]);

export class Stub implements TaskStub {
  readonly #rules: Rules<CallOfRule, Replacement>;
  readonly #subject: string;
  readonly #calls: () => readonly TaskCall[];
  #rule: Rule | undefined;

  constructor(rules: Rules<CallOfRule, Replacement>, subject: string, calls: () => readonly TaskCall[]) {
    this.#rules = rules;
    this.#subject = subject;
    this.#calls = calls;
  }

  returns(result: unknown): this {
    return this.#replace({ type: 'returns', value: resultOf(result, 'returns() was given') });
  }

  throws(error: unknown): this {
    return this.#replace({ type: 'throws', error });
  }

  fails(error: string, cause?: string): this {
    if (typeof error !== 'string') {
      throw new SimulationError(`fails() was given ${shown(error)}: expected the name of an error`);
    }
    if (cause !== undefined && typeof cause !== 'string') {
      throw new SimulationError(`the cause of fails() is ${shown(cause)}: expected a text`);
    }
    return this.#replace({ type: 'fails', error, cause });
  }

  runs(handler: TaskHandler): this {
    if (typeof handler !== 'function') {
      throw new SimulationError(`runs() was given ${shown(handler)}: expected a function`);
    }
    return this.#replace({ type: 'runs', handler });
  }

  hangs(): this {
    return this.#replace({ type: 'hangs' });
  }

  takes(duration: Duration): this {
    this.#edit().takes = toMilliseconds(duration, 'the duration of takes()');
    return this;
  }

  times(count: number): this {
    this.#edit().times = wholeNumber(count, 'the count of times()', 1, Number.MAX_SAFE_INTEGER);
    return this;
  }

  on(which: WhichTask | ChoosesTask): this {
    if (typeof which !== 'function') {
      checkObject(which, 'the argument of on()');
      checkNames(which, 'the argument of on()', names);
    }
    this.#edit().which = typeof which === 'function' ? which : { ...which };
    return this;
  }

  get calls(): readonly TaskCall[] {
    return this.#calls();
  }

  /** A second replacement is a rule of its own, so that a stub can be kept in a variable. */
  #replace(replacement: Replacement): this {
    if (this.#rule?.replacement !== undefined) this.#rule = undefined;
    this.#edit().replacement = replacement;
    return this;
  }

  #edit(): Rule {
    this.#rule ??= this.#rules.add(this.#subject);
    return this.#rule;
  }
}
