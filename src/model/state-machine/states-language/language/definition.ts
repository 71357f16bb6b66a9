/** Machines in the Amazon States Language, as JSON: the shape of each field, whatever the fields mean together. */
import * as z from 'zod';
import type { Jsonb } from '../../../kernel/jsonb.ts';
import { jsonb, text } from '../../../parameters/sql-types.ts';
import { stateTypes } from '../../shared/types.ts';
import { instantOf } from './instants.ts';

const most = 99_999_999;
const whole = (least: number, greatest = most) => z.int().min(least).max(greatest);
/** Of JSONata. */
const expression = text.regex(/^\{%[\s\S]*%\}$/, { error: 'expected an expression between {% and %}' });

export const comparisons = [
  'Equals',
  'LessThan',
  'GreaterThan',
  'LessThanEquals',
  'GreaterThanEquals',
] as const;
const timestamp = text.refine((value) => instantOf(value) !== undefined, {
  error: 'expected a timestamp of RFC 3339, such as 2030-01-01T00:00:00Z',
});
const constants = { String: text, Numeric: z.number(), Timestamp: timestamp } as const;

/** The name of each operator of a comparison, and what it compares with. */
const operators: Readonly<Record<string, z.ZodType>> = {
  ...Object.fromEntries(
    Object.entries(constants).flatMap(([kind, constant]) =>
      comparisons.flatMap((each) => [
        [`${kind}${each}`, constant],
        [`${kind}${each}Path`, text],
      ]),
    ),
  ),
  StringMatches: text,
  BooleanEquals: z.boolean(),
  BooleanEqualsPath: text,
  ...Object.fromEntries(
    ['IsNull', 'IsPresent', 'IsNumeric', 'IsString', 'IsBoolean', 'IsTimestamp'].map((name) => [
      name,
      z.boolean(),
    ]),
  ),
};
export const operatorNames: readonly string[] = Object.keys(operators);

/** A rule of a Choice: a comparison of what is at `Variable`, or rules within. */
export interface RuleJson {
  readonly Variable?: string;
  readonly And?: readonly RuleJson[];
  readonly Or?: readonly RuleJson[];
  readonly Not?: RuleJson;
  readonly [operator: string]: unknown;
}

const rule: z.ZodType = z.lazy(() =>
  z.looseObject({
    Variable: text.optional(),
    And: z.array(rule).optional(),
    Or: z.array(rule).optional(),
    Not: rule.optional(),
    ...Object.fromEntries(Object.entries(operators).map(([name, of]) => [name, of.optional()])),
  }),
);

export interface ChoiceJson extends RuleJson {
  readonly Next: string;
  readonly Condition?: string | boolean;
  readonly Output?: Jsonb;
  readonly Assign?: Jsonb;
}

export interface RetrierJson {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'FULL' | 'NONE';
}
const retrier = z.looseObject({
  ErrorEquals: z.array(text),
  IntervalSeconds: whole(1).optional(),
  MaxAttempts: whole(0).optional(),
  BackoffRate: z.number().min(1).max(1_000_000).optional(),
  MaxDelaySeconds: whole(1, 31_622_399).optional(),
  JitterStrategy: z.enum(['FULL', 'NONE']).optional(),
});

export interface CatcherJson {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
  readonly ResultPath?: string | null;
  readonly Output?: Jsonb;
  readonly Assign?: Jsonb;
}
const catcher = z.looseObject({
  ErrorEquals: z.array(text),
  Next: text,
  ResultPath: text.nullable().optional(),
});

type QueryLanguage = 'JSONPath' | 'JSONata';
const queryLanguage = z.enum(['JSONPath', 'JSONata']).optional();

/** Whether a state is written in JSONata: as it says itself, or the machine. */
export const isJsonata = ({ QueryLanguage: all }: MachineJson, { QueryLanguage: own }: StateJson): boolean =>
  (own ?? all) === 'JSONata';

/** A state: which fields mean something depends on its type, and on its query language. Times are in seconds; a text in their place is an expression. */
export interface StateJson {
  readonly Type: (typeof stateTypes)[number];
  readonly QueryLanguage?: QueryLanguage;
  readonly Next?: string;
  readonly End?: boolean;
  readonly InputPath?: string | null;
  readonly OutputPath?: string | null;
  readonly ResultPath?: string | null;
  readonly Parameters?: Jsonb;
  readonly ResultSelector?: Jsonb;
  readonly ItemSelector?: Jsonb;
  readonly Result?: Jsonb;
  readonly Arguments?: Jsonb;
  readonly Output?: Jsonb;
  readonly Assign?: Jsonb;
  readonly Items?: Jsonb;
  readonly Resource?: string;
  readonly TimeoutSeconds?: number | string;
  readonly TimeoutSecondsPath?: string;
  readonly HeartbeatSeconds?: number | string;
  readonly HeartbeatSecondsPath?: string;
  readonly Seconds?: number | string;
  readonly SecondsPath?: string;
  readonly Timestamp?: string;
  readonly TimestampPath?: string;
  readonly Choices?: readonly ChoiceJson[];
  readonly Default?: string;
  readonly Error?: string;
  readonly ErrorPath?: string;
  readonly Cause?: string;
  readonly CausePath?: string;
  readonly Branches?: readonly MachineJson[];
  readonly ItemProcessor?: MachineJson;
  readonly Iterator?: MachineJson;
  readonly ItemsPath?: string;
  readonly MaxConcurrency?: number | string;
  readonly MaxConcurrencyPath?: string;
  readonly ToleratedFailureCount?: number | string;
  readonly ToleratedFailureCountPath?: string;
  /** 0 to 100. */
  readonly ToleratedFailurePercentage?: number | string;
  readonly ToleratedFailurePercentagePath?: string;
  readonly Retry?: readonly RetrierJson[];
  readonly Catch?: readonly CatcherJson[];
}

/** A machine, a branch, or what processes the items of a Map. */
export interface MachineJson {
  readonly StartAt?: string;
  readonly QueryLanguage?: QueryLanguage;
  readonly TimeoutSeconds?: number;
  readonly States: Readonly<Record<string, StateJson>>;
}

const texts = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, text.optional()]));
const values = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, jsonb.optional()]));
const paths = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, text.nullable().optional()]));

/** In whatever language: fields of JSONata may hold expressions. */
function schemasOf(knowsExpressions: boolean): z.ZodType {
  const or = (schema: z.ZodType) => (knowsExpressions ? z.union([schema, expression]) : schema).optional();
  const ofExpressions = {
    ...values(['Arguments', 'Output', 'Items']),
    Assign: z.record(text, jsonb).optional(),
  };
  const state: z.ZodType = z.lazy(() =>
    z.looseObject({
      Type: z.enum(stateTypes),
      QueryLanguage: queryLanguage,
      End: z.boolean().optional(),
      ...texts(['Next', 'Resource', 'Default', 'Error', 'ErrorPath', 'Cause', 'CausePath']),
      ...paths(['InputPath', 'OutputPath', 'ResultPath']),
      ...values(['Parameters', 'ResultSelector', 'ItemSelector', 'Result']),
      ...texts(['TimeoutSecondsPath', 'HeartbeatSecondsPath', 'SecondsPath', 'TimestampPath', 'ItemsPath']),
      ...texts(['MaxConcurrencyPath', 'ToleratedFailureCountPath', 'ToleratedFailurePercentagePath']),
      ...(knowsExpressions && ofExpressions),
      TimeoutSeconds: or(whole(1)),
      HeartbeatSeconds: or(whole(1)),
      Seconds: or(whole(0)),
      Timestamp: or(timestamp),
      Choices: z.array(z.intersection(rule, z.looseObject({ Next: text }))).optional(),
      Branches: z.array(machine).optional(),
      ItemProcessor: machine.optional(),
      Iterator: machine.optional(),
      MaxConcurrency: or(whole(0)),
      ToleratedFailureCount: or(whole(0)),
      ToleratedFailurePercentage: or(z.number().min(0).max(100)),
      Retry: z.array(retrier).optional(),
      Catch: z.array(catcher).optional(),
    }),
  );
  const machine: z.ZodType = z.lazy(() =>
    z.looseObject({
      StartAt: text.optional(),
      QueryLanguage: queryLanguage,
      TimeoutSeconds: whole(1).optional(),
      States: z.record(text, state),
    }),
  );
  return machine.and(jsonb);
}

export const machineSchema = schemasOf(false) as unknown as z.ZodType<MachineJson>;
/** The same with expressions in the place of numbers, as JSONata has them. */
export const machineSchemaWithExpressions = schemasOf(true) as unknown as z.ZodType<MachineJson>;
