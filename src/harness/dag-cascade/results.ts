/** What came back of a command: of one that another session gives, what its own statement of the three gave. */
import type { DagCascadeCommand } from '../../model/dag-cascade/commands.ts';
import type { Result } from '../../model/kernel/transition.ts';
import { placeInTransaction } from '../../sql/dag-cascade/calls.ts';
import { DriverError, type QueryResult } from '../../sql/driver.ts';
import { readResult } from '../../sql/result.ts';

export function readDagResult(_: DagCascadeCommand, result: QueryResult): Result {
  if (result.kind !== 'expanded') return readResult(result);
  const refused = result.sets.find(({ kind }) => kind === 'failure');
  const own = refused ?? result.sets[placeInTransaction];
  if (!own) throw new DriverError(`no answer in the transaction: ${JSON.stringify(result)}`);
  return readResult(own);
}
