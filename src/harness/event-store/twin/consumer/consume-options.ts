/** How a consumer reads and what it does about errors. */
import { checkObject, wholeNumber } from '../../../twin/checks.ts';
import { type Duration, toMilliseconds } from '../../../twin/duration.ts';
import { SimulationError, shown } from '../../../twin/simulation-error.ts';
import type { StoredEvent } from '../functions/rows.ts';

/** What a handler gets besides the event. */
export interface Delivery {
  readonly view: string;
  /** Number of the consumer, from 1. */
  readonly consumer: number;
  /** How often the view got this event without acknowledging it, from 1. */
  readonly number: number;
  /** Virtual time. */
  readonly readAt: Date;
}

/** Handles an event, once or more often. If it throws, the event is not handled. */
export type Handler<Data = unknown> = (event: StoredEvent<Data>, delivery: Delivery) => unknown;

/**
 * What happens after a handler threw. `nack`: the event comes again at once. A duration: it comes again after that time
 * (`schedule_nack_event`). `leave`: it comes again when its lock ends. `ack`: it never comes again.
 */
export type Remedy = 'nack' | 'leave' | 'ack' | Duration;

export interface ConsumeOptions<Data = unknown> {
  /** How many events it reads at once, each from another partition. They are handled one after another. Default: 1. */
  readonly limit?: number;
  /** For how many seconds it locks a partition that it reads. Default: 300. */
  readonly seconds?: number;
  /** How long it waits after it found nothing. Default: 1 s. */
  readonly every?: Duration;
  /** Default: `nack`. */
  readonly onError?: Remedy | ((error: unknown, event: StoredEvent<Data>, delivery: Delivery) => Remedy);
  /** How long after a crash it starts again. Default: at once. `false`: only `start()` starts it. */
  readonly restartAfter?: Duration | false;
}

export type ResolvedRemedy = 'nack' | 'leave' | 'ack' | number;

export interface ResolvedConsumeOptions {
  /** Left to the default of the SQL where the test leaves it out. */
  readonly limit: number | undefined;
  readonly seconds: number | undefined;
  /** Milliseconds. */
  readonly every: number;
  readonly onError: (error: unknown, event: StoredEvent, delivery: Delivery) => ResolvedRemedy;
  readonly restartAfter: number | false;
}

const names: ReadonlySet<string> = new Set<keyof ConsumeOptions>([
  'limit',
  'seconds',
  'every',
  'onError',
  'restartAfter',
]);
const largest = 2 ** 31 - 1;

/** @throws SimulationError which names the option and what was expected. */
export function resolveConsumeOptions<Data>(options: ConsumeOptions<Data>): ResolvedConsumeOptions {
  const what = 'the options of consume()';
  checkObject(options, what);
  for (const name of Object.keys(options)) {
    if (names.has(name)) continue;
    throw new SimulationError(
      `${name} is not an option of consume(): expected one of ${[...names].join(', ')}`,
    );
  }
  const { limit, seconds, every = 1000, onError = 'nack', restartAfter = 0 } = options;
  const interval = toMilliseconds(every, 'every of consume()');
  if (interval === 0)
    throw new SimulationError(`every of consume() is ${shown(every)}: expected 1 ms or more`);
  return {
    limit: limit === undefined ? undefined : wholeNumber(limit, 'limit of consume()', 1, largest),
    seconds: seconds === undefined ? undefined : wholeNumber(seconds, 'seconds of consume()', 0, largest),
    every: interval,
    onError: remedyOf(onError as ConsumeOptions['onError'] & {}),
    restartAfter: restartAfter === false ? false : toMilliseconds(restartAfter, 'restartAfter of consume()'),
  };
}

function remedyOf(onError: NonNullable<ConsumeOptions['onError']>): ResolvedConsumeOptions['onError'] {
  if (typeof onError !== 'function') {
    const remedy = resolved(onError, 'onError of consume()');
    return () => remedy;
  }
  return (error, event, delivery) =>
    resolved(onError(error, event, delivery), 'the result of onError() of consume()');
}

function resolved(remedy: Remedy, what: string): ResolvedRemedy {
  if (remedy === 'nack' || remedy === 'leave' || remedy === 'ack') return remedy;
  try {
    return toMilliseconds(remedy, what);
  } catch {
    throw new SimulationError(
      `${what} is ${shown(remedy)}: expected 'nack', 'leave', 'ack', or a duration such as '30s'`,
    );
  }
}
