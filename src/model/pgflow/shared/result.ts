/** What a function gave back, as the result of its command. */
import { isRefusal, refused, rows } from '../../kernel/outcome.ts';
import type { SqlError } from '../../kernel/sql-error.ts';
import type { Result, Row } from '../../kernel/transition.ts';

/** One value as the row that it is, or the refusal. */
export const one = <T extends object>(outcome: T | SqlError, row: (value: T) => Row): Result =>
  isRefusal(outcome) ? refused(outcome) : rows([row(outcome)]);

export const many = (outcome: readonly Row[] | SqlError): Result =>
  isRefusal(outcome) ? refused(outcome) : rows(outcome);

/** Names the outcome of a queue's command, and every refusal of pgflow's. */
export function reachResult(reached: string[], { type }: { readonly type: string }, result: Result): void {
  if (type.startsWith('pgmq.')) reached.push(`${type}/${result.ok ? 'done' : 'refused'}`);
  else if (!result.ok) {
    const { constraint, column, sqlstate } = result.refusal;
    reached.push(`${type}/refused/${constraint ?? column ?? sqlstate}`);
  }
}
