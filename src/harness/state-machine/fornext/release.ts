/** Executors of state machines for the harness. */
import * as z from 'zod';
import { type FornextCommand, fornextCommand } from '../../../model/state-machine/fornext/commands.ts';
import type { AsDocumented } from '../../../model/state-machine/fornext/deviations.ts';
import { fornext, fornextAsDocumented } from '../../../model/state-machine/fornext/machine.ts';
import type { FornextState } from '../../../model/state-machine/fornext/state.ts';
import { callFornext } from '../../../sql/state-machine/calls.ts';
import { fornextScripts } from '../../../sql/state-machine/fornext/index.ts';
import type { TestedRelease } from '../../contract/engine.ts';
import { readEquivalents } from '../../mutants/read-equivalents.ts';
import { psqlScript, statementsOf } from '../../trace/psql-script.ts';
import { facetsOf, installationOf } from '../shared/facets.ts';
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

  installation: installationOf(fornextScripts, 'the executor is a program'),
  call: callFornext,
  ...facetsOf(keyOf),

  arbitraryEntry,
  samplesInAll: 700,
  simplify: simpler,
  without,
  toPsql: (trace) => psqlScript(trace, (command) => statementsOf(callFornext(command))),
  drawing: fornextDrawing,
  mutation: {
    schema: 'asl',
    get equivalents() {
      return readEquivalents(new URL('equivalent-mutants.json', import.meta.url));
    },
  },
};
