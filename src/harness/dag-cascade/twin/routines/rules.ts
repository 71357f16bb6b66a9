/** What a test says about the calls of a routine. */
import * as twin from '../../../twin/rules.ts';
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

type Call = CallbackArguments & { readonly call: number };

/** Whether a rule is for that call. */
export type Chooses = (call: Call) => boolean;

/** In place of the routine. */
export type Replacement =
  | { readonly type: 'returns' }
  | { readonly type: 'throws'; readonly error: unknown }
  | { readonly type: 'runs'; readonly routine: Routine }
  /** It never ends by itself. */
  | { readonly type: 'hangs' };

export type Rule = twin.Rule<Call, Replacement>;
export type Plan = twin.Plan<Replacement>;

const subjectOf = (routine: string): string => `routine "${routine}"`;

export class Rules {
  readonly #rules = new twin.Rules<Call, Replacement>();

  add(routine: string): Rule {
    return this.#rules.add(subjectOf(routine));
  }

  get unreached(): string[] {
    return this.#rules.unreached;
  }

  of(routine: string, call: Call): Plan {
    return this.#rules.of([subjectOf(routine)], call);
  }
}
