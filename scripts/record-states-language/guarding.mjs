/**
 * Comparisons that compare only what is of their type. Of other types, the package compares as JavaScript does, or fails; by the language,
 * the comparison is not met.
 */
const types = { String: 'IsString', Numeric: 'IsNumeric', Boolean: 'IsBoolean', Timestamp: 'IsTimestamp' };

export function guarded({ Next, ...rule }) {
  const next = Next === undefined ? {} : { Next };
  const { And, Or, Not, Variable } = rule;
  if (And) return { And: And.map(guarded), ...next };
  if (Or) return { Or: Or.map(guarded), ...next };
  if (Not) return { Not: guarded(Not), ...next };
  const [operator] = Object.keys(rule).filter((name) => name !== 'Variable');
  const type = Object.entries(types).find(([name]) => operator.startsWith(name))?.[1];
  if (type === undefined) return { ...rule, ...next };
  const isOfType = [Variable, ...(operator.endsWith('Path') ? [rule[operator]] : [])].map((path) => ({
    ...{ Variable: path, [type]: true },
  }));
  return { And: [...isOfType, rule], ...next };
}
