/** Every operator; the order is that of the reports. */

import { SetupError } from '../../../sql/setup-error.ts';
import { knownNames, quoted } from '../../contract/names.ts';
import { aggregate } from './aggregate.ts';
import { arithmetic } from './arithmetic.ts';
import { coalesce } from './coalesce.ts';
import { comparison } from './comparison.ts';
import { conjunct } from './conjunct.ts';
import { constant } from './constant.ts';
import { literal } from './literal.ts';
import { negation } from './negation.ts';
import type { Operator } from './operator.ts';
import { order } from './order.ts';
import { payload } from './payload.ts';
import { removal } from './removal.ts';

export const operators: readonly Operator[] = [
  comparison,
  constant,
  arithmetic,
  conjunct,
  negation,
  literal,
  removal,
  coalesce,
  order,
  payload,
  aggregate,
];

/** The operator of that name; throws {@link SetupError} that says which there are. */
export function findOperator(name: string): Operator {
  const found = operators.find((operator) => operator.name === name);
  if (found) return found;
  const known = knownNames(
    operators.map((each) => each.name),
    name,
  );
  throw new SetupError(`unknown operator ${quoted(name)}; known: ${known}`);
}
