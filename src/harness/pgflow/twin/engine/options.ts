/** What a simulation is started with: checked by hand, so that importing the simulator loads no schema library. */
import { checkNames, checkObject, wholeNumber } from '../../../twin/checks.ts';
import { type Duration, toMilliseconds } from '../../../twin/duration.ts';
import { backendName, startInstant, timeoutOfHandlers } from '../../../twin/options.ts';
import { SimulationError, shown } from '../../../twin/simulation-error.ts';
import { checkSchedule, type Schedule, shuffledSchedule, steadySchedule } from '../faults/schedule.ts';
import type { AnyFlow, ContextAdditions } from '../flow/types.ts';
import { type ResolvedWorkerConfig, resolveWorkerConfig, type WorkerConfig } from '../worker/config.ts';

export interface SimulateOptions<F extends AnyFlow = AnyFlow> {
  /** `model`: in memory (the default). `pglite`: also on the real SQL in an embedded Postgres, compared after every command. */
  readonly backend?: 'model' | 'pglite';
  /** The virtual instant at which the simulation begins. Default: 2030-01-01T00:00:00Z. */
  readonly startedAt?: Date | number;
  /** Varies the order of events and the duration of attempts. The same seed gives the same timeline. Default: nothing varies. */
  readonly seed?: number;
  /** Decides what varies. Replaces the schedule that `seed` makes. */
  readonly schedule?: Schedule;
  /** How many workers run from the beginning. Default: 1. */
  readonly workers?: number;
  readonly worker?: WorkerConfig;
  /** How long after a crash a new worker starts, as a platform does it. Default: 0. `false`: never. */
  readonly replaceCrashedWorkers?: Duration | false;
  /** What a handler does by itself it must have done after so many milliseconds of real time. Default: 2000, less than the timeout of a vitest test. */
  readonly handlerTimeout?: number;
  /** Added to the context of the handlers: `env`, `sql`, ... */
  readonly context?: ContextAdditions<F>;
  /** `stubbed`: a handler that no stub replaces is refused when it would be called. Default: `real`. */
  readonly handlers?: 'real' | 'stubbed';
}

export interface ResolvedOptions {
  readonly backend: 'model' | 'pglite';
  readonly startedAt: number;
  readonly schedule: Schedule;
  readonly workers: number;
  readonly worker: ResolvedWorkerConfig;
  /** Milliseconds of virtual time. */
  readonly replaceCrashedWorkers: number | false;
  /** Milliseconds of real time. */
  readonly handlerTimeout: number;
  readonly context: Readonly<Record<string, unknown>>;
  readonly handlers: 'real' | 'stubbed';
}

const names: ReadonlySet<string> = new Set<keyof SimulateOptions>([
  'backend',
  'startedAt',
  'seed',
  'schedule',
  'workers',
  'worker',
  'replaceCrashedWorkers',
  'handlerTimeout',
  'context',
  'handlers',
]);

/** Of the context of a handler. */
const givenItself = ['shutdownSignal', 'rawMessage', 'stepTask', 'workerConfig'] as const;

export function resolveOptions(options: SimulateOptions): ResolvedOptions {
  checkObject(options, 'options');
  checkNames(options, 'options', names);
  const { seed, schedule, context = {}, handlers = 'real' } = options;
  const backend = backendName(options.backend);
  const startedAt = startInstant(options.startedAt);
  if (seed !== undefined) wholeNumber(seed, 'options.seed', -(2 ** 53) + 1, 2 ** 53 - 1, 'a whole number');
  if (schedule !== undefined) checkSchedule(schedule, 'options.schedule');
  checkObject(context, 'options.context');
  for (const name of givenItself) {
    if (!(name in context)) continue;
    const value = shown((context as Record<string, unknown>)[name]);
    throw new SimulationError(`options.context.${name} is ${value}: the simulation gives it itself`);
  }
  if (handlers !== 'real' && handlers !== 'stubbed') {
    throw new SimulationError(`options.handlers is ${shown(handlers)}: expected 'real' or 'stubbed'`);
  }
  return {
    backend,
    startedAt,
    schedule: schedule ?? (seed === undefined ? steadySchedule : shuffledSchedule(seed)),
    workers: wholeNumber(options.workers ?? 1, 'options.workers', 0, 10_000),
    worker: resolveWorkerConfig(options.worker ?? {}, 'options.worker'),
    replaceCrashedWorkers:
      options.replaceCrashedWorkers === false
        ? false
        : toMilliseconds(options.replaceCrashedWorkers ?? 0, 'options.replaceCrashedWorkers'),
    handlerTimeout: timeoutOfHandlers(options.handlerTimeout),
    context,
    handlers,
  };
}
