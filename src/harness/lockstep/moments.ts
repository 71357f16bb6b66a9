/** A trace on both sides, with its moments kept: what a page is made of. */
import type { SqlDriver } from '../../sql/driver.ts';
import type { AnyCommand } from '../contract/command.ts';
import type { ExecutableRelease } from '../contract/engine.ts';
import type { Trace } from '../contract/trace.ts';
import { type Compared, type Execution, executeTrace } from './lockstep.ts';
import { RecentMoments } from './recent-moments.ts';

export interface ExecutionWithMoments extends Execution {
  /** One for each command that was executed, the diverging one included; of the last ones where memory does not hold all. */
  readonly moments: readonly Compared<AnyCommand>[];
  /** How many commands were executed before those. */
  readonly leftOut: number;
  /** The moment just before them; undefined where none is left out. */
  readonly lastLeftOut: Compared<AnyCommand> | undefined;
}

/**
 * Executes the trace as {@link executeTrace} does and remembers all that was compared. Meant for a single trace: each
 * moment holds both states whole.
 */
export async function executeWithMoments<State, Command extends AnyCommand>(
  release: ExecutableRelease<State, Command>,
  driver: SqlDriver,
  trace: Trace<Command>,
  signal?: AbortSignal,
): Promise<ExecutionWithMoments> {
  const recent = new RecentMoments<Compared<AnyCommand>>();
  const execution = await executeTrace(release, driver, trace, {
    onCompared: (compared) => recent.add(compared, [compared.model.tables, compared.sql.tables]),
    ...(signal ? { signal } : {}),
  });
  const { moments, leftOut, lastLeftOut } = recent;
  return { ...execution, moments, leftOut, lastLeftOut };
}
