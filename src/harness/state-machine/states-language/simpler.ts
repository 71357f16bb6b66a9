/** Smaller commands to try in place of one. */
import {
  type StatesLanguageCommand,
  statesLanguageCommand,
} from '../../../model/state-machine/states-language/commands.ts';
import { simplerCommands } from '../../trace/simplify.ts';

/** What holds a trace together. */
const identifiers: ReadonlySet<string> = new Set(['machine', 'execution', 'task_id']);

const isCommand = (candidate: unknown): candidate is StatesLanguageCommand =>
  statesLanguageCommand.safeParse(candidate).success;

export const simpler = (command: StatesLanguageCommand): Iterable<StatesLanguageCommand> =>
  simplerCommands(command, isCommand, identifiers);
