/** pgflow 0.8.1: tasks read in one phase and started in another, map steps, start delays, broadcasts, workers. */
import { describeCall } from '../../kernel/describe.ts';
import type { Machine } from '../../kernel/machine.ts';
import type { PgflowCommand } from './commands.ts';
import { invariants } from './invariants.ts';
import { type Broadcast, initialState, type PgflowState } from './state.ts';
import { jsonbParameters, transition } from './transition.ts';
import { witnesses } from './witnesses.ts';

export const pgflow081: Machine<PgflowState, PgflowCommand, Broadcast> = {
  initialState,
  transition,
  invariants,
  describe,
  witnesses,
};

function describe(command: PgflowCommand): string {
  switch (command.type) {
    case 'insert_worker':
    case 'deprecate_worker': {
      const { type, ...values } = command;
      const written = Object.entries(values).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
      return `${type === 'insert_worker' ? 'insert into' : 'deprecate in'} pgflow.workers: ${written.join(', ')}`;
    }
    default:
      return describeCall('pgflow', command, jsonbParameters);
  }
}
