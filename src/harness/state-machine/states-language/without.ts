/** A trace without some of its entries whose commands still mean the same executions, though these have other numbers. */
import type { StatesLanguageCommand } from '../../../model/state-machine/states-language/commands.ts';
import { statesLanguage } from '../../../model/state-machine/states-language/machine.ts';
import type { TraceEntry } from '../../contract/trace.ts';

type Entry = TraceEntry<StatesLanguageCommand>;

export function without(entries: readonly Entry[], positions: ReadonlySet<number>): readonly Entry[] {
  const began = startsIn(entries);
  const kept = entries.flatMap((entry, position) => (positions.has(position) ? [] : [{ entry, position }]));
  const after = startsIn(kept.map(({ entry }) => entry));
  const numbers = new Map([...after].map(([place, execution]) => [kept[place]!.position, execution]));
  const moved = new Map([...began].map(([position, execution]) => [execution, numbers.get(position)]));
  const now = (execution: number): number => moved.get(execution) ?? execution;
  return kept.map(({ entry: { at, command } }): Entry => {
    if ('execution' in command) return { at, command: { ...command, execution: now(command.execution) } };
    if (!('task_id' in command)) return { at, command };
    // The id of a task begins with the number of its execution.
    const task_id = command.task_id.replace(/^\d+(?=\/)/, (number) => `${now(Number(number))}`);
    return { at, command: { ...command, task_id } };
  });
}

/** Which execution each entry has begun, by its place. */
function startsIn(entries: readonly Entry[]): Map<number, number> {
  const starts = new Map<number, number>();
  let state = statesLanguage.initialState;
  for (const [place, { at, command }] of entries.entries()) {
    const before = state.lastExecution;
    state = statesLanguage.transition(state, command, { now: at, uuid: '' }).state;
    if (state.lastExecution > before) starts.set(place, state.lastExecution);
  }
  return starts;
}
