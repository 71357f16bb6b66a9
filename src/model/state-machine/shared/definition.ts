/** Machines in the Amazon States Language, as JSON: their shape, whatever they mean. */
import * as z from 'zod';
import type { Jsonb } from '../../kernel/jsonb.ts';
import { jsonb, text } from '../../parameters/sql-types.ts';
import { fieldsOf, ignoredOfMachine, ignoredOfState, optional, timestamp } from './fields.ts';

const path = optional(text);

const comparisons = ['Equals', 'LessThan', 'GreaterThan', 'LessThanEquals', 'GreaterThanEquals'] as const;
type Comparison = (typeof comparisons)[number];
type Ordered = 'String' | 'Numeric' | 'Timestamp';

/** A rule of a Choice: a comparison of what is at `Variable`, or rules within. */
export interface RuleJson {
  readonly Variable?: string | null | undefined;
  readonly And?: readonly RuleJson[] | null | undefined;
  readonly Or?: readonly RuleJson[] | null | undefined;
  readonly Not?: RuleJson | null | undefined;
  readonly [operator: string]: unknown;
}

/** Two operators of each comparison: with a constant, and with what is at a path. */
const ordered = (kind: Ordered, constant: z.ZodType) =>
  Object.fromEntries(
    comparisons.flatMap((each: Comparison) => [
      [`${kind}${each}`, optional(constant)],
      [`${kind}${each}Path`, path],
    ]),
  );

/** What every library of regular expressions reads alike. */
const plainPattern = z.string().regex(/^\^?([A-Za-z0-9 _-]|\.[*+?]?)*\$?$/, {
  error: 'expected letters, digits, blanks, ".", ".*", ".+" or ".?", between "^" and "$"',
});
const flag = optional(z.boolean());

const rule: z.ZodType<RuleJson> = z.lazy(() =>
  fieldsOf({
    Variable: path,
    And: optional(z.array(rule)),
    Or: optional(z.array(rule)),
    Not: optional(rule),
    ...ordered('String', text),
    StringMatches: optional(plainPattern),
    ...ordered('Numeric', z.number()),
    BooleanEquals: flag,
    BooleanEqualsPath: path,
    ...ordered('Timestamp', timestamp),
    IsNull: flag,
    IsPresent: flag,
    IsNumeric: flag,
    IsString: flag,
    IsBoolean: flag,
    IsTimestamp: flag,
  }),
);

export interface ChoiceJson extends RuleJson {
  readonly Next: string;
}

/** A state: which fields mean something depends on its type. */
export interface StateJson {
  readonly Type?: string | undefined;
  readonly Next?: string | null | undefined;
  readonly End?: boolean | null | undefined;
  readonly InputPath?: string | null | undefined;
  readonly OutputPath?: string | null | undefined;
  readonly ResultPath?: string | null | undefined;
  readonly Parameters?: Jsonb | undefined;
  readonly Result?: Jsonb | undefined;
  readonly ResultSelector?: Jsonb | undefined;
  readonly Resource?: string | null | undefined;
  readonly Seconds?: number | null | undefined;
  readonly Branches?: readonly MachineJson[] | null | undefined;
  readonly ItemProcessor?: MachineJson | null | undefined;
  readonly Choices?: readonly ChoiceJson[] | null | undefined;
  readonly Default?: string | null | undefined;
}

/** A machine, a branch, or what processes the items of a Map. */
export interface MachineJson {
  readonly StartAt?: string | null | undefined;
  readonly States: Readonly<Record<string, StateJson>>;
}

const machine: z.ZodType<MachineJson> = z.lazy(() =>
  fieldsOf({ ...ignoredOfMachine, StartAt: optional(text), States: z.record(text, state) }),
);

const fields = {
  ...ignoredOfState,
  Next: optional(text),
  End: flag,
  InputPath: path,
  OutputPath: path,
  ResultPath: path,
  Parameters: jsonb.optional(),
  Result: jsonb.optional(),
  ResultSelector: jsonb.optional(),
  Resource: optional(text),
  Branches: optional(z.array(machine).max(20)),
  Default: optional(text),
};
const state: z.ZodType<StateJson> = z.lazy(() =>
  fieldsOf({
    Type: text.optional(),
    ...fields,
    ItemProcessor: optional(machine),
    Choices: optional(z.array(z.intersection(rule, fieldsOf({ Next: text })))),
  }).refine(({ Type, ItemProcessor }) => Type !== 'Map' || ItemProcessor != null, {
    error: 'a Map has an ItemProcessor',
  }),
) as z.ZodType<StateJson>;

export const machineSchema = machine.and(jsonb) as z.ZodType<MachineJson>;
