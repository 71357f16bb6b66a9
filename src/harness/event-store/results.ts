/** What came back of a command: of a transaction, the rows of each statement, or the first refusal. */
import type { EventStoreCommand } from '../../model/event-store/commands.ts';
import type { Result, Row } from '../../model/kernel/transition.ts';
import { DriverError, type QueryResult } from '../../sql/driver.ts';
import { readResult } from '../../sql/result.ts';
import { withoutTransaction } from './transaction-ranks.ts';

export function readStoreResult({ type }: EventStoreCommand, result: QueryResult): Result {
  if (type !== 'transaction') return withoutTransactions(readResult(result));
  // Where it cannot even be begun.
  if (result.kind !== 'expanded') throw new DriverError(`no transaction: ${JSON.stringify(result)}`);
  const rows: Row[] = [];
  for (const [statement, set] of result.sets.entries()) {
    const each = withoutTransactions(readResult(set));
    if (!each.ok) return each;
    for (const row of each.rows) rows.push({ statement, row });
  }
  return { ok: true, rows };
}

function withoutTransactions(result: Result): Result {
  return result.ok ? { ok: true, rows: result.rows.map(withoutTransaction) } : result;
}
