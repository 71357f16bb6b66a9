/** A trace on both sides, every moment of it kept: what a page is made of. */
import type { SqlDriver } from '../../sql/driver.ts';
import type { AnyCommand } from '../contract/command.ts';
import type { ExecutableRelease } from '../contract/engine.ts';
import type { Trace } from '../contract/trace.ts';
import { type Compared, type Execution, executeTrace } from './lockstep.ts';

export interface ExecutionWithMoments extends Execution {
  /** One for each command that was executed, the diverging one included. */
  readonly moments: readonly Compared<AnyCommand>[];
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
  const moments: Compared<AnyCommand>[] = [];
  const execution = await executeTrace(release, driver, trace, {
    onCompared: (compared) => moments.push(compared),
    ...(signal ? { signal } : {}),
  });
  return { ...execution, moments };
}
