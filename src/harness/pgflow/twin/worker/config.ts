/** How a worker works: checked by hand, so that importing the simulator loads no schema library. */
import { checkObject, wholeNumber } from '../../../twin/checks.ts';
import { SimulationError } from '../../../twin/simulation-error.ts';

/** The options of the published worker, with its defaults. */
export interface WorkerConfig {
  /** How many tasks a worker handles at the same time. Default: 10. */
  readonly maxConcurrent?: number;
  /** How many messages it reads at once. It reads again when all of them are done. Default: 10. */
  readonly batchSize?: number;
  /** For how many seconds a message stays invisible after it was read. Default: 2. */
  readonly visibilityTimeout?: number;
  /** After how many seconds a poll that finds nothing starts again. Default: 2. */
  readonly maxPollSeconds?: number;
  /** Milliseconds between two looks at the queue. Default: 100. */
  readonly pollIntervalMs?: number;
}

export type ResolvedWorkerConfig = Required<WorkerConfig>;

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
        `${what}.${name} is not an option of a worker: expected one of ${Object.keys(workerNumbers).join(', ')}`,
      );
    }
  }
  for (const [name, [standard, least, most]] of Object.entries(workerNumbers)) {
    const key = name as keyof WorkerConfig;
    resolved[key] = wholeNumber(config[key] ?? standard, `${what}.${name}`, least, most);
  }
  return resolved;
}
