/** What a test has said about the calls of each routine, and which of it a call meets. */
import { sameJson } from '../../../twin/same-json.ts';
import { SimulationError, shown } from '../../../twin/simulation-error.ts';
import { userLine } from '../../../twin/user-line.ts';
import type { CallbackArguments, Routine } from './routine.ts';

/** The calls that a rule is for. A missing field matches any call. */
export interface Which {
  /** How often the routine was called, from 1. */
  readonly call?: number;
  readonly flow_id?: number;
  readonly node?: string;
  readonly task_id?: number;
  /** Arguments of a step, equal as JSON. `{}`: the node itself. */
  readonly step_arguments?: unknown;
}

/** Whether a rule is for that call. */
export type Chooses = (call: CallbackArguments & { readonly call: number }) => boolean;

/** In place of the routine. */
export type Replacement =
  | { readonly type: 'returns' }
  | { readonly type: 'throws'; readonly error: unknown }
  | { readonly type: 'runs'; readonly routine: Routine }
  /** It never ends by itself. */
  | { readonly type: 'hangs' };

export interface Rule {
  which: Which | Chooses;
  times: number;
  used: number;
  /** Where it was written. */
  readonly place: string | undefined;
  replacement?: Replacement;
  /** Milliseconds of virtual time. */
  takes?: number;
}

export type Plan = Pick<Rule, 'replacement' | 'takes'>;

export class Rules {
  readonly #rules = new Map<string, Rule[]>();

  add(routine: string): Rule {
    const rule: Rule = { which: {}, times: Number.POSITIVE_INFINITY, used: 0, place: userLine() };
    this.#rules.set(routine, [...(this.#rules.get(routine) ?? []), rule]);
    return rule;
  }

  /** Of each that no call has met, what it says and where it was written. */
  get unreached(): string[] {
    return [...this.#rules].flatMap(([routine, rules]) =>
      rules.filter(({ used }) => used === 0).map((rule) => `routine "${routine}": ${sentenceOf(rule)}`),
    );
  }

  /**
   * Each aspect by the first rule that has it: those for particular calls in the order in which they were said, then the
   * others, the last one first. Uses them up.
   */
  of(routine: string, call: CallbackArguments & { readonly call: number }): Plan {
    const found: Plan = {};
    for (const rule of inOrder(this.#rules.get(routine) ?? [])) {
      if (rule.used < rule.times && isFor(rule.which, call) && contribute(rule, found)) rule.used++;
    }
    return found;
  }
}

function inOrder(rules: readonly Rule[]): Rule[] {
  const isParticular = ({ times, which }: Rule) =>
    times !== Number.POSITIVE_INFINITY || typeof which === 'function' || Object.keys(which).length > 0;
  return [...rules.filter(isParticular), ...rules.filter((rule) => !isParticular(rule)).reverse()];
}

function isFor(which: Which | Chooses, call: CallbackArguments & { readonly call: number }): boolean {
  if (typeof which === 'function') return holds(which, call);
  return Object.entries(which).every(([name, value]) => sameJson(call[name as keyof Which], value));
}

/** @throws SimulationError where the condition of a test does */
function holds(condition: Chooses, call: CallbackArguments & { readonly call: number }): boolean {
  try {
    return condition(call) === true;
  } catch (error) {
    throw new SimulationError(`the condition of on() throws ${shown(error)}`, { cause: error });
  }
}

/** Whether there was something to contribute. */
function contribute(rule: Rule, found: { replacement?: Replacement; takes?: number }): boolean {
  let contributed = false;
  if (rule.replacement !== undefined && found.replacement === undefined) {
    found.replacement = rule.replacement;
    contributed = true;
  }
  if (rule.takes !== undefined && found.takes === undefined) {
    found.takes = rule.takes;
    contributed = true;
  }
  return contributed;
}

function sentenceOf({ which, times, replacement, takes, place }: Rule): string {
  const said = [replacement && `${replacement.type}()`, takes !== undefined && 'takes()'].filter(Boolean);
  const on =
    typeof which === 'function'
      ? ' on a condition'
      : Object.keys(which).length === 0
        ? ''
        : ` on ${JSON.stringify(which)}`;
  const limit = times === Number.POSITIVE_INFINITY ? '' : `, ${times} times`;
  const where = place === undefined ? '' : ` (${place})`;
  return `${said.join(', ') || 'a rule'}${on}${limit} was never reached${where}`;
}
