/** What a simulation is started with: checked by hand, so that importing the simulator loads no schema library. */
import { checkNames, checkObject, wholeNumber } from './checks.ts';
import { type Duration, toMilliseconds } from './duration.ts';
import { checkSchedule, type Schedule, shuffledSchedule, steadySchedule } from './schedule.ts';
import { SimulationError, shown } from './simulation-error.ts';
import type { AnyFlow, ContextAdditions } from './types.ts';

/** The options of the published worker, with its defaults. */
export interface WorkerConfig {
  /** How many tasks a worker handles at the same time: 10. */
  readonly maxConcurrent?: number;
  /** How many messages it reads at once; it reads again when all of them are done: 10. */
  readonly batchSize?: number;
  /** Seconds for which a message stays invisible that was read: 2. */
  readonly visibilityTimeout?: number;
  /** Seconds after which a poll that finds nothing begins anew: 2. */
  readonly maxPollSeconds?: number;
  /** Milliseconds between two looks at the queue: 100. */
  readonly pollIntervalMs?: number;
}

export interface SimulateOptions<F extends AnyFlow = AnyFlow> {
  /** `model`, in memory (the default); `pglite`, the real SQL in an embedded Postgres as well, compared after every command. */
  readonly backend?: 'model' | 'pglite';
  /** The virtual instant at which the simulation begins: 2030-01-01T00:00:00Z. */
  readonly startedAt?: Date | number;
  /** Another order of things, and attempts that take their time: the same seed, the same timeline. Without it nothing varies. */
  readonly seed?: number;
  /** What varies, in place of what `seed` makes up. */
  readonly schedule?: Schedule;
  /** How many workers run from the beginning: 1. */
  readonly workers?: number;
  readonly worker?: WorkerConfig;
  /** After which time a worker that crashed is replaced, as a platform does: 0. `false`: never. */
  readonly replaceCrashedWorkers?: Duration | false;
  /** Milliseconds of real time within which a handler must settle: 2000, less than a test of vitest may take. */
  readonly handlerTimeout?: number;
  /** What handlers find in their context beside what every worker gives them: `env`, `sql`, ... */
  readonly context?: ContextAdditions<F>;
}

export type ResolvedWorkerConfig = Required<WorkerConfig>;

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
]);

/** Whole years 1970 to 9900: what a hundred years of delays may be added to and is still printed alike everywhere. */
const latestStart = Date.UTC(9900, 0, 1);

export function resolveOptions(options: SimulateOptions): ResolvedOptions {
  checkObject(options, 'options');
  checkNames(options, 'options', names);
  const { backend = 'model', startedAt = Date.UTC(2030, 0, 1), seed, schedule, context = {} } = options;
  if (backend !== 'model' && backend !== 'pglite') {
    throw new SimulationError(`options.backend is ${shown(backend)}: expected 'model' or 'pglite'`);
  }
  const start = startedAt instanceof Date ? startedAt.getTime() : startedAt;
  wholeNumber(start, 'options.startedAt', 0, latestStart, 'a Date or milliseconds since 1970');
  if (seed !== undefined) wholeNumber(seed, 'options.seed', -(2 ** 53) + 1, 2 ** 53 - 1, 'a whole number');
  if (schedule !== undefined) checkSchedule(schedule, 'options.schedule');
  checkObject(context, 'options.context');
  return {
    backend,
    startedAt: start,
    schedule: schedule ?? (seed === undefined ? steadySchedule : shuffledSchedule(seed)),
    workers: wholeNumber(options.workers ?? 1, 'options.workers', 0, 10_000),
    worker: resolveWorkerConfig(options.worker ?? {}, 'options.worker'),
    replaceCrashedWorkers:
      options.replaceCrashedWorkers === false
        ? false
        : toMilliseconds(options.replaceCrashedWorkers ?? 0, 'options.replaceCrashedWorkers'),
    handlerTimeout: wholeNumber(options.handlerTimeout ?? 2000, 'options.handlerTimeout', 1, 2 ** 31 - 1),
    context,
  };
}

/** By name: what the published worker takes if it is left out, the least and the most. */
const workerNumbers: Readonly<Record<keyof WorkerConfig, readonly [number, number, number]>> = {
  maxConcurrent: [10, 1, 100_000],
  batchSize: [10, 1, 100_000],
  visibilityTimeout: [2, 0, 2 ** 31 - 1],
  // A poll of no seconds never looks, in production as well.
  maxPollSeconds: [2, 1, 3600],
  pollIntervalMs: [100, 1, 3_600_000],
};

export function resolveWorkerConfig(config: WorkerConfig, what: string): ResolvedWorkerConfig {
  checkObject(config, what);
  const resolved = {} as Record<keyof WorkerConfig, number>;
  for (const name of Object.keys(config)) {
    if (!Object.hasOwn(workerNumbers, name)) {
      throw new SimulationError(
        `${what}.${name} is no option of a worker: expected one of ${Object.keys(workerNumbers).join(', ')}`,
      );
    }
  }
  for (const [name, [standard, least, most]] of Object.entries(workerNumbers)) {
    const key = name as keyof WorkerConfig;
    resolved[key] = wholeNumber(config[key] ?? standard, `${what}.${name}`, least, most);
  }
  return resolved;
}
