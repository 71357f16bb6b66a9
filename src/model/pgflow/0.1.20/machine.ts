/** pgflow 0.1.20: the release of the first migration, with tasks polled in one phase. */
import { describeCall } from '../../kernel/describe.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { PgflowCommand } from './commands.ts';
import { invariants } from './invariants.ts';
import { initialState, type PgflowState } from './state.ts';
import { jsonbParameters, transition } from './transition.ts';
import { witnesses } from './witnesses.ts';

export const pgflow0120: Machine<PgflowState, PgflowCommand, never> = {
  initialState: initialState(),
  transition,
  invariants,
  describe: (command) => describeCall('pgflow', command, jsonbParameters),
  witnesses,
};
