/** The executor of fornext: commands and events of machines in the states language. */
import { describeCall } from '../../kernel/describe.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { FornextCommand } from './commands.ts';
import type { AsDocumented } from './deviations.ts';
import { invariants } from './invariants.ts';
import { jsonbParameters } from './signatures.ts';
import { type FornextState, initialState } from './state.ts';
import { transitionOf } from './transition.ts';
import { rareWitnesses, witnesses } from './witnesses.ts';

export type FornextMachine = Machine<FornextState, FornextCommand, never>;

/** Does what the documentation says in these deviations, and what the original does in all others. */
export const fornextAsDocumented = (documented: AsDocumented): FornextMachine => ({
  initialState,
  transition: transitionOf(documented),
  invariants,
  describe: (command) => describeCall('asl', command, jsonbParameters),
  witnesses,
  rareWitnesses,
});

/** Does what the original does. */
export const fornext: FornextMachine = fornextAsDocumented(new Set());
