/** The DAG cascade for the harness. */
import * as z from 'zod';
import { type DagCascadeCommand, dagCascadeCommand } from '../../model/dag-cascade/commands.ts';
import type { AsDocumented } from '../../model/dag-cascade/deviations.ts';
import { dagCascade, dagCascadeAsDocumented } from '../../model/dag-cascade/machine.ts';
import type { DagCascadeState } from '../../model/dag-cascade/state.ts';
import { callDagCascade } from '../../sql/dag-cascade/calls.ts';
import { installDagCascade } from '../../sql/dag-cascade/install.ts';
import { observeDagCascade, readDagCascade } from '../../sql/dag-cascade/observe.ts';
import { resetDagCascade } from '../../sql/dag-cascade/reset.ts';
import { SetupError } from '../../sql/setup-error.ts';
import type { TestedRelease } from '../contract/engine.ts';
import { observationOf } from '../lockstep/observation.ts';
import { readEquivalents } from '../mutants/read-equivalents.ts';
import { psqlScript, statementsOf } from '../trace/psql-script.ts';
import { arbitraryEntry } from './arbitrary/entry.ts';
import { columns } from './columns.ts';
import { dagCascadeDrawing } from './drawing.ts';
import { keyOf } from './keys.ts';
import { orderOf } from './order/index.ts';
import { otherOrders } from './order/others.ts';
import { project } from './projection.ts';
import { readDagResult } from './results.ts';
import { simpler } from './simpler.ts';
import { stepsInOrder } from './steps.ts';
import { without } from './without.ts';

export const dagCascadeUnderTest: TestedRelease<DagCascadeState, DagCascadeCommand> = {
  engine: 'dag-cascade',
  release: '1.0',
  machine: dagCascade,
  parseCommand: (value) => dagCascadeCommand.parse(value),
  commandJsonSchema: () => z.toJSONSchema(dagCascadeCommand, { unrepresentable: 'any' }),
  project,
  columns,
  asDocumented: (names) => ({
    ...dagCascadeUnderTest,
    machine: dagCascadeAsDocumented(names as AsDocumented),
  }),

  installation: async ({ migrations, schema }) => {
    if (migrations !== undefined)
      throw new SetupError(
        'the DAG cascade has no migrations: remove --migrations, and name a directory with its six files with --schema',
      );
    return installDagCascade(schema);
  },
  call: callDagCascade,
  observe: observeDagCascade,
  readObservation: (results) => observationOf(stepsInOrder(readDagCascade(results)), keyOf),
  readResult: readDagResult,
  reset: resetDagCascade,

  // Views are read in order, all else gives one row at most.
  comparison: { key: keyOf, resultIsOrdered: () => true, loose: [] },
  order: orderOf,
  otherOrders: (command, tables) => otherOrders(orderOf(command, tables)),

  arbitraryEntry,
  samplesInAll: 300,
  simplify: simpler,
  without,
  // Nothing here draws one.
  uuid: () => '00000000-0000-4000-8000-000000000000',
  drawsUuid: () => false,
  toPsql: (trace) => psqlScript(trace, (command) => statementsOf(callDagCascade(command))),
  drawing: dagCascadeDrawing,
  mutation: {
    schema: ['async', 'flow'],
    get equivalents() {
      return readEquivalents(new URL('equivalent-mutants.json', import.meta.url));
    },
  },
};
