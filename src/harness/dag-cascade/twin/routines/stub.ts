/** What a test says about a routine: what replaces it, how long it takes, and what befalls it. */
import { checkObject, wholeNumber } from '../../../twin/checks.ts';
import { type Duration, toMilliseconds } from '../../../twin/duration.ts';
import { SimulationError, shown } from '../../../twin/simulation-error.ts';
import { passedThroughJson } from '../functions/through-json.ts';
import type { Routine, RoutineCall } from './routine.ts';
import type { Chooses, Replacement, Rule, Rules, Which } from './rules.ts';

/**
 * Each chain of calls is one rule. Rules for particular calls (`on`, `times`) come first, in the order of their calls. Then come the
 * other rules: of these, the last one counts. Without a rule, the function in `options.routines` is called.
 */
export interface RoutineStub {
  /** Replaces the routine: does nothing, and ends well. */
  returns(): this;
  /** Replaces the routine: its task fails with the message of this. */
  throws(error: unknown): this;
  /** Replaces the routine by another one. */
  runs(routine: Routine): this;
  /** Replaces the routine: it never ends. Its task fails when its time is up. */
  hangs(): this;
  /** The virtual time from the call to its end, or more where the routine itself sleeps longer. Default: 0. */
  takes(duration: Duration): this;
  /** Limits this rule to so many calls. */
  times(count: number): this;
  /** Limits this rule to these calls, or to those for which the function returns true. */
  on(which: Which | Chooses): this;
  /** Every call so far, in order. */
  readonly calls: readonly RoutineCall[];
}

const numbers: ReadonlySet<string> = new Set(['call', 'flow_id', 'task_id']);

export class Stub implements RoutineStub {
  readonly #rules: Rules;
  readonly #routine: string;
  readonly #calls: () => readonly RoutineCall[];
  #rule: Rule | undefined;

  constructor(rules: Rules, routine: string, calls: () => readonly RoutineCall[]) {
    this.#rules = rules;
    this.#routine = routine;
    this.#calls = calls;
  }

  returns(): this {
    return this.#replace({ type: 'returns' });
  }

  throws(error: unknown): this {
    return this.#replace({ type: 'throws', error });
  }

  runs(routine: Routine): this {
    if (typeof routine !== 'function') {
      throw new SimulationError(`runs() was given ${shown(routine)}: expected a function`);
    }
    return this.#replace({ type: 'runs', routine });
  }

  hangs(): this {
    return this.#replace({ type: 'hangs' });
  }

  takes(duration: Duration): this {
    const ms = toMilliseconds(duration, 'the duration of takes()');
    this.#edit().takes = ms;
    return this;
  }

  times(count: number): this {
    const times = wholeNumber(count, 'the count of times()', 1, Number.MAX_SAFE_INTEGER);
    this.#edit().times = times;
    return this;
  }

  on(which: Which | Chooses): this {
    const checked = typeof which === 'function' ? which : checkWhich(which);
    this.#edit().which = checked;
    return this;
  }

  get calls(): readonly RoutineCall[] {
    return this.#calls().filter(({ routine }) => routine === this.#routine);
  }

  /** A second replacement is a rule of its own, so that a stub can be kept in a variable. */
  #replace(replacement: Replacement): this {
    if (this.#rule?.replacement !== undefined) this.#rule = undefined;
    this.#edit().replacement = replacement;
    return this;
  }

  #edit(): Rule {
    this.#rule ??= this.#rules.add(this.#routine);
    return this.#rule;
  }
}

/** A copy, which nobody changes any more. */
function checkWhich(which: Which): Which {
  checkObject(which, 'the argument of on()');
  return Object.fromEntries(Object.entries(which).map(([name, value]) => [name, checkSubject(name, value)]));
}

function checkSubject(name: string, value: unknown): unknown {
  if (numbers.has(name)) return wholeNumber(value, `${name} of on()`, 1, Number.MAX_SAFE_INTEGER);
  if (name === 'step_arguments') return passedThroughJson(value, 'step_arguments of on()').value;
  if (name !== 'node') {
    throw new SimulationError(
      `on() was given "${name}": expected call, flow_id, node, task_id or step_arguments`,
    );
  }
  if (typeof value === 'string') return value;
  throw new SimulationError(`node of on() is ${shown(value)}: expected a text`);
}
