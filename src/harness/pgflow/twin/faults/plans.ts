/** What a test has said about the attempts of each step, and which of it an attempt meets. */
import { userLine } from '../../../twin/user-line.ts';
import type { CrashPoint } from '../log/log.ts';
import type { Fate, ScheduledAttempt } from './schedule.ts';

/** In place of the handler. */
export type Outcome =
  | { readonly type: 'returns'; readonly value: unknown }
  | { readonly type: 'throws'; readonly error: unknown }
  | { readonly type: 'runs'; readonly handler: (input: unknown, context: unknown) => unknown };

/** The attempts that a rule is for. A missing field matches any attempt. */
export interface Which {
  /** From 1. */
  readonly attempt?: number;
  /** Position of the task in its map, from 0. */
  readonly index?: number;
  /** Number of the run, from 1. */
  readonly run?: number;
}

export interface Rule {
  which: Which;
  /** How many attempts it is for. */
  times: number;
  used: number;
  /** Where it was written; undefined for one that was drawn at random, of which nobody minds. */
  readonly place: string | undefined;
  outcome?: Outcome;
  /** Milliseconds of virtual time. */
  takes?: number;
  crash?: CrashPoint;
  deliveredTwice?: boolean;
}

export interface Plan {
  readonly outcome: Outcome | undefined;
  /** Milliseconds of virtual time. */
  readonly takes: number;
  /** Whether the test said that: then the handler may not take any longer. */
  readonly isLimited: boolean;
  readonly crash: CrashPoint | undefined;
  readonly deliveredTwice: boolean;
}

const asItIs: Plan = {
  outcome: undefined,
  takes: 0,
  isLimited: false,
  crash: undefined,
  deliveredTwice: false,
};

export class Plans {
  readonly #rules = new Map<string, Rule[]>();
  /** Whether the rules that are added now are drawn at random. */
  areDrawn = false;

  add(step: string): Rule {
    const place = this.areDrawn ? undefined : (userLine() ?? 'a place that its stack does not tell');
    const rule: Rule = { which: {}, times: Number.POSITIVE_INFINITY, used: 0, place };
    const rules = this.#rules.get(step);
    if (rules) rules.push(rule);
    else this.#rules.set(step, [rule]);
    return rule;
  }

  /** Those that no attempt has met, but for the ones that were drawn. */
  get unreached(): { readonly step: string; readonly rule: Rule }[] {
    return [...this.#rules].flatMap(([step, rules]) =>
      rules.filter(({ used, place }) => used === 0 && place !== undefined).map((rule) => ({ step, rule })),
    );
  }

  /**
   * Each aspect by the first rule that has it: those for a number of attempts in the order in which they were said,
   * then the others, the last one said first; then what the schedule makes up. Uses them up.
   */
  of(attempt: ScheduledAttempt, made: Fate | undefined): Plan {
    const rules = this.#rules.get(attempt.step);
    if (rules === undefined && made === undefined) return asItIs;
    const found: { outcome?: Outcome; takes?: number; crash?: CrashPoint; deliveredTwice?: boolean } = {};
    for (const rule of inOrder(rules ?? [])) {
      if (rule.used < rule.times && isFor(rule.which, attempt) && contribute(rule, found)) rule.used++;
    }
    return {
      outcome: found.outcome ?? (made?.throws && { type: 'throws', error: made.throws.error }),
      takes: found.takes ?? made?.takes ?? 0,
      isLimited: found.takes !== undefined,
      crash: found.crash ?? made?.crash,
      deliveredTwice: found.deliveredTwice ?? made?.deliveredTwice ?? false,
    };
  }
}

function inOrder(rules: readonly Rule[]): Rule[] {
  const isLimited = ({ times, which }: Rule) =>
    times !== Number.POSITIVE_INFINITY || Object.keys(which).length > 0;
  return [...rules.filter(isLimited), ...rules.filter((rule) => !isLimited(rule)).reverse()];
}

const isFor = (which: Which, { attempt, index, run }: ScheduledAttempt) =>
  (which.attempt ?? attempt) === attempt && (which.index ?? index) === index && (which.run ?? run) === run;

type Aspects = Pick<Rule, 'outcome' | 'takes' | 'crash' | 'deliveredTwice'>;

/** Whether there was something to contribute. */
function contribute(rule: Rule, found: Aspects): boolean {
  let contributed = false;
  for (const aspect of ['outcome', 'takes', 'crash', 'deliveredTwice'] as const) {
    if (rule[aspect] === undefined || found[aspect] !== undefined) continue;
    Object.assign(found, { [aspect]: rule[aspect] });
    contributed = true;
  }
  return contributed;
}

/** What a rule says, as it was written: `throws() on { attempt: 2 }`. */
export function sentenceOf({ which, times, outcome, takes, crash, deliveredTwice }: Rule): string {
  const said = [
    outcome && `${outcome.type}()`,
    takes !== undefined && 'takes()',
    crash && `crashes('${crash}')`,
    deliveredTwice && 'deliveredTwice()',
  ].filter(Boolean);
  const fields = Object.entries(which).map(([name, value]) => `${name}: ${value}`);
  const on = fields.length === 0 ? '' : ` on { ${fields.join(', ')} }`;
  return `${said.join(', ') || 'a rule'}${on}${times === Number.POSITIVE_INFINITY ? '' : `, ${times} times`}`;
}
