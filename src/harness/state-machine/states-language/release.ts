/** Executions in the states language for the harness. */
import * as z from 'zod';
import {
  type StatesLanguageCommand,
  statesLanguageCommand,
} from '../../../model/state-machine/states-language/commands.ts';
import type { StatesLanguageState } from '../../../model/state-machine/states-language/executing/state.ts';
import { statesLanguage } from '../../../model/state-machine/states-language/machine.ts';
import { callStatesLanguage } from '../../../sql/state-machine/calls.ts';
import { statesLanguageScripts } from '../../../sql/state-machine/states-language/index.ts';
import type { TestedRelease } from '../../contract/engine.ts';
import { readEquivalents } from '../../mutants/read-equivalents.ts';
import { psqlScript, statementsOf } from '../../trace/psql-script.ts';
import { facetsOf, installationOf } from '../shared/facets.ts';
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

  installation: installationOf(statesLanguageScripts, 'the states language is a document'),
  call: callStatesLanguage,
  ...facetsOf(keyOf),

  arbitraryEntry,
  samplesInAll: 700,
  simplify: simpler,
  without,
  toPsql: (trace) => psqlScript(trace, (command) => statementsOf(callStatesLanguage(command))),
  drawing: statesLanguageDrawing,
  mutation: {
    schema: 'asl',
    get equivalents() {
      return readEquivalents(new URL('equivalent-mutants.json', import.meta.url));
    },
  },
};
