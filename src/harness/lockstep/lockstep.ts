/** A trace on both sides at once, compared after every command. */
import type { SqlDriver } from '../../sql/driver.ts';
import type { AnyCommand } from '../contract/command.ts';
import type { ExecutableRelease } from '../contract/engine.ts';
import type { Trace } from '../contract/trace.ts';
import type { Difference } from './comparison.ts';
import { type Compared, ModelSide } from './model-side.ts';
import { SqlSide, type SqlSideOptions } from './sql-side.ts';

export type { Compared, SideAfter } from './model-side.ts';

/** The first command after which model and SQL disagree. */
export interface Divergence {
  /** Position of the command in the trace, from 0. */
  readonly position: number;
  /** At least one; the first is the one that names the divergence. */
  readonly differences: readonly Difference[];
}

export interface Execution {
  /** How many commands were executed and compared, the diverging one included. */
  readonly commands: number;
  /** How often each branch of the model was reached. */
  readonly reached: ReadonlyMap<string, number>;
  readonly divergence: Divergence | null;
  /** Whether the signal ended it before the trace did. */
  readonly interrupted: boolean;
}

export interface LockstepOptions extends SqlSideOptions {
  /** Called after every command, the diverging one included; the command may be any of the release's. */
  readonly onCompared?: ((compared: Compared<AnyCommand>) => void) | undefined;
}

/** One driver and what is executed on it. `execute` may be called before the last one ended: they take turns. */
export class Lockstep<State, Command extends AnyCommand> {
  readonly #release: ExecutableRelease<State, Command>;
  readonly #sql: SqlSide<Command>;
  readonly #onCompared: LockstepOptions['onCompared'];

  constructor(release: ExecutableRelease<State, Command>, driver: SqlDriver, options: LockstepOptions = {}) {
    this.#release = release;
    this.#sql = new SqlSide(release, driver, options);
    this.#onCompared = options.onCompared;
  }

  /**
   * Executes the trace from the state just after installing, up to the first divergence.
   * Throws ModelBug where the model contradicts itself and DriverError where the driver breaks.
   */
  async execute(trace: Trace<Command>, signal?: AbortSignal): Promise<Execution> {
    const model = new ModelSide(this.#release, trace);
    let commands = 0;
    let divergence: Divergence | null = null;
    const { interrupted } = await this.#sql.execute(
      trace,
      (answer, position) => {
        const compared = model.compare(answer, position);
        this.#onCompared?.(compared);
        commands++;
        const { differences } = compared;
        if (differences.length > 0) divergence = { position, differences };
        return divergence ? 'stop' : 'go on';
      },
      signal,
    );
    return { commands, reached: model.reached, divergence, interrupted };
  }
}

/** Executes one trace on a driver that nothing else uses. */
export function executeTrace<State, Command extends AnyCommand>(
  release: ExecutableRelease<State, Command>,
  driver: SqlDriver,
  trace: Trace<Command>,
  options: LockstepOptions & { readonly signal?: AbortSignal } = {},
): Promise<Execution> {
  return new Lockstep(release, driver, options).execute(trace, options.signal);
}
