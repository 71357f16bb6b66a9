/** A machine is kept, where nothing is wrong with it. */
import { compareBytes } from '../shared/bytes.ts';
import type { CommandOf } from './commands.ts';
import type { Draft } from './executing/state.ts';
import { faultsOf } from './faults/machine.ts';
import { statesIn } from './language/scopes.ts';

/** Why it is not kept. Of several faults the first by its text, so that their order does not matter. */
export function createMachine(
  draft: Draft,
  { machine, definition }: CommandOf<'create_machine'>,
): string | undefined {
  if (draft.machines.has(machine)) return `machine ${machine} is there`;
  const [fault] = faultsOf(definition, draft.language).sort(compareBytes);
  if (fault !== undefined) return fault;
  const states = new Map(statesIn(definition));
  draft.machines = draft.machines.set(machine, { machine, definition, states }, draft.owner);
  return undefined;
}
