/** pgflow 0.1.20: the release of the first migration, with tasks polled in one phase. */
import { describeCall } from '../../kernel/describe.ts';
import type { Machine } from '../../kernel/machine.ts';
import { jsonbParameters } from '../shared/signatures.ts';
import type { PgflowCommand } from './commands.ts';
import type { AsDocumented } from './deviations.ts';
import { invariants } from './invariants.ts';
import { initialState, type MessageRecord, type PgflowState } from './state.ts';
import { transition } from './transition.ts';
import { rareWitnesses, rareWitnessesOnPgmq111, witnesses, witnessesOnPgmq111 } from './witnesses.ts';

function machineUnder(
  messageRecord: MessageRecord,
  named: Pick<Machine<never, never, never>, 'witnesses' | 'rareWitnesses'>,
): Machine<PgflowState, PgflowCommand, never> {
  return {
    initialState: initialState(messageRecord),
    transition,
    invariants,
    describe: (command) => describeCall('pgflow', command, jsonbParameters),
    ...named,
  };
}

/** Does what the documentation says in these deviations, and what the SQL does in all others. */
export function pgflow0120AsDocumented(names: AsDocumented): Machine<PgflowState, PgflowCommand, never> {
  return {
    ...pgflow0120,
    transition: (state, command, circumstances) => transition(state, command, circumstances, names),
  };
}

/** With the queue's types as they were when the release was written. */
export const pgflow0120 = machineUnder('as in pgmq 1.4', { witnesses, rareWitnesses });

/** On today's queue as it is, where no task can be polled. */
export const pgflow0120OnPgmq111 = machineUnder('as in pgmq 1.11', {
  witnesses: witnessesOnPgmq111,
  rareWitnesses: rareWitnessesOnPgmq111,
});
