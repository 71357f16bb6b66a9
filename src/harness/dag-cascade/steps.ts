/** `flow.step` has its arguments as a key, which are sorted by their text. */
import { jsonbText } from '../../model/dag-cascade/values.ts';
import type { Jsonb } from '../../model/kernel/jsonb.ts';
import type { Row } from '../../model/kernel/transition.ts';

const table = 'flow.step';

export const sortedSteps = <R extends Row>(rows: readonly R[]): R[] =>
  rows
    .map((row) => ({ row, key: `${row.node}\n${jsonbText((row.arguments ?? null) as Jsonb)}` }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ row }) => row);

export function stepsInOrder(
  tables: Map<string, Record<string, unknown>[]>,
): Map<string, Record<string, unknown>[]> {
  const steps = tables.get(table);
  return steps ? new Map([...tables, [table, sortedSteps(steps)]]) : tables;
}
