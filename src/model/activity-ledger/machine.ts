/** Activities whose progress is one integer, and the jobs around them. */
import { describeCall } from '../kernel/describe.ts';
import type { Machine } from '../kernel/machine.ts';
import { countdownOperations, countdownProtocol } from './countdown/execute.ts';
import { rareWitnesses as countdownRare, witnesses } from './countdown/witnesses.ts';
import { incrementOperations, incrementProtocol } from './increment/execute.ts';
import { witnesses as incrementWitnesses, rareWitnesses } from './increment/witnesses.ts';
import type { LedgerCommand } from './shared/commands.ts';
import type { AsDocumented } from './shared/deviations.ts';
import { transitionOf } from './shared/execute.ts';
import { countdownInvariants, invariants } from './shared/invariants.ts';
import { jsonbParameters } from './shared/signatures.ts';
import { initialState, type LedgerState } from './shared/state.ts';

export type LedgerMachine = Machine<LedgerState, LedgerCommand, never>;

const describe = (command: LedgerCommand): string => describeCall('ledger', command, jsonbParameters);

/** Does what the documentation says in these deviations, and what the original does in all others. */
export const countdownAsDocumented = (documented: AsDocumented): LedgerMachine => ({
  initialState,
  transition: transitionOf(countdownProtocol, countdownOperations, documented),
  invariants: countdownInvariants,
  describe,
  witnesses,
  rareWitnesses: countdownRare,
});

/** Does what the original does. */
export const countdown: LedgerMachine = countdownAsDocumented(new Set());

/** What the published specification of the successor says. */
export const increment: LedgerMachine = {
  initialState,
  transition: transitionOf(incrementProtocol, incrementOperations, new Set()),
  invariants,
  describe,
  witnesses: incrementWitnesses,
  rareWitnesses,
};
