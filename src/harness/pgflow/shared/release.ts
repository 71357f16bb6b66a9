/** What the harness has for every release of pgflow: how commands are read, the SQL asked, and both sides compared. */
import * as z from 'zod';
import type { Query, QueryResult } from '../../../sql/driver.ts';
import { observePgflow, readPgflow } from '../../../sql/pgflow/observe.ts';
import { resetPgflow } from '../../../sql/pgflow/reset.ts';
import type { AnyCommand } from '../../contract/command.ts';
import type { TestedRelease } from '../../contract/engine.ts';
import type { Trace } from '../../contract/trace.ts';
import { observationOf } from '../../lockstep/observation.ts';
import { pgflowDrawing } from './drawing.ts';
import { keyOf } from './keys.ts';
import { toPsql } from './psql.ts';
import { starts, uuidAt } from './run-ids.ts';

/** Parameters that name something, and are not made smaller. */
export const identifiers = ['flow_slug', 'step_slug', 'run_id', 'queue_name', 'msg_id', 'slug'] as const;

export function everyRelease<Command extends AnyCommand>(
  schema: z.ZodType<Command>,
  call: (command: Command) => Query,
) {
  return {
    engine: 'pgflow',
    parseCommand: (value: unknown) => schema.parse(value),
    commandJsonSchema: () => z.toJSONSchema(schema, { unrepresentable: 'any' }),

    call,
    observe: observePgflow,
    readObservation: (results: readonly QueryResult[]) => observationOf(readPgflow(results), keyOf),
    reset: resetPgflow,

    // None of the queries that return more than one row has an ORDER BY.
    comparison: { key: keyOf, resultIsOrdered: () => false, loose: [] },

    uuid: uuidAt,
    drawsUuid: starts,
    toPsql: (trace: Trace<Command>) => toPsql(trace, call),
    drawing: pgflowDrawing,
  } satisfies Partial<TestedRelease<never, Command>>;
}
