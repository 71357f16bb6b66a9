/** Lines of a report: made of what is ours, and of texts that are not. */
import { visible, withoutCommands } from '../../model/kernel/visible.ts';
import type { AnyCommand } from '../contract/command.ts';

/** The command as a line of SQL. */
export type Describe = (command: AnyCommand) => string;

/** The text of a report, no line of which begins a command of a workflow runner. */
export const printLines = (lines: readonly string[]): string => withoutCommands(lines.join('\n'));

/** Commands as they are: they are shown by their SQL, see {@link visiblyDescribed}. */
const described: ReadonlySet<string> = new Set(['trace']);

/**
 * The report with each text of it, and each name of a field, as a part of a line. What every text of a report is made
 * from, so that no place of it can forget to.
 */
export function visibleReport<Report>(report: Report): Report {
  return visiblePart(report) as Report;
}

function visiblePart(part: unknown): unknown {
  if (typeof part === 'string') return visible(part);
  if (typeof part !== 'object' || part === null) return part;
  if (Array.isArray(part)) return part.map(visiblePart);
  const fields = Object.entries(part).map(([name, value]) => [
    visible(name),
    described.has(name) ? value : visiblePart(value),
  ]);
  return Object.fromEntries(fields);
}

/** Of commands whose own texts may be anything. */
export const visiblyDescribed = (command: AnyCommand, describe: Describe): string =>
  visible(describe(command));
