/** What was executed so far, in the format of the traces that `pgtwin replay` executes on model and SQL. */
import type { EventStoreCommand } from '../../../model/event-store/commands.ts';
import type { IdType } from '../../../model/event-store/ids.ts';
import type { Database } from './database.ts';
import { isCommand } from './log.ts';

export interface EventStoreTrace {
  readonly engine: 'event-store';
  readonly release: IdType;
  /** ISO 8601. */
  readonly startedAt: string;
  /** `at`: milliseconds since then. */
  readonly commands: readonly { readonly at: number; readonly command: EventStoreCommand }[];
}

export function traceOf({ log, options }: Database): EventStoreTrace {
  return {
    engine: 'event-store',
    release: options.ids,
    startedAt: new Date(options.startedAt).toISOString(),
    commands: log.filter(isCommand).map(({ atMs, command }) => ({ at: atMs, command })),
  };
}
