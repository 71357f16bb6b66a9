/** Executions in the states language for the harness. */
import * as z from 'zod';
import {
  type StatesLanguageCommand,
  statesLanguageCommand,
} from '../../../model/state-machine/states-language/commands.ts';
import type { StatesLanguageState } from '../../../model/state-machine/states-language/executing/state.ts';
import { statesLanguage } from '../../../model/state-machine/states-language/machine.ts';
import { readResult } from '../../../sql/result.ts';
import { SetupError } from '../../../sql/setup-error.ts';
import { callStatesLanguage } from '../../../sql/state-machine/calls.ts';
import { installStateMachine } from '../../../sql/state-machine/install.ts';
import { observeStateMachine, readStateMachine } from '../../../sql/state-machine/observe.ts';
import { resetStateMachine } from '../../../sql/state-machine/reset.ts';
import { statesLanguageScripts } from '../../../sql/state-machine/states-language/index.ts';
import type { TestedRelease } from '../../contract/engine.ts';
import { observationOf } from '../../lockstep/observation.ts';
import { readEquivalents } from '../../mutants/read-equivalents.ts';
import { psqlScript, statementsOf } from '../../trace/psql-script.ts';
import { arbitraryEntry } from './arbitrary/entry.ts';
import { columns } from './columns.ts';
import { statesLanguageDrawing } from './drawing.ts';
import { keyOf } from './keys.ts';
import { project } from './projection.ts';
import { simpler } from './simpler.ts';
import { without } from './without.ts';

export const statesLanguageUnderTest: TestedRelease<StatesLanguageState, StatesLanguageCommand> = {
  engine: 'state-machine',
  release: 'states-language',
  machine: statesLanguage,
  parseCommand: (value) => statesLanguageCommand.parse(value),
  commandJsonSchema: () => z.toJSONSchema(statesLanguageCommand, { unrepresentable: 'any' }),
  project,
  columns,
  // It is what the documentation says.
  asDocumented: () => statesLanguageUnderTest,

  installation: async ({ migrations, schema }) => {
    if (migrations !== undefined || schema !== undefined)
      throw new SetupError(
        `the states language is a document, not SQL: remove ${migrations === undefined ? '--schema' : '--migrations'}`,
      );
    return installStateMachine(statesLanguageScripts);
  },
  call: callStatesLanguage,
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
  toPsql: (trace) => psqlScript(trace, (command) => statementsOf(callStatesLanguage(command))),
  drawing: statesLanguageDrawing,
  mutation: {
    schema: 'asl',
    get equivalents() {
      return readEquivalents(new URL('equivalent-mutants.json', import.meta.url));
    },
  },
};
