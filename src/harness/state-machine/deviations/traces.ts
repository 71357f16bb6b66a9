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
