/** Smaller commands to try in place of one: of a transaction, one statement by itself, or one fewer. */
import { type EventStoreCommand, eventStoreCommand } from '../../model/event-store/commands.ts';
import { simplerCommands } from '../trace/simplify.ts';

/** What holds a trace together. */
const identifiers: ReadonlySet<string> = new Set([
  ...['v_decider', 'v_event', 'v_event_id', 'v_decider_id', 'v_command_id', 'v_view', 'v_view_name'],
  ...['decider', 'event', 'event_id', 'decider_id', 'command_id', 'view', 'v_start_at'],
]);

const isCommand = (candidate: unknown): candidate is EventStoreCommand =>
  eventStoreCommand.safeParse(candidate).success;

export function* simpler(command: EventStoreCommand): Iterable<EventStoreCommand> {
  if (command.type !== 'transaction') {
    yield* simplerCommands(command, isCommand, identifiers);
    return;
  }
  const { commands } = command;
  yield* commands;
  for (const i of commands.keys()) {
    const fewer = { ...command, commands: commands.toSpliced(i, 1) };
    if (isCommand(fewer)) yield fewer;
  }
  for (const [i, each] of commands.entries()) {
    for (const less of simplerCommands(each, isCommand, identifiers)) {
      const candidate = { ...command, commands: commands.with(i, less as typeof each) };
      if (isCommand(candidate)) yield candidate;
    }
  }
}
