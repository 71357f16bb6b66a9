/** Words for the traces of the registry. */
import type { Jsonb } from '../../../model/kernel/jsonb.ts';
import type { FornextCommand } from '../../../model/state-machine/fornext/commands.ts';
import type { MachineJson } from '../../../model/state-machine/shared/definition.ts';
import type { TraceEntry } from '../../contract/trace.ts';

/** All at once: a machine is made, and a run of it delivers so many messages. */
export const runOf = (
  definition: MachineJson,
  input: Jsonb,
  deliveries: number,
): readonly TraceEntry<FornextCommand>[] => {
  const commands: readonly FornextCommand[] = [
    { type: 'create_machine', machine: 'm', definition },
    { type: 'run', machine: 'm', input },
    ...Array.from({ length: deliveries }, () => ({ type: 'deliver' as const, executor: 1 })),
  ];
  return commands.map((command) => ({ at: 0, command }));
};

/** A Map that hands its items on. */
export const map: MachineJson = {
  StartAt: 'S1',
  States: {
    S1: {
      ...{ Type: 'Map', End: true },
      ItemProcessor: { StartAt: 'S2', States: { S2: { Type: 'Pass', End: true } } },
    },
  },
};

/** A machine of one state. */
export const one = (state: object): MachineJson => ({ StartAt: 'S1', States: { S1: state } }) as MachineJson;

type Entries = readonly TraceEntry<FornextCommand>[];

/** A Choice of what the run is given: it leads to either of two states. */
export const choiceOf = (rule: object, input: Jsonb): Entries =>
  runOf(
    {
      StartAt: 'S1',
      States: {
        S1: { Type: 'Choice', Choices: [{ ...rule, Next: 'S2' }], Default: 'S3' },
        S2: { Type: 'Succeed' },
        S3: { Type: 'Succeed' },
      },
    } as MachineJson,
    input,
    5,
  );

/** All at once. */
export const at = (commands: readonly FornextCommand[]): Entries =>
  commands.map((command) => ({ at: 0, command }));
const deliver: FornextCommand = { type: 'deliver', executor: 1 };
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

/** A task that ends twice. */
export const twice = (): Entries => {
  const end: FornextCommand = {
    type: 'complete_task',
    executor: 1,
    task_id: '/tenant/namespace/t/270dbd880',
    output: 1,
  };
  return [
    ...runOf(one({ Type: 'Task', Resource: 'r', End: true }), 1, 5),
    ...at([end, end, ...times(3, deliver)]),
  ];
};

/** Two branches, of which the second ends first. */
export const turned = (): Entries => [
  ...runOf(
    one({
      Type: 'Parallel',
      End: true,
      Branches: [
        { StartAt: 'S2', States: { S2: { Type: 'Pass', Next: 'S3' }, S3: { Type: 'Pass', End: true } } },
        { StartAt: 'S4', States: { S4: { Type: 'Succeed', OutputPath: '$.a' } } },
      ],
    }),
    { a: 1 },
    23,
  ),
];
