/** One statement for each command. */
import type { FornextCommand } from '../../model/state-machine/fornext/commands.ts';
import type { StatesLanguageCommand } from '../../model/state-machine/states-language/commands.ts';
import { callOf, type ParameterType } from '../call.ts';
import type { Query } from '../driver.ts';

type Types = Readonly<Record<string, ParameterType>>;

/** The parameters of each command's function, whose names have an underscore before them in SQL. */
const ofFornext: Readonly<Record<FornextCommand['type'], Types>> = {
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
const ofStatesLanguage: Readonly<Record<StatesLanguageCommand['type'], Types>> = {
  create_machine: { machine: 'text', definition: 'jsonb' },
  start_execution: { machine: 'text', input: 'jsonb' },
  deliver: { execution: 'bigint', jitter: 'integer' },
  duplicate: { execution: 'bigint' },
  read_tasks: { vt: 'integer', qty: 'integer' },
  complete_task: { task_id: 'text', output: 'jsonb' },
  fail_task: { task_id: 'text', error: 'text', cause: 'text' },
  heartbeat: { task_id: 'text' },
  cancel_execution: { execution: 'bigint' },
  delete_execution: { execution: 'bigint' },
  tick: {},
};

const withUnderscores = (values: object) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`_${name}`, value]));

const calls =
  <Command extends { readonly type: string }>(parameters: Readonly<Record<string, Types>>) =>
  ({ type, ...values }: Command): Query =>
    callOf(`asl.${type}`, withUnderscores(parameters[type]!), withUnderscores(values));

export const callFornext = calls<FornextCommand>(ofFornext);
export const callStatesLanguage = calls<StatesLanguageCommand>(ofStatesLanguage);
