/** Every branch of the executor that a campaign has to reach; each is named where it is reached. */
import { witnessNames } from '../../kernel/witness-names.ts';
import { stateTypes } from '../shared/types.ts';
import { operatorNames } from './choice.ts';

const both = ['true', 'false'];
const choices = operatorNames
  // Surprise: no comparison of timestamps comes to an end.
  .filter((operator) => !operator.startsWith('Timestamp'))
  .flatMap((operator) =>
    // Surprise: nothing is null, or a timestamp.
    (operator === 'IsNull' || operator === 'IsTimestamp' ? ['false'] : both).map(
      (does) => `${operator}/${does}`,
    ),
  );

const branches: Readonly<Record<string, readonly string[]>> = {
  as_string: ['done'],
  as_uint64: ['done'],
  choice: choices,
  clock: ['goes-back'],
  complete_task: ['dead', 'refused/22021', 'refused/22P05', 'refused/P0001', 'sent', 'waits'],
  count: ['more-than-all'],
  create_machine: ['done', 'refused/P0001'],
  deliver: [
    'dead',
    'deadlock',
    'done',
    'nothing',
    "panic/can not follow a <nil> at '...'",
    "panic/can not follow a bool at '...'",
    "panic/can not follow a float64 at '...'",
    "panic/can not follow a string at '...'",
    "panic/can not follow out of bounds array index at '...'",
    'panic/cannot find handler for task ...',
    'panic/close of closed channel',
    'panic/json: cannot unmarshal bool into Go value of type []interface {}',
    'panic/json: cannot unmarshal number into Go value of type []interface {}',
    'panic/json: cannot unmarshal object into Go value of type []interface {}',
    'panic/json: cannot unmarshal string into Go value of type []interface {}',
    'panic/key with .$ suffix, it value must be Path or Instrinsic',
    'panic/key with .$ suffix, it value must be string',
    'panic/must at least one element InputPath, got 0',
    'panic/no next state is choiced',
    'panic/not found',
    'panic/not support Instrinsic now',
    'panic/runtime error: invalid memory address or nil pointer dereference',
    'panic/unexpected end of JSON input',
    'panic/unsupport state <nil>',
    'panic/wrong type',
    'refused/P0001',
  ],
  duplicate: ['done', 'nothing'],
  hlc_update: ['done', 'refused/P0001'],
  parse_timestamp: ['done'],
  read_tasks: ['done', 'nothing', 'refused/2201W'],
  result: ['lost', 'set'],
  run: ['done', 'refused/22021', 'refused/22P05', 'refused/P0001'],
  start: [...stateTypes, 'no-branches', 'no-items'],
  tick: ['deadlocked', 'done'],
};

export const witnesses: readonly string[] = witnessNames(branches);

export const rareWitnesses: readonly string[] = [];
