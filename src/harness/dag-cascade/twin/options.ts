/** What a twin is made with: checked by hand, so that importing it loads no schema library. */
import { checkNames, checkObject } from '../../twin/checks.ts';
import { startInstant, timeoutOfHandlers } from '../../twin/options.ts';
import { SimulationError, shown } from '../../twin/simulation-error.ts';
import type { Configuration } from './functions/configuration.ts';
import type { Routine } from './routines/routine.ts';

export interface DagCascadeOptions {
  /** What nodes and steps call, by the name that the SQL would call. */
  readonly routines?: Readonly<Record<string, Routine>>;
  /** What `async.configure` is called with at the beginning: targets, pools, workers. `configure` does the same later. */
  readonly configuration?: Configuration;
  /** The virtual instant at which everything begins. Default: 2030-01-01T00:00:00Z. */
  readonly startedAt?: Date | number;
  /** What a routine does by itself it must have done after so many milliseconds of real time. Default: 2000, less than the timeout of a vitest test. */
  readonly handlerTimeout?: number;
}

export interface ResolvedOptions {
  readonly routines: ReadonlyMap<string, Routine>;
  readonly configuration: Configuration | undefined;
  readonly startedAt: number;
  /** Milliseconds of real time. */
  readonly handlerTimeout: number;
}

const names: ReadonlySet<string> = new Set<keyof DagCascadeOptions>([
  'routines',
  'configuration',
  'startedAt',
  'handlerTimeout',
]);

/** @throws SimulationError which names the option and what was expected. */
export function resolveOptions(options: DagCascadeOptions): ResolvedOptions {
  checkObject(options, 'options');
  checkNames(options, 'options', names);
  const { routines = {}, configuration, startedAt, handlerTimeout } = options;
  checkObject(routines, 'options.routines');
  for (const [name, routine] of Object.entries(routines)) {
    if (typeof routine === 'function') continue;
    throw new SimulationError(`options.routines.${name} is ${shown(routine)}: expected a function`);
  }
  return {
    routines: new Map(Object.entries(routines)),
    configuration,
    startedAt: startInstant(startedAt),
    handlerTimeout: timeoutOfHandlers(handlerTimeout),
  };
}
