/** Executors of state machines for the harness. */
import * as z from 'zod';
import { type FornextCommand, fornextCommand } from '../../../model/state-machine/fornext/commands.ts';
import type { AsDocumented } from '../../../model/state-machine/fornext/deviations.ts';
import { fornext, fornextAsDocumented } from '../../../model/state-machine/fornext/machine.ts';
import type { FornextState } from '../../../model/state-machine/fornext/state.ts';
import { readResult } from '../../../sql/result.ts';
import { SetupError } from '../../../sql/setup-error.ts';
import { callFornext } from '../../../sql/state-machine/calls.ts';
import { fornextScripts } from '../../../sql/state-machine/fornext/index.ts';
import { installStateMachine } from '../../../sql/state-machine/install.ts';
import { observeStateMachine, readStateMachine } from '../../../sql/state-machine/observe.ts';
import { resetStateMachine } from '../../../sql/state-machine/reset.ts';
import type { TestedRelease } from '../../contract/engine.ts';
import { observationOf } from '../../lockstep/observation.ts';
import { readEquivalents } from '../../mutants/read-equivalents.ts';
import { psqlScript, statementsOf } from '../../trace/psql-script.ts';
import { arbitraryEntry } from './arbitrary/entry.ts';
import { columns } from './columns.ts';
import { fornextDrawing } from './drawing.ts';
import { keyOf } from './keys.ts';
import { project } from './projection.ts';
import { simpler } from './simpler.ts';
import { without } from './without.ts';

export const fornextUnderTest: TestedRelease<FornextState, FornextCommand> = {
  engine: 'state-machine',
  release: 'fornext',
  machine: fornext,
  parseCommand: (value) => fornextCommand.parse(value),
  commandJsonSchema: () => z.toJSONSchema(fornextCommand, { unrepresentable: 'any' }),
  project,
  columns,
  asDocumented: (names) => ({ ...fornextUnderTest, machine: fornextAsDocumented(names as AsDocumented) }),

  installation: async ({ migrations, schema }) => {
    if (migrations !== undefined || schema !== undefined)
      throw new SetupError(
        `the executor is a program, not SQL: remove ${migrations === undefined ? '--schema' : '--migrations'}`,
      );
    return installStateMachine(fornextScripts);
  },
  call: callFornext,
  observe: observeStateMachine,
  readObservation: (results) => observationOf(readStateMachine(results), keyOf),
  readResult: (_, result) => readResult(result),
  reset: resetStateMachine,

  comparison: { key: keyOf, resultIsOrdered: () => true, loose: [] },
  order: () => (members) => members,

  arbitraryEntry,
  samplesInAll: 700,
  simplify: simpler,
  without,
  // Nothing here draws one.
  uuid: () => '00000000-0000-4000-8000-000000000000',
  drawsUuid: () => false,
  toPsql: (trace) => psqlScript(trace, (command) => statementsOf(callFornext(command))),
  drawing: fornextDrawing,
  mutation: {
    schema: 'asl',
    get equivalents() {
      return readEquivalents(new URL('equivalent-mutants.json', import.meta.url));
    },
  },
};
