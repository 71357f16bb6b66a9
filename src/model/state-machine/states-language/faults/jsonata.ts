/** What is wrong with a state in which the two query languages are mixed, or with the expressions of one. */
import type { Jsonb } from '../../../kernel/jsonb.ts';
import type { StateJson } from '../language/definition.ts';
import { expressionsIn } from '../language/jsonata.ts';
import type { Language } from '../language/language.ts';

const ofJsonPath: readonly (keyof StateJson)[] = [
  ...(['InputPath', 'OutputPath', 'ResultPath', 'Parameters', 'ResultSelector', 'ItemsPath'] as const),
  ...(['SecondsPath', 'TimestampPath', 'TimeoutSecondsPath', 'HeartbeatSecondsPath'] as const),
  ...(['MaxConcurrencyPath', 'ToleratedFailureCountPath', 'ToleratedFailurePercentagePath'] as const),
  ...(['ErrorPath', 'CausePath', 'Result'] as const),
];
const ofJsonata: readonly (keyof StateJson)[] = ['Arguments', 'Output', 'Items'];
const numbers: readonly (keyof StateJson)[] = [
  ...(['TimeoutSeconds', 'HeartbeatSeconds', 'Seconds', 'MaxConcurrency'] as const),
  ...(['ToleratedFailureCount', 'ToleratedFailurePercentage'] as const),
];
/** Where expressions may stand. */
const evaluated: readonly (keyof StateJson)[] = [
  ...ofJsonata,
  ...numbers,
  ...(['Assign', 'ItemSelector', 'Timestamp', 'Error', 'Cause'] as const),
];

/** Of a state that is written in JSONPath, where JSONata is known as well. */
export const faultsOfJsonPath = (state: StateJson): readonly string[] => [
  ...ofJsonata
    .filter((field) => state[field] !== undefined)
    .map((field) => `${field} is only part of JSONata`),
  ...numbers
    .filter((field) => typeof state[field] === 'string')
    .map((field) => `${field} has an expression, which is only part of JSONata`),
];

export function faultsOfJsonata(
  state: StateJson,
  faultIn: NonNullable<Language['jsonataFault']>,
): readonly string[] {
  const { Choices = [], Catch = [] } = state;
  const fields = evaluated.map((field): [string, Jsonb | undefined] => [
    field,
    state[field] as Jsonb | undefined,
  ]);
  const ofRules = Choices.flatMap(({ Condition, Output, Assign }, i): [string, Jsonb | undefined][] => [
    [`Choices[${i}].Condition`, Condition],
    [`Choices[${i}].Output`, Output],
    [`Choices[${i}].Assign`, Assign],
  ]);
  const ofCatchers = Catch.flatMap(({ Output, Assign }, i): [string, Jsonb | undefined][] => [
    [`Catch[${i}].Output`, Output],
    [`Catch[${i}].Assign`, Assign],
  ]);
  return [
    ...ofJsonPath
      .filter((field) => state[field] !== undefined)
      .map((field) => `${field} is not part of JSONata`),
    ...Choices.flatMap(({ Condition }, i) =>
      Condition === undefined ? [`Choices[${i}].Condition is missing`] : [],
    ),
    ...Catch.flatMap(({ ResultPath }, i) =>
      ResultPath === undefined ? [] : [`Catch[${i}].ResultPath is not part of JSONata`],
    ),
    ...[...fields, ...ofRules, ...ofCatchers].flatMap(([field, template]) =>
      template === undefined
        ? []
        : expressionsIn(template).flatMap((expression) => {
            const fault = faultIn(expression);
            return fault === undefined ? [] : [`${field}: {%${expression}%} is no JSONata: ${fault}`];
          }),
    ),
  ];
}
