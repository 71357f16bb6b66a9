/** Rules of a Choice. */
import type { RuleJson } from '../../../src/model/state-machine/states-language/language/definition.ts';
import { type Roots, select, selected } from './paths.ts';
import { type Json, order, timeOf } from './values.ts';

export function holds(rule: RuleJson, roots: Roots): boolean {
  if (rule.And) return rule.And.every((each) => holds(each, roots));
  if (rule.Or) return rule.Or.some((each) => holds(each, roots));
  if (rule.Not) return !holds(rule.Not, roots);
  const { Variable, Next: _, Comment: __, ...rest } = rule;
  const [[operator, operand]] = Object.entries(rest) as [[string, Json]];
  if (operator === 'IsPresent') return (select(Variable!, roots) !== undefined) === operand;
  const value = selected('Variable', Variable!, roots);
  if (!operator.endsWith('Path')) return compare(operator, value, operand);
  return compare(operator.slice(0, -4), value, selected(operator, operand as string, roots));
}

/** A value of another kind than the operator's is never equal, less or greater. */
function compare(operator: string, value: Json, operand: Json): boolean {
  switch (operator) {
    case 'IsNull':
      return (value === null) === operand;
    case 'IsNumeric':
      return (typeof value === 'number') === operand;
    case 'IsString':
      return (typeof value === 'string') === operand;
    case 'IsBoolean':
      return (typeof value === 'boolean') === operand;
    case 'IsTimestamp':
      return (timeOf(value) !== undefined) === operand;
    case 'BooleanEquals':
      return typeof value === 'boolean' && value === operand;
    case 'StringMatches':
      return typeof value === 'string' && matches(value, tokensOf(operand as string));
  }
  const [, kind, relation] = /^(String|Numeric|Timestamp)(.*)$/.exec(operator)!;
  const difference = differenceOf(kind!, value, operand);
  if (difference === undefined) return false;
  if (relation === 'Equals') return difference === 0;
  if (relation!.endsWith('Equals') && difference === 0) return true;
  return relation!.startsWith('LessThan') ? difference < 0 : difference > 0;
}

function differenceOf(kind: string, a: Json, b: Json): number | undefined {
  if (kind === 'String') return typeof a === 'string' && typeof b === 'string' ? order(a, b) : undefined;
  if (kind === 'Numeric') return typeof a === 'number' && typeof b === 'number' ? a - b : undefined;
  const [left, right] = [timeOf(a), timeOf(b)];
  return left === undefined || right === undefined ? undefined : left - right;
}

/** Undefined stands for any characters. */
function tokensOf(pattern: string): (string | undefined)[] {
  const tokens: (string | undefined)[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const isEscape = pattern[i] === '\\' && (pattern[i + 1] === '*' || pattern[i + 1] === '\\');
    if (isEscape) tokens.push(pattern[++i]);
    else tokens.push(pattern[i] === '*' ? undefined : pattern[i]);
  }
  return tokens;
}

function matches(text: string, tokens: readonly (string | undefined)[]): boolean {
  if (tokens.length === 0) return text === '';
  const [first, ...rest] = tokens;
  if (first !== undefined) return text[0] === first && matches(text.slice(1), rest);
  return Array.from({ length: text.length + 1 }, (_, i) => text.slice(i)).some((end) => matches(end, rest));
}
