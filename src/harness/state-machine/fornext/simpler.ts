/** Smaller commands to try in place of one. */
import { type FornextCommand, fornextCommand } from '../../../model/state-machine/fornext/commands.ts';
import { simplerCommands } from '../../trace/simplify.ts';

/** What holds a trace together. */
const identifiers: ReadonlySet<string> = new Set(['machine', 'executor', 'task_id', 'msg_id']);

const isCommand = (candidate: unknown): candidate is FornextCommand =>
  fornextCommand.safeParse(candidate).success;

export const simpler = (command: FornextCommand): Iterable<FornextCommand> =>
  simplerCommands(command, isCommand, identifiers);
