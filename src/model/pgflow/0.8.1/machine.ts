/** pgflow 0.8.1: tasks read in one phase and started in another, map steps, start delays, broadcasts, workers. */
import { describeCall } from '../../kernel/describe.ts';
import type { Machine } from '../../kernel/machine.ts';
import { jsonbParameters } from '../shared/signatures.ts';
import type { PgflowCommand } from './commands.ts';
import type { AsDocumented } from './deviations.ts';
import { invariants } from './invariants.ts';
import { type Broadcast, initialState, type PgflowState } from './state.ts';
import { transition } from './transition.ts';
import { rareWitnesses, witnesses } from './witnesses.ts';

type Pgflow081 = Machine<PgflowState, PgflowCommand, Broadcast>;

/** Does what the SQL does. */
export const pgflow081: Pgflow081 = {
  ...{ initialState, transition, invariants, describe },
  ...{ witnesses, rareWitnesses },
};

/** Does what the documentation says in these deviations, and what the SQL does in all others. */
export function pgflow081AsDocumented(names: AsDocumented): Pgflow081 {
  return {
    ...pgflow081,
    transition: (state, command, circumstances) => transition(state, command, circumstances, names),
  };
}

function describe(command: PgflowCommand): string {
  switch (command.type) {
    case 'insert_worker':
    case 'deprecate_worker': {
      const { type, ...values } = command;
      const written = Object.entries(values).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
      return `${type === 'insert_worker' ? 'insert into' : 'deprecate in'} pgflow.workers: ${written.join(', ')}`;
    }
    case 'delete_run':
      return `delete from pgflow.step_tasks, step_states and runs: run_id = ${JSON.stringify(command.run_id)}`;
    default:
      return describeCall('pgflow', command, jsonbParameters);
  }
}
