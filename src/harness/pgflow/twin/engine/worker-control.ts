/** A worker as a test sees it, and what a test may do to it. */

import type { ResolvedWorkerConfig } from '../worker/config.ts';
import type { SimulatedWorker, WorkerStatus } from '../worker/worker.ts';
import type { Engine } from './engine.ts';

export interface SimulationWorker {
  /** From 1. */
  readonly number: number;
  /** Its `worker_id`. */
  readonly id: string;
  readonly status: WorkerStatus;
  readonly config: ResolvedWorkerConfig;
  /**
   * Stops the worker gracefully, as a platform does at a shutdown. Handlers see `shutdownSignal`. Running handlers may
   * end, and their results are reported. Surprise: a task that it has read but not begun stays started for ever. So
   * does a task that its current poll still finds.
   */
  stop(): void;
  /** Kills the worker at once. Its tasks stay started. It is not replaced. */
  kill(): void;
  /** Marks its row as deprecated. The worker sees this at its next heartbeat and reads no more messages. */
  deprecate(): void;
}

export function controlOf(engine: Engine, worker: SimulatedWorker): SimulationWorker {
  return {
    number: worker.number,
    id: worker.id,
    get status() {
      return worker.status;
    },
    config: worker.config,
    stop: () => engine.after(0, () => worker.stop()),
    kill: () =>
      engine.after(0, () => {
        if (worker.status === 'stopped' || worker.status === 'dead') return;
        engine.note({ type: 'worker', worker: worker.number, what: 'killed' });
        worker.die('its worker was killed');
      }),
    deprecate: () => engine.after(0, () => engine.deprecate(worker)),
  };
}
