/** One statement for each command. */
import type { FornextCommand } from '../../model/state-machine/fornext/commands.ts';
import { callOf, type ParameterType } from '../call.ts';
import type { Query } from '../driver.ts';

type Types = Readonly<Record<string, ParameterType>>;

/** The parameters of each command's function, whose names have an underscore before them in SQL. */
const parameters: Readonly<Record<FornextCommand['type'], Types>> = {
  create_machine: { machine: 'text', definition: 'jsonb' },
  run: { machine: 'text', input: 'jsonb', handlers: 'text[]' },
  deliver: { executor: 'bigint' },
  duplicate: { executor: 'bigint' },
  read_tasks: { vt: 'integer', qty: 'integer' },
  complete_task: { executor: 'bigint', task_id: 'text', output: 'jsonb', msg_id: 'bigint' },
  tick: {},
  hlc_update: { executor: 'bigint', wall: 'bigint', logical: 'bigint' },
  as_uint64: { wall: 'bigint', logical: 'bigint' },
  as_string: { wall: 'bigint', logical: 'bigint' },
  parse_timestamp: { value: 'text' },
};

export function callStateMachine({ type, ...values }: FornextCommand): Query {
  const types = Object.entries(parameters[type]).map(([name, of]) => [`_${name}`, of] as const);
  const given = Object.entries(values).map(([name, value]) => [`_${name}`, value] as const);
  return callOf(`asl.${type}`, Object.fromEntries(types), Object.fromEntries(given));
}
