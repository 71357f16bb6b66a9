/** Machines within machines. */
import type { MachineJson, StateJson } from './definition.ts';

export interface Scope {
  /** How it is called. */
  readonly name: string;
  readonly machine: MachineJson;
}

/** What processes the items of a Map: under its name of today, or its older one. */
export const processorOf = ({ ItemProcessor, Iterator: older }: StateJson): MachineJson | undefined =>
  ItemProcessor ?? older;

/** The branches of a Parallel, or the processor of a Map. */
export function nestedIn(name: string, state: StateJson): readonly Scope[] {
  if (state.Type === 'Parallel')
    return (state.Branches ?? []).map((machine, i) => ({ name: `branch ${i} of ${name}`, machine }));
  const processor = processorOf(state);
  return state.Type === 'Map' && processor ? [{ name: `processor of ${name}`, machine: processor }] : [];
}

/** Also those that are nested in others. */
export function* statesIn({ States }: MachineJson): Generator<readonly [string, StateJson]> {
  for (const [name, state] of Object.entries(States)) {
    yield [name, state];
    for (const { machine } of nestedIn(name, state)) yield* statesIn(machine);
  }
}
