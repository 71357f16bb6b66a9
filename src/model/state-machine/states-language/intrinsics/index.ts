/** Expressions of intrinsic functions, read and evaluated. */
import type { Jsonb } from '../../../kernel/jsonb.ts';
import { RecentTexts } from '../../../kernel/recent-texts.ts';
import { Arguments } from './arguments.ts';
import { unescaped } from './format.ts';
import { called, functionNames, type Surroundings } from './functions.ts';
import { type Expression, parsedCall } from './syntax.ts';

export type { Surroundings } from './functions.ts';

const expressions = new RecentTexts<{ readonly call: Expression | undefined }>((text) => ({
  call: parsedCall(text),
}));

/** Whether the text calls functions that there are, with paths that are some. */
export function isCall(text: string, isPath: (path: string) => boolean): boolean {
  const { call } = expressions.get(text);
  return call !== undefined && isKnown(call, isPath);
}

function isKnown(expression: Expression, isPath: (path: string) => boolean): boolean {
  if (expression.kind === 'path') return isPath(expression.path);
  if (expression.kind === 'constant') return true;
  return (
    functionNames.includes(expression.name) && expression.parameters.every((each) => isKnown(each, isPath))
  );
}

/** Undefined where a path in it selects nothing. */
export function evaluated(
  text: string,
  select: (path: string) => Jsonb | undefined,
  surroundings: Surroundings,
): Jsonb | undefined {
  return valueIn(expressions.get(text).call!, select, surroundings);
}

function valueIn(
  expression: Expression,
  select: (path: string) => Jsonb | undefined,
  surroundings: Surroundings,
): Jsonb | undefined {
  if (expression.kind === 'path') return select(expression.path);
  if (expression.kind === 'constant') {
    return typeof expression.value === 'string' ? unescaped(expression.value) : expression.value;
  }
  const { name, parameters } = expression;
  const values: Jsonb[] = [];
  for (const [i, parameter] of parameters.entries()) {
    // In the text of Format, backslashes keep braces from being filled.
    const isTemplate = name === 'Format' && i === 0 && parameter.kind === 'constant';
    const value = isTemplate ? parameter.value : valueIn(parameter, select, surroundings);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return called(name, new Arguments(name, values), surroundings);
}
