/** Smaller commands to try in place of one. */
import { type DagCascadeCommand, dagCascadeCommand } from '../../model/dag-cascade/commands.ts';
import { simplerCommands } from '../trace/simplify.ts';

/** What holds a trace together. */
const identifiers: ReadonlySet<string> = new Set([
  ...['_flow_name', '_flow', '_flow_id', 'flow_id', '_node', 'task_id', '_task_id', '_parent_task_id'],
]);

const isCommand = (candidate: unknown): candidate is DagCascadeCommand =>
  dagCascadeCommand.safeParse(candidate).success;

export const simpler = (command: DagCascadeCommand): Iterable<DagCascadeCommand> =>
  simplerCommands(command, isCommand, identifiers);
