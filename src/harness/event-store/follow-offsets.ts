/** A trace without some of its entries whose commands still mean the same events, though these have other offsets. */
import type { EventStoreCommand, EventStoreStatement } from '../../model/event-store/commands.ts';
import type { EventStoreMachine } from '../../model/event-store/machine.ts';
import type { TraceEntry } from '../contract/trace.ts';

type Entry = TraceEntry<EventStoreCommand>;

/** Acknowledgements name offsets, and each of them follows its event. */
export function withoutEntriesOn(machine: EventStoreMachine) {
  return (entries: readonly Entry[], positions: ReadonlySet<number>): readonly Entry[] => {
    const rest = entries.filter((_, position) => !positions.has(position));
    if (!rest.some(({ command }) => acknowledges(command))) return rest;
    const before = eventAt(machine, entries);
    const after = new Map([...eventAt(machine, rest)].map(([offset, id]) => [id, offset]));
    const moved = (offset: number | null) => {
      const id = offset === null ? undefined : before.get(offset);
      return id === undefined ? offset : (after.get(id) ?? offset);
    };
    return rest.map(({ at, command }) => ({ at, command: withOffset(command, moved) }));
  };
}

const acknowledges = (command: EventStoreCommand): boolean =>
  command.type === 'ack_event' || (command.type === 'transaction' && command.commands.some(acknowledges));

function withOffset(
  command: EventStoreCommand,
  moved: (offset: number | null) => number | null,
): EventStoreCommand {
  if (command.type === 'ack_event') return { ...command, v_offset: moved(command.v_offset) };
  if (command.type !== 'transaction') return command;
  const commands = command.commands.map((each) => withOffset(each, moved) as EventStoreStatement);
  return { ...command, commands };
}

/** The id of every event that the trace appends, by the offset that it gets. */
function eventAt(machine: EventStoreMachine, entries: readonly Entry[]): Map<number, string> {
  const found = new Map<number, string>();
  let state = machine.initialState;
  for (const { at, command } of entries) {
    const outcome = machine.transition(state, command, { now: at, uuid: '' });
    state = outcome.state;
    for (const fact of outcome.events) {
      if (fact.type === 'event_appended') found.set(fact.row.offset, fact.row.event_id);
    }
  }
  return found;
}
