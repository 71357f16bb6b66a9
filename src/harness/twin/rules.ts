/** What a test has said about the calls of its functions, and which of it a call meets. */
import { sameJson } from './same-json.ts';
import { SimulationError, shown } from './simulation-error.ts';
import { userLine } from './user-line.ts';

/** The calls that a rule is for: a condition, or what they are to be equal to. A missing field matches any call. */
export type Whose<Call> = object | ((call: Call) => boolean);

export interface Rule<Call, Replacement> {
  which: Whose<Call>;
  times: number;
  used: number;
  /** Where it was written. */
  readonly place: string | undefined;
  replacement?: Replacement;
  /** Milliseconds of virtual time. */
  takes?: number;
}

export interface Plan<Replacement> {
  replacement?: Replacement;
  /** Milliseconds of virtual time. */
  takes?: number;
}

export class Rules<Call extends object, Replacement extends { readonly type: string }> {
  readonly #rules = new Map<string, Rule<Call, Replacement>[]>();

  /** `subject`: whose calls it is for, in words. */
  add(subject: string): Rule<Call, Replacement> {
    const rule: Rule<Call, Replacement> = {
      ...{ which: {}, times: Number.POSITIVE_INFINITY, used: 0, place: userLine() },
    };
    this.#rules.set(subject, [...(this.#rules.get(subject) ?? []), rule]);
    return rule;
  }

  /** Of each that no call has met, what it says and where it was written. */
  get unreached(): string[] {
    return [...this.#rules].flatMap(([subject, rules]) =>
      rules.filter(({ used }) => used === 0).map((rule) => `${subject}: ${sentenceOf(rule)}`),
    );
  }

  /**
   * Each aspect by the first rule that has it: of each subject in turn, those for particular calls in the order in which they
   * were said, then the others, the last one first. Uses them up.
   */
  of(subjects: readonly string[], call: Call): Plan<Replacement> {
    const found: Plan<Replacement> = {};
    for (const subject of subjects) {
      for (const rule of inOrder(this.#rules.get(subject) ?? [])) {
        if (rule.used < rule.times && isFor(rule.which, call) && contribute(rule, found)) rule.used++;
      }
    }
    return found;
  }
}

function inOrder<Call, Replacement>(
  rules: readonly Rule<Call, Replacement>[],
): readonly Rule<Call, Replacement>[] {
  const isParticular = ({ times, which }: Rule<Call, Replacement>) =>
    times !== Number.POSITIVE_INFINITY || typeof which === 'function' || Object.keys(which).length > 0;
  return [...rules.filter(isParticular), ...rules.filter((rule) => !isParticular(rule)).reverse()];
}

function isFor<Call extends object>(which: Whose<Call>, call: Call): boolean {
  if (typeof which === 'function') return holds(which as (call: Call) => boolean, call);
  return Object.entries(which).every(([name, value]) => sameJson(call[name as keyof Call], value));
}

/** @throws SimulationError where the condition of a test does */
function holds<Call>(condition: (call: Call) => boolean, call: Call): boolean {
  try {
    return condition(call) === true;
  } catch (error) {
    throw new SimulationError(`the condition of on() throws ${shown(error)}`, { cause: error });
  }
}

/** Whether there was something to contribute. */
function contribute<Replacement>(rule: Plan<Replacement>, found: Plan<Replacement>): boolean {
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

function sentenceOf<Call, Replacement extends { readonly type: string }>(
  rule: Rule<Call, Replacement>,
): string {
  const { which, times, replacement, takes, place } = rule;
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
