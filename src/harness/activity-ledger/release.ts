/** The activity ledger for the harness: the published one, and its successor. */
import * as z from 'zod';
import {
  countdown,
  countdownAsDocumented,
  increment,
  type LedgerMachine,
} from '../../model/activity-ledger/machine.ts';
import {
  countdownCommand,
  incrementCommand,
  type LedgerCommand,
} from '../../model/activity-ledger/shared/commands.ts';
import type { AsDocumented } from '../../model/activity-ledger/shared/deviations.ts';
import type { LedgerState } from '../../model/activity-ledger/shared/state.ts';
import { callLedger } from '../../sql/activity-ledger/calls.ts';
import { countdownScripts } from '../../sql/activity-ledger/countdown/index.ts';
import { incrementScripts } from '../../sql/activity-ledger/increment/index.ts';
import { installLedger } from '../../sql/activity-ledger/install.ts';
import { observeLedger, readLedger } from '../../sql/activity-ledger/observe.ts';
import { resetLedger } from '../../sql/activity-ledger/reset.ts';
import { readResult } from '../../sql/result.ts';
import { SetupError } from '../../sql/setup-error.ts';
import type { TestedRelease } from '../contract/engine.ts';
import { observationOf } from '../lockstep/observation.ts';
import { readEquivalents } from '../mutants/read-equivalents.ts';
import { psqlScript, statementsOf } from '../trace/psql-script.ts';
import { arbitraryEntryOf } from './arbitrary/entry.ts';
import { columns } from './columns.ts';
import { drawingOf } from './drawing.ts';
import { drawCountdown, drawIncrement } from './drawn-ledgers.ts';
import { keyOf } from './keys.ts';
import { project } from './projection.ts';
import { simpler } from './simpler.ts';
import { withoutOf } from './without.ts';

export type LedgerRelease = TestedRelease<LedgerState, LedgerCommand>;

interface Own {
  readonly release: 'countdown' | 'increment';
  readonly machine: LedgerMachine;
  readonly commands: typeof countdownCommand | typeof incrementCommand;
  readonly scripts: Parameters<typeof installLedger>[0];
  readonly draw: Parameters<typeof drawingOf>[0];
}

const underTest = ({ release, machine, commands, scripts, draw }: Own): LedgerRelease => ({
  engine: 'activity-ledger',
  release,
  machine,
  parseCommand: (value) => commands.parse(value),
  commandJsonSchema: () => z.toJSONSchema(commands, { unrepresentable: 'any' }),
  project,
  columns,

  installation: async ({ migrations, schema }) => {
    if (migrations !== undefined || schema !== undefined)
      throw new SetupError(
        `the original keeps its ledgers by a program, not by SQL: remove ${migrations === undefined ? '--schema' : '--migrations'}, or name a recording with --recording`,
      );
    return installLedger(scripts);
  },
  call: callLedger,
  observe: observeLedger,
  readObservation: (results) => observationOf(readLedger(results), keyOf),
  readResult: (_, result) => readResult(result),
  reset: resetLedger,

  // One row at most.
  comparison: { key: keyOf, resultIsOrdered: () => true, loose: [] },
  order: () => (members) => members,

  arbitraryEntry: arbitraryEntryOf(release),
  samplesInAll: release === 'countdown' ? 600 : 320,
  simplify: simpler(commands),
  without: withoutOf(machine),
  // Nothing here draws one.
  uuid: () => '00000000-0000-4000-8000-000000000000',
  drawsUuid: () => false,
  toPsql: (trace) => psqlScript(trace, (command) => statementsOf(callLedger(command))),
  drawing: drawingOf(draw),
  mutation: {
    schema: 'ledger',
    get equivalents() {
      return ['equivalent-mutants.json', `equivalent-mutants-${release}.json`].flatMap((name) =>
        readEquivalents(new URL(name, import.meta.url)),
      );
    },
  },
});

export const countdownUnderTest: LedgerRelease = {
  ...underTest({
    ...{
      release: 'countdown',
      machine: countdown,
      commands: countdownCommand,
      scripts: countdownScripts,
      draw: drawCountdown,
    },
  }),
  follows: { '@hotmeshio/hotmesh': '0.3.32' },
  asDocumented: (names) => ({
    ...countdownUnderTest,
    machine: countdownAsDocumented(names as AsDocumented),
  }),
};

/** Of a specification: no program was asked what it does. */
export const incrementUnderTest: LedgerRelease = underTest({
  ...{
    release: 'increment',
    machine: increment,
    commands: incrementCommand,
    scripts: incrementScripts,
    draw: drawIncrement,
  },
});
