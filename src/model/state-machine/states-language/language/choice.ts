/** Which state a Choice leads to. */
import type { Jsonb } from '../../../kernel/jsonb.ts';
import { RecentTexts } from '../../../kernel/recent-texts.ts';
import { compareBytes } from '../../shared/bytes.ts';
import { comparisons, operatorNames, type RuleJson, type StateJson } from './definition.ts';
import { fail, runtime } from './failure.ts';
import { instantOf } from './instants.ts';
import type { Language, View } from './language.ts';

/** What a rule looks at. */
export interface Sight {
  readonly language: Language;
  readonly view: View;
  readonly reached: string[];
}

/** The name of the next state, and which rule says so. */
export function chosen({ Choices, Default }: StateJson, sight: Sight): { by: string; to: string } {
  const place = Choices!.findIndex((each) => matches(each, sight));
  if (place >= 0) return { by: `Choices[${place}]`, to: Choices![place]!.Next };
  return { by: 'Default', to: Default ?? fail('States.NoChoiceMatched') };
}

function matches(rule: RuleJson, sight: Sight): boolean {
  if (rule.And) return rule.And.every((each) => matches(each, sight));
  if (rule.Or) return rule.Or.some((each) => matches(each, sight));
  if (rule.Not) return !matches(rule.Not, sight);
  const operator = operatorOf(rule);
  const does = operators.get(operator)!(rule, operator, sight);
  sight.reached.push(`choice/${operator}/${does}`);
  return does;
}

/** Every rule has one. */
const operatorOf = (rule: RuleJson): string => operatorNames.find((name) => rule[name] !== undefined)!;

type Operator = (rule: RuleJson, operator: string, sight: Sight) => boolean;

function selected(field: string, path: string, { language, view }: Sight): Jsonb {
  const value = language.select(path, view);
  return value === undefined ? fail(runtime, `${field} ${path} selects nothing`) : value;
}

const variableOf = ({ Variable }: RuleJson, sight: Sight): Jsonb => selected('Variable', Variable!, sight);

/** What can be compared, as numbers and texts; undefined where a value is of another type. */
type Read = (value: Jsonb) => string | number | boolean | undefined;
const asText: Read = (value) => (typeof value === 'string' ? value : undefined);
const asNumber: Read = (value) => (typeof value === 'number' ? value : undefined);
const asFlag: Read = (value) => (typeof value === 'boolean' ? value : undefined);
const asInstant: Read = (value) => (typeof value === 'string' ? instantOf(value) : undefined);

const orderOf = (a: string | number | boolean, b: string | number | boolean): number =>
  typeof a === 'string' ? compareBytes(a, b as string) : Number(a) - Number(b);

const holds: Readonly<Record<(typeof comparisons)[number], (order: number) => boolean>> = {
  Equals: (order) => order === 0,
  LessThan: (order) => order < 0,
  GreaterThan: (order) => order > 0,
  LessThanEquals: (order) => order <= 0,
  GreaterThanEquals: (order) => order >= 0,
};

const compared =
  (read: Read, does: (order: number) => boolean): Operator =>
  (rule, operator, sight) => {
    const left = read(variableOf(rule, sight));
    const operand = rule[operator] as Jsonb;
    const right = read(operator.endsWith('Path') ? selected(operator, operand as string, sight) : operand);
    return left !== undefined && right !== undefined && does(orderOf(left, right));
  };

const both = (name: string, operator: Operator): readonly (readonly [string, Operator])[] => [
  [name, operator],
  [`${name}Path`, operator],
];

const ordered = (kind: string, read: Read) =>
  comparisons.flatMap((each) => both(`${kind}${each}`, compared(read, holds[each])));

const isOf =
  (read: Read): Operator =>
  (rule, operator, sight) =>
    (read(variableOf(rule, sight)) !== undefined) === rule[operator];

/** What stands between the asterisks of a pattern; after a backslash an asterisk or a backslash is itself. */
const patterns = new RecentTexts<readonly string[]>((pattern) => {
  const pieces = [''];
  for (const [part] of pattern.matchAll(/\\[*\\]|[\s\S]/g)) {
    if (part === '*') pieces.push('');
    else pieces[pieces.length - 1] += part.at(-1)!;
  }
  return pieces;
});

/** An asterisk stands for any text. Piece by piece, each as early as it can be: no pattern takes long. */
function isLike(text: string, pattern: string): boolean {
  const [first, ...rest] = patterns.get(pattern);
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first!) || !text.endsWith(last)) return false;
  let from = first!.length;
  for (const piece of rest) {
    const at = text.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return from <= text.length - last.length;
}

const operators: ReadonlyMap<string, Operator> = new Map([
  ...ordered('String', asText),
  ...ordered('Numeric', asNumber),
  ...ordered('Timestamp', asInstant),
  ...both('BooleanEquals', compared(asFlag, holds.Equals)),
  [
    'StringMatches',
    (rule: RuleJson, operator: string, sight: Sight) => {
      const value = variableOf(rule, sight);
      return typeof value === 'string' && isLike(value, rule[operator] as string);
    },
  ] as const,
  [
    'IsPresent',
    ({ Variable, IsPresent }: RuleJson, _: string, { language, view }: Sight) =>
      (language.select(Variable!, view) !== undefined) === IsPresent,
  ] as const,
  [
    'IsNull',
    (rule: RuleJson, _: string, sight: Sight) => (variableOf(rule, sight) === null) === rule.IsNull,
  ] as const,
  ['IsNumeric', isOf(asNumber)] as const,
  ['IsString', isOf(asText)] as const,
  ['IsBoolean', isOf(asFlag)] as const,
  ['IsTimestamp', isOf(asInstant)] as const,
]);
