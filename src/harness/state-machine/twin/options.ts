/** What a simulation is made with: checked by hand, with the name of the option in each error. */
import { checkNames, checkObject, wholeNumber } from '../../twin/checks.ts';
import { startInstant, timeoutOfHandlers } from '../../twin/options.ts';
import { SimulationError, shown } from '../../twin/simulation-error.ts';
import type { EngineOptions } from './engine/engine.ts';
import type { TaskHandler } from './tasks/handler.ts';
import { holdable } from './tasks/result.ts';

export interface StateMachineOptions {
  /** What carries out tasks, by the name of the state or by its `Resource`. The name of the state comes first. */
  readonly handlers?: Readonly<Record<string, TaskHandler>>;
  /** What `$$.StateMachine.Name` says. Default: `machine`. */
  readonly name?: string;
  /** The virtual instant at which everything begins. Default: 2030-01-01T00:00:00Z. */
  readonly startedAt?: Date | number;
  /** What a handler does by itself it must have done after so many milliseconds of real time. Default: 2000, less than the timeout of a vitest test. */
  readonly handlerTimeout?: number;
  /** The share of its delay that a retry with `JitterStrategy: FULL` waits, 0 to 1. Default: 1. */
  readonly jitter?: number;
  /** What `States.UUID` and `States.MathRandom` draw is made of it. Default: 1. */
  readonly seed?: number;
}

export interface ResolvedOptions extends Omit<EngineOptions, 'isJsonata'> {
  readonly handlers: ReadonlyMap<string, TaskHandler>;
}

const names: ReadonlySet<string> = new Set<keyof StateMachineOptions>([
  ...(['handlers', 'name', 'startedAt', 'handlerTimeout', 'jitter', 'seed'] as const),
]);

/** @throws SimulationError which names the option and what was expected. */
export function resolveOptions(options: StateMachineOptions): ResolvedOptions {
  checkObject(options, 'options');
  checkNames(options, 'options', names);
  const { handlers = {}, name = 'machine', startedAt, handlerTimeout, jitter = 1, seed = 1 } = options;
  checkObject(handlers, 'options.handlers');
  for (const [each, handler] of Object.entries(handlers)) {
    if (typeof handler === 'function') continue;
    throw new SimulationError(`options.handlers["${each}"] is ${shown(handler)}: expected a function`);
  }
  if (typeof name !== 'string' || name === '') {
    throw new SimulationError(`options.name is ${shown(name)}: expected a text that is not empty`);
  }
  holdable(name, 'options.name is');
  if (typeof jitter !== 'number' || !(jitter >= 0 && jitter <= 1)) {
    throw new SimulationError(`options.jitter is ${shown(jitter)}: expected a number from 0 to 1`);
  }
  return {
    handlers: new Map(Object.entries(handlers)),
    name,
    startedAt: startInstant(startedAt),
    handlerTimeout: timeoutOfHandlers(handlerTimeout),
    jitter: Math.round(jitter * 1000),
    seed: wholeNumber(seed, 'options.seed', 0, 2 ** 32 - 1),
  };
}
