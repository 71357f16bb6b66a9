/** A trace without some of its entries whose commands still mean the same executors, though these have other numbers. */
import type { FornextCommand } from '../../../model/state-machine/fornext/commands.ts';
import { fornext } from '../../../model/state-machine/fornext/machine.ts';
import type { TraceEntry } from '../../contract/trace.ts';

type Entry = TraceEntry<FornextCommand>;

export function without(entries: readonly Entry[], positions: ReadonlySet<number>): readonly Entry[] {
  const began = startsIn(entries);
  const kept = entries.flatMap((entry, position) => (positions.has(position) ? [] : [{ entry, position }]));
  const after = startsIn(kept.map(({ entry }) => entry));
  const numbers = new Map([...after].map(([place, executor]) => [kept[place]!.position, executor]));
  const moved = new Map(
    [...began].map(([position, executor]) => [executor, numbers.get(position) ?? executor]),
  );
  return kept.map(({ entry: { at, command } }) => ({
    at,
    command:
      'executor' in command
        ? { ...command, executor: moved.get(command.executor) ?? command.executor }
        : command,
  }));
}

/** Which executor each entry has begun, by its place. */
function startsIn(entries: readonly Entry[]): Map<number, number> {
  const starts = new Map<number, number>();
  let state = fornext.initialState;
  for (const [place, { at, command }] of entries.entries()) {
    const before = state.executors.size;
    state = fornext.transition(state, command, { now: at, uuid: '' }).state;
    if (state.executors.size > before) starts.set(place, state.executors.size);
  }
  return starts;
}
