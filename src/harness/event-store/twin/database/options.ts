/** What an event store is made with: checked by hand, so that importing it loads no schema library. */
import type { IdType } from '../../../../model/event-store/ids.ts';
import { checkNames, checkObject } from '../../../twin/checks.ts';
import { type Duration, toMilliseconds } from '../../../twin/duration.ts';
import { backendName, startInstant, timeoutOfHandlers } from '../../../twin/options.ts';
import { SimulationError, shown } from '../../../twin/simulation-error.ts';

export interface EventStoreOptions {
  /** The type of `decider_id`: `text` (the default), or `uuid`, as in the first schema. */
  readonly ids?: 'text' | 'uuid';
  /** The virtual instant at which everything begins. Default: 2030-01-01T00:00:00Z. */
  readonly startedAt?: Date | number;
  /**
   * How much virtual time each statement takes. Default: 1 ms. With 0, an appended event cannot be streamed in the same
   * instant, as within one transaction.
   */
  readonly statementTakes?: Duration;
  /** What a handler does by itself it must have done after so many milliseconds of real time. Default: 2000, less than the timeout of a vitest test. */
  readonly handlerTimeout?: number;
  /** `model`: in memory (the default). `pglite`: also on SQL in an embedded Postgres, compared after every statement. */
  readonly backend?: 'model' | 'pglite';
  /** With `pglite`: a file with the schema. Default: the schema of pgtwin. */
  readonly schema?: string;
}

export interface ResolvedOptions {
  readonly ids: IdType;
  readonly startedAt: number;
  /** Milliseconds of virtual time. */
  readonly statementTakes: number;
  /** Milliseconds of real time. */
  readonly handlerTimeout: number;
  readonly backend: 'model' | 'pglite';
  readonly schema: string | undefined;
}

const names: ReadonlySet<string> = new Set<keyof EventStoreOptions>([
  'ids',
  'startedAt',
  'statementTakes',
  'handlerTimeout',
  'backend',
  'schema',
]);

/** @throws SimulationError which names the option and what was expected. */
export function resolveOptions(options: EventStoreOptions): ResolvedOptions {
  checkObject(options, 'options');
  checkNames(options, 'options', names);
  const { ids = 'text', schema } = options;
  if (ids !== 'text' && ids !== 'uuid') {
    throw new SimulationError(`options.ids is ${shown(ids)}: expected 'text' or 'uuid'`);
  }
  const backend = backendName(options.backend);
  if (schema !== undefined && typeof schema !== 'string') {
    throw new SimulationError(`options.schema is ${shown(schema)}: expected the path of a file of SQL`);
  }
  if (schema !== undefined && backend === 'model') {
    throw new SimulationError("options.schema needs the SQL: expected backend: 'pglite' as well");
  }
  return {
    ids,
    startedAt: startInstant(options.startedAt),
    statementTakes: toMilliseconds(options.statementTakes ?? 1, 'options.statementTakes'),
    handlerTimeout: timeoutOfHandlers(options.handlerTimeout),
    backend,
    schema,
  };
}
