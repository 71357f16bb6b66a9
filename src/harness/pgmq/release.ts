/** pgmq 1.11.1, the queue by itself, for the harness. */
import * as z from 'zod';
import { type PgmqCommand, pgmqCommand } from '../../model/pgmq/commands.ts';
import { pgmqMachine } from '../../model/pgmq/machine.ts';
import type { PgmqState } from '../../model/pgmq/state.ts';
import { observeSchemas, readTables } from '../../sql/observe.ts';
import { callPgmq } from '../../sql/pgmq/calls.ts';
import { pgmqExtension } from '../../sql/pgmq/install.ts';
import { dropQueues } from '../../sql/pgmq/reset.ts';
import { readResult } from '../../sql/result.ts';
import { SetupError } from '../../sql/setup-error.ts';
import type { TestedRelease } from '../contract/engine.ts';
import { observationOf } from '../lockstep/observation.ts';
import { psqlScript, statementsOf } from '../trace/psql-script.ts';
import { simplerCommands } from '../trace/simplify.ts';
import { arbitraryEntry } from './arbitrary-entry.ts';
import { pgmqDrawing } from './drawing.ts';
import { pgmqKey, projectPgmq } from './projection.ts';
import { pgmqScript } from './script.ts';

const identifiers: ReadonlySet<string> = new Set(['queue_name', 'msg_id']);

const isCommand = (candidate: unknown): candidate is PgmqCommand => pgmqCommand.safeParse(candidate).success;

export const pgmqUnderTest: TestedRelease<PgmqState, PgmqCommand> = {
  engine: 'pgmq',
  release: '1.11.1',
  machine: pgmqMachine,
  parseCommand: (value) => pgmqCommand.parse(value),
  commandJsonSchema: () => z.toJSONSchema(pgmqCommand, { unrepresentable: 'any' }),
  project: (state) => new Map(projectPgmq(state)),

  installation: async ({ migrations }) => {
    if (migrations !== undefined) {
      throw new SetupError('pgmq is an extension and has no migrations: remove --migrations');
    }
    return pgmqExtension();
  },
  call: callPgmq,
  observe: [observeSchemas(['pgmq'])],
  readObservation: ([tables]) => observationOf(readTables(tables), pgmqKey),
  readResult: (_, result) => readResult(result),
  reset: dropQueues,

  // None of its queries orders what it returns.
  comparison: { key: pgmqKey, resultIsOrdered: () => false, loose: [] },
  order: () => (members) => members,

  arbitraryEntry,
  samplesInAll: 220,
  simplify: (command) => simplerCommands(command, isCommand, identifiers),
  without: (entries, positions) => entries.filter((_, position) => !positions.has(position)),
  // Nothing here draws one.
  uuid: () => '00000000-0000-4000-8000-000000000000',
  drawsUuid: () => false,
  toPsql: (trace) => psqlScript(trace, (command) => statementsOf(callPgmq(command))),
  drawing: pgmqDrawing,
  script: pgmqScript(),
};
