/** Which state a Choice leads to. */
import type { Jsonb } from '../../kernel/jsonb.ts';
import { compareBytes } from '../shared/bytes.ts';
import type { RuleJson, StateJson } from '../shared/definition.ts';
import { find, pathOf } from '../shared/paths.ts';
import type { AsDocumented } from './deviations.ts';
import { nil, panic } from './panic.ts';
import type { Draft } from './state.ts';

/** The name of the next state. */
export function chosen({ Choices, Default }: StateJson, output: Jsonb, draft: Draft): string {
  for (const choice of Choices ?? []) if (matches(choice, output, draft)) return choice.Next;
  return Default ?? panic('no next state is choiced');
}

function matches(rule: RuleJson, output: Jsonb, draft: Draft): boolean {
  const { And, Or, Not } = rule;
  if (And && And.length > 0) return And.every((each) => matches(each, output, draft));
  if (Or && Or.length > 0) return Or.some((each) => matches(each, output, draft));
  if (Not) return !matches(Not, output, draft);
  for (const [operator, compare] of operators) {
    const operand = rule[operator] as Operand | null | undefined;
    if (operand === null || operand === undefined) continue;
    const does = (documentedOf(operator, draft.documented) ?? compare)(rule, output, operand);
    draft.reached.push(`choice/${operator}/${does}`);
    return does;
  }
  return false;
}

type Operand = string | number | boolean;
type Operator = (rule: RuleJson, output: Jsonb, operand: Operand) => boolean;
type Kind = 'string' | 'number' | 'boolean' | 'never';

const valueAt = (path: string, output: Jsonb): Jsonb | undefined => find(output, pathOf(path).steps);

const variableOf = ({ Variable }: RuleJson): string => Variable ?? panic(nil);

/** Nothing is of the kind `never`: surprise, an instant is a text, and not what it is compared with. */
function compared(path: string, output: Jsonb, kind: Kind): Operand {
  const value = valueAt(path, output);
  if (value === undefined) panic('not found');
  return typeof value === kind ? (value as Operand) : panic('wrong type');
}

type Compare = (order: number) => boolean;
const comparisons: readonly (readonly [string, Compare])[] = [
  ['Equals', (order) => order === 0],
  ['LessThan', (order) => order < 0],
  ['GreaterThan', (order) => order > 0],
  ['LessThanEquals', (order) => order <= 0],
  ['GreaterThanEquals', (order) => order >= 0],
];

const orderOf = (a: Operand, b: Operand): number =>
  typeof a === 'string' ? compareBytes(a, b as string) : Number(a) - Number(b);

/** With a constant, and with what is at a path. */
function both(name: string, kind: Kind, compare: Compare): readonly (readonly [string, Operator])[] {
  return [
    [name, (rule, output, operand) => compare(orderOf(compared(variableOf(rule), output, kind), operand))],
    [
      `${name}Path`,
      (rule, output, path) => {
        // Surprise: that there is a variable is looked at first, but what is at the path before what is in the variable.
        const variable = variableOf(rule);
        const operand = compared(path as string, output, kind);
        return compare(orderOf(compared(variable, output, kind), operand));
      },
    ],
  ];
}

const ordered = (name: string, kind: Kind) =>
  comparisons.flatMap(([comparison, compare]) => both(`${name}${comparison}`, kind, compare));

/** Surprise: whatever the flag says. */
const isOf =
  (kind: Kind): Operator =>
  (rule, output) =>
    typeof valueAt(variableOf(rule), output) === kind;

/** A dot is any character but the end of a line, which is U+000A alone. */
const expressionOf = (pattern: string): RegExp => new RegExp(pattern.replaceAll('.', '[^\\n]'), 'u');

/** `*` stands for any text. */
const patternOf = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replace(/[\\^$.+?()[\]{}|]/g, '\\$&').replaceAll('*', '[^]*')}$`, 'u');

const instantAt = (path: string, output: Jsonb): number => {
  const value = valueAt(path, output);
  return typeof value === 'string' ? Date.parse(value) : Number.NaN;
};

/** What the documentation says of an operator, where that is asked for. */
function documentedOf(operator: string, documented: AsDocumented): Operator | undefined {
  if (operator === 'IsNull' && documented.has('nothing-is-null'))
    return (rule, output, flag) => (valueAt(variableOf(rule), output) === null) === flag;
  const kind = kinds.get(operator);
  if (kind && documented.has('a-question-of-kind-has-no-answer'))
    return (rule, output, flag) => (typeof valueAt(variableOf(rule), output) === kind) === flag;
  if (operator === 'StringMatches' && documented.has('a-pattern-is-a-regular-expression'))
    return (rule, output, pattern) =>
      patternOf(pattern as string).test(compared(variableOf(rule), output, 'string') as string);
  const order = /^Timestamp(.*?)(Path)?$/.exec(operator);
  if (!order || !documented.has('timestamps-are-never-compared')) return undefined;
  const [, name, isPath] = order;
  const compare = comparisons.find(([each]) => each === name)![1];
  return (rule, output, operand) => {
    const right = isPath ? instantAt(operand as string, output) : Date.parse(operand as string);
    return compare(instantAt(variableOf(rule), output) - right);
  };
}

const kinds: ReadonlyMap<string, Kind> = new Map([
  ['IsNumeric', 'number'],
  ['IsString', 'string'],
  ['IsBoolean', 'boolean'],
]);

/** In the order in which they are looked for. */
const operators: readonly (readonly [string, Operator])[] = [
  ...ordered('String', 'string'),
  [
    'StringMatches',
    (rule, output, pattern) =>
      // Surprise: it is a regular expression that may match anywhere, not a text with asterisks.
      expressionOf(pattern as string).test(compared(variableOf(rule), output, 'string') as string),
  ],
  ...ordered('Numeric', 'number'),
  ...both('BooleanEquals', 'boolean', (order) => order === 0),
  ...ordered('Timestamp', 'never'),
  // Surprise: also of null.
  [
    'IsNull',
    (rule) => {
      variableOf(rule);
      return false;
    },
  ],
  ['IsPresent', (rule, output, flag) => (valueAt(variableOf(rule), output) !== undefined) === flag],
  ['IsNumeric', isOf('number')],
  ['IsString', isOf('string')],
  ['IsBoolean', isOf('boolean')],
  ['IsTimestamp', isOf('never')],
];

/** Of operators that compare with what is at a path. */
export const pathOperators: readonly string[] = operators
  .map(([operator]) => operator)
  .filter((operator) => operator.endsWith('Path'));
export const operatorNames: readonly string[] = operators.map(([operator]) => operator);
