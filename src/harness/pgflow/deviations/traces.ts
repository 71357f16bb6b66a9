/** How the traces of the registry are written: commands of a release, checked by the compiler. */
import type { PgflowCommand as Command0120 } from '../../../model/pgflow/0.1.20/commands.ts';
import type { PgflowCommand as Command081 } from '../../../model/pgflow/0.8.1/commands.ts';
import type { TraceEntry } from '../../contract/trace.ts';

const atOnce = <Command>(commands: readonly Command[]): TraceEntry<Command>[] =>
  commands.map((command) => ({ at: 0, command }));

/** Those that come after a wait of so many seconds. */
export const after = <Command>(seconds: number, entries: readonly TraceEntry<Command>[]) =>
  entries.map(({ at, command }) => ({ at: at + seconds * 1000, command }));

export const in0120 = (...commands: Command0120[]) => atOnce(commands);
export const in081 = (...commands: Command081[]) => atOnce(commands);
