/** What is wrong with the rules of a Choice. */

import { operatorNames, type RuleJson } from '../language/definition.ts';
import type { Language } from '../language/language.ts';

export const faultsOfRules = (rules: readonly RuleJson[], language: Language): readonly string[] =>
  rules.flatMap((rule, i) => faultsOfRule(`Choices[${i}]`, rule, language));

function faultsOfRule(name: string, rule: RuleJson, language: Language): readonly string[] {
  const { And, Or, Not, Variable } = rule;
  const comparisons = operatorNames.filter((operator) => rule[operator] !== undefined);
  const shapes = [And, Or, Not].filter((each) => each !== undefined).length + comparisons.length;
  const paths = [
    ...(Variable === undefined ? [] : ['Variable']),
    ...comparisons.filter((operator) => operator.endsWith('Path')),
  ];
  return [
    ...(shapes === 1 ? [] : [`${name} needs one comparison`]),
    ...Object.entries({ And, Or })
      .filter(([, rules]) => rules?.length === 0)
      .map(([field]) => `${name}.${field} is empty`),
    ...(comparisons.length > 0 && Variable === undefined ? [`${name}.Variable is missing`] : []),
    ...paths
      .filter((field) => !language.isPath(rule[field] as string))
      .map((field) => `${name}.${field} is no ${language.known}: ${rule[field]}`),
    ...(And ?? []).flatMap((each, i) => faultsOfRule(`${name}.And[${i}]`, each, language)),
    ...(Or ?? []).flatMap((each, i) => faultsOfRule(`${name}.Or[${i}]`, each, language)),
    ...(Not ? faultsOfRule(`${name}.Not`, Not, language) : []),
  ];
}
