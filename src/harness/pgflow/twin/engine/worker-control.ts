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
   * Gracefully, as a platform does that shuts down: handlers see `shutdownSignal`, those that run may end and are
   * reported. Surprise: what it has read and not begun is left started for ever, and so is what a poll still finds
   * that was under way.
   */
  stop(): void;
  /** At once. What it works on is left started. No other takes its place. */
  kill(): void;
  /** Its row is marked; it finds out by its next heartbeat, and reads no more. */
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
