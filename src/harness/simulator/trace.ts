/** What a simulation executed, in the format of the traces that `pgtwin replay` executes on model and SQL. */
import type { PgflowCommand } from '../../model/pgflow/0.8.1/commands.ts';
import type { Engine } from './engine.ts';
import { isCommand } from './log.ts';

export interface SimulationTrace {
  readonly engine: 'pgflow';
  readonly release: '0.8.1';
  /** ISO 8601. */
  readonly startedAt: string;
  /** `at`: milliseconds since then. */
  readonly commands: readonly { readonly at: number; readonly command: PgflowCommand }[];
}

export function traceOf(engine: Engine): SimulationTrace {
  return {
    engine: 'pgflow',
    release: '0.8.1',
    startedAt: new Date(engine.startedAt).toISOString(),
    commands: [
      ...engine.flow.commands.map((command) => ({ at: 0, command })),
      ...engine.log.filter(isCommand).map(({ atMs, command }) => ({ at: atMs, command })),
    ],
  };
}
