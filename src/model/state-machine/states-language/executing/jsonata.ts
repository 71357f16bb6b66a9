/** States that are written in JSONata: what their expressions come to is asked for, one after the other. */
import { type Jsonb, jsonbObject } from '../../../kernel/jsonb.ts';
import { Asks, fail } from '../language/failure.ts';
import { resolved } from '../language/jsonata.ts';
import type { View } from '../language/language.ts';
import { putPart } from './live.ts';
import type { Activity, Draft, Live } from './state.ts';

/** What an expression is to be evaluated with: `$states`, and each variable by its name. */
export interface Question {
  readonly expression: string;
  readonly bindings: Readonly<Record<string, Jsonb>>;
}
export type Answer = { readonly value: Jsonb } | { readonly error: string };

const failure = 'States.QueryEvaluationError';

function answered(draft: Draft, question: Question): Jsonb {
  const answer = draft.answers[draft.answered];
  if (!answer) throw new Asks(question);
  draft.answered++;
  return 'error' in answer ? fail(failure, answer.error) : answer.value;
}

/** What there is in `$states` besides the input and the context. */
export interface Known {
  readonly result?: Jsonb;
  readonly errorOutput?: Jsonb;
}

export type Evaluate = (template: Jsonb, known?: Known, context?: View['context']) => Jsonb;

export const evaluatorOf =
  (live: Live, activity: Activity, own: View['context']): Evaluate =>
  (template, known = {}, context = own) =>
    resolved(template, (expression) => {
      const states: Jsonb = { input: activity.input, context: context(), ...known };
      return answered(live.draft, {
        expression,
        bindings: { ...variablesOf(live, activity.part_id), states },
      });
    });

/** Inner ones hide outer ones. */
function variablesOf(live: Live, part_id: string | null): Readonly<Record<string, Jsonb>> {
  if (part_id === null) return live.variables;
  const { activity_id, variables } = live.parts.get(part_id)!;
  return { ...variablesOf(live, live.entered.get(activity_id)!.part_id), ...variables };
}

/** Variables are of the part in which they are assigned. All values are looked up before one of them changes. */
export function assign(live: Live, part_id: string | null, values: Jsonb): void {
  const assigned = Object.entries(values as Readonly<Record<string, Jsonb>>);
  if (part_id === null) {
    live.variables = jsonbObject([...Object.entries(live.variables), ...assigned]);
    return;
  }
  const part = live.parts.get(part_id)!;
  putPart(live, { ...part, variables: jsonbObject([...Object.entries(part.variables), ...assigned]) });
}

/** What must be of a kind. */
export function must<T>(field: string, value: Jsonb, read: (value: Jsonb) => T | undefined): T {
  const found = read(value);
  return found === undefined ? fail(failure, `${field} gives what it cannot use`) : found;
}
