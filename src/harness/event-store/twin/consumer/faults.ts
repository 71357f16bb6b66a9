/** What a test has said about the deliveries to a consumer, and which of it a delivery meets. */
import { checkObject, wholeNumber } from '../../../twin/checks.ts';
import { type Duration, toMilliseconds } from '../../../twin/duration.ts';
import { SimulationError, shown } from '../../../twin/simulation-error.ts';
import { userLine } from '../../../twin/user-line.ts';
import { type CrashPoint, crashPoints } from '../database/log.ts';

/** The deliveries that a fault is for. A missing field matches any delivery. */
export interface Which {
  /** How often the view got this event without acknowledging it, from 1. */
  readonly delivery?: number;
  readonly offset?: number;
  /** The kind of event. */
  readonly event?: string;
  readonly decider_id?: string;
}

/**
 * Each chain of calls is one rule. Rules for particular deliveries (`on`, `times`) come first, in the order of their
 * calls. Then come the other rules: of these, the last one counts.
 */
export interface Fault {
  /** The consumer dies `before` its handler is called, or `after` the handler has ended. In both cases nothing is acknowledged. */
  crashes(when: CrashPoint): this;
  /** Replaces the handler: throws this. */
  throws(error: unknown): this;
  /** The virtual time that the handler takes, or less where it settles by something virtual before. Default: 0. */
  takes(duration: Duration): this;
  /** Limits this rule to so many deliveries. */
  times(count: number): this;
  /** Limits this rule to these deliveries. */
  on(which: Which): this;
}

interface Rule {
  which: Which;
  times: number;
  used: number;
  /** Where it was written. */
  readonly place: string | undefined;
  crash?: CrashPoint;
  thrown?: { readonly error: unknown };
  /** Milliseconds. */
  takes?: number;
}

export type Plan = Pick<Rule, 'crash' | 'thrown' | 'takes'>;

const none: Plan = {};

export class Faults {
  readonly #rules: Rule[] = [];

  add(): Fault {
    const rule: Rule = { which: {}, times: Number.POSITIVE_INFINITY, used: 0, place: userLine() };
    this.#rules.push(rule);
    return new FaultRule(rule);
  }

  /** Of each that no delivery has met, what it says and where it was written. */
  get unreached(): string[] {
    return this.#rules.filter(({ used }) => used === 0).map(sentenceOf);
  }

  /** Each aspect by the first rule that has it. Uses them up. */
  of(delivery: Required<Which>): Plan {
    if (this.#rules.length === 0) return none;
    const found: Plan = {};
    for (const rule of inOrder(this.#rules)) {
      if (rule.used < rule.times && isFor(rule.which, delivery) && contribute(rule, found)) rule.used++;
    }
    return found;
  }
}

function sentenceOf({ which, times, crash, thrown, takes, place }: Rule): string {
  const said = [
    crash && `crashes('${crash}')`,
    thrown && 'throws()',
    takes !== undefined && 'takes()',
  ].filter(Boolean);
  const on = Object.keys(which).length === 0 ? '' : ` on ${JSON.stringify(which)}`;
  const limit = times === Number.POSITIVE_INFINITY ? '' : `, ${times} times`;
  return `${said.join(', ')}${on}${limit} was never reached${place === undefined ? '' : ` (${place})`}`;
}

function inOrder(rules: readonly Rule[]): Rule[] {
  const isLimited = ({ times, which }: Rule) =>
    times !== Number.POSITIVE_INFINITY || Object.keys(which).length > 0;
  return [...rules.filter(isLimited), ...rules.filter((rule) => !isLimited(rule)).reverse()];
}

function isFor(which: Which, delivery: Required<Which>): boolean {
  return Object.entries(which).every(([name, value]) => delivery[name as keyof Which] === value);
}

/** Whether there was something to contribute. */
function contribute(rule: Rule, found: Plan): boolean {
  let contributed = false;
  for (const aspect of ['crash', 'thrown', 'takes'] as const) {
    if (rule[aspect] === undefined || found[aspect] !== undefined) continue;
    Object.assign(found, { [aspect]: rule[aspect] });
    contributed = true;
  }
  return contributed;
}

class FaultRule implements Fault {
  readonly #rule: Rule;

  constructor(rule: Rule) {
    this.#rule = rule;
  }

  crashes(when: CrashPoint): this {
    if (!crashPoints.has(when)) {
      throw new SimulationError(`crashes() was given ${shown(when)}: expected 'before' or 'after'`);
    }
    this.#rule.crash = when;
    return this;
  }

  throws(error: unknown): this {
    this.#rule.thrown = { error };
    return this;
  }

  takes(duration: Duration): this {
    this.#rule.takes = toMilliseconds(duration, 'the duration of takes()');
    return this;
  }

  times(count: number): this {
    this.#rule.times = wholeNumber(count, 'the count of times()', 1, Number.MAX_SAFE_INTEGER);
    return this;
  }

  on(which: Which): this {
    this.#rule.which = checkWhich(which);
    return this;
  }
}

function checkWhich(which: Which): Which {
  checkObject(which, 'the argument of on()');
  for (const [name, value] of Object.entries(which)) {
    switch (name) {
      case 'delivery':
      case 'offset':
        wholeNumber(value, `${name} of on()`, 1, Number.MAX_SAFE_INTEGER);
        break;
      case 'event':
      case 'decider_id':
        if (typeof value === 'string') break;
        throw new SimulationError(`${name} of on() is ${shown(value)}: expected a text`);
      default:
        throw new SimulationError(`on() was given "${name}": expected delivery, offset, event or decider_id`);
    }
  }
  return { ...which };
}
