/** The call of a handler, with the context that the published worker and its platform would give it. */

import { copyOf } from '../../../twin/json.ts';
import { Settlement } from '../../../twin/settlement.ts';
import { SimulationError } from '../../../twin/simulation-error.ts';
import { WatchedSignal } from '../../../twin/watched-signal.ts';
import type { Attempt } from './attempt.ts';
import type { ResolvedWorkerConfig } from './config.ts';
import type { World } from './world.ts';

export interface CallingWorker {
  /** What handlers see of its configuration. */
  readonly config: object;
  isShuttingDown(): boolean;
}

/** Calls it, or what the plan has in its place. */
export function callHandler(world: World, attempt: Attempt, worker: CallingWorker) {
  const { outcome } = attempt.plan!;
  if (outcome?.type === 'returns') return new Settlement(() => outcome.value);
  if (outcome?.type === 'throws') {
    return new Settlement(() => {
      throw outcome.error;
    });
  }
  if (outcome === undefined && world.handlers === 'stubbed') {
    throw new SimulationError(
      `${attempt.describe()} is not stubbed, and options.handlers is 'stubbed': use sim.step('${attempt.step.slug}') with returns(), throws() or runs()`,
    );
  }
  const handler = outcome?.handler ?? attempt.step.handler;
  // Its own: what it does to it changes nothing in the database.
  const input = copyOf(attempt.input);
  const context = {
    env: {},
    // Made when a handler asks for it, as it is dear.
    get shutdownSignal() {
      if (attempt.shutdown === undefined) {
        attempt.shutdown = new WatchedSignal();
        if (worker.isShuttingDown()) attempt.shutdown.abort();
      }
      return attempt.shutdown.signal;
    },
    rawMessage: attempt.rawMessage(),
    stepTask: attempt.stepTask(input),
    workerConfig: worker.config,
    ...world.context,
  };
  return world.calls.call(() => handler(input, context));
}

/** What handlers see of the worker's configuration: a copy that nobody can change. */
export function frozenConfig({ context }: World, config: ResolvedWorkerConfig): object {
  const { env } = context;
  const copy = typeof env === 'object' && env !== null ? { ...env } : {};
  return Object.freeze({ ...config, maxPgConnections: 4, env: Object.freeze(copy) });
}
