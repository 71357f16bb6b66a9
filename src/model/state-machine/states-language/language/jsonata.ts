/** Expressions of JSONata in the fields of a state: texts between `{%` and `%}`. Somebody else evaluates them. */
import { type Jsonb, jsonbObject } from '../../../kernel/jsonb.ts';
import { isArray, isObject } from '../../shared/paths.ts';

const whole = /^\{%([\s\S]*)%\}$/;

/** Undefined where the text is no expression. */
export const expressionIn = (text: string): string | undefined => whole.exec(text)?.[1];

/** A value whose expressions are in the place of what they come to. */
export function resolved(template: Jsonb, evaluate: (expression: string) => Jsonb): Jsonb {
  if (typeof template === 'string') {
    const expression = expressionIn(template);
    return expression === undefined ? template : evaluate(expression);
  }
  if (isArray(template)) return template.map((each) => resolved(each, evaluate));
  if (!isObject(template)) return template;
  return jsonbObject(
    Object.entries(template).map(([key, value]): [string, Jsonb] => [key, resolved(value, evaluate)]),
  );
}

/** Every expression in it. */
export function expressionsIn(template: Jsonb): readonly string[] {
  const found: string[] = [];
  resolved(template, (expression) => {
    found.push(expression);
    return null;
  });
  return found;
}
