/** What a simulation executed, in the format of the traces that `pgtwin replay` executes on model and SQL. */
import type { Instant } from '../../model/kernel/instant.ts';
import { type CommandEntry, isCommand, type Logged } from './log.ts';

export interface TwinTrace<Command, Engine extends string = string, Release extends string = string> {
  readonly engine: Engine;
  readonly release: Release;
  /** ISO 8601. */
  readonly startedAt: string;
  /** `at`: milliseconds since then. */
  readonly commands: readonly { readonly at: number; readonly command: Command }[];
}

/** `before`: commands that were executed when it began, before the log does. */
export function traceOf<Command, Engine extends string, Release extends string>(
  name: { readonly engine: Engine; readonly release: Release },
  startedAt: Instant,
  log: readonly (CommandEntry<Command> | Logged)[],
  before: readonly Command[] = [],
): TwinTrace<Command, Engine, Release> {
  return {
    ...name,
    startedAt: new Date(startedAt).toISOString(),
    commands: [
      ...before.map((command) => ({ at: 0, command })),
      ...log
        .filter((entry): entry is CommandEntry<Command> => isCommand(entry))
        .map(({ atMs, command }) => ({ at: atMs, command })),
    ],
  };
}
