/** The ids of runs in a trace: the n-th start of a run draws id n, whether it is refused, or given another, or neither. */
import type { AnyCommand } from '../../contract/command.ts';
import type { TraceEntry } from '../../contract/trace.ts';

const prefix = '00000000-0000-4000-8000-';

/** The id that the n-th `start_flow` of a trace draws, from 1. */
export function runId(n: number): string {
  return prefix + n.toString(16).padStart(12, '0');
}

/** An id that no run of a trace has. */
export const unknownRunId = 'ffffffff-ffff-4fff-bfff-ffffffffffff';

function ordinalOf(run_id: unknown): number | undefined {
  if (typeof run_id !== 'string' || !run_id.startsWith(prefix)) return undefined;
  return Number.parseInt(run_id.slice(prefix.length), 16);
}

/** Whether an id of a run is drawn. */
export const starts = ({ type }: AnyCommand) => type === 'start_flow' || type === 'start_flow_with_states';

export function uuidAt(entries: readonly TraceEntry<AnyCommand>[], position: number): string {
  let n = 1;
  for (let i = 0; i < position; i++) if (starts(entries[i]!.command)) n++;
  return runId(n);
}

/**
 * The trace without some entries. Where a `start_flow` goes, commands on its run go as well, and the ids of
 * later runs move up.
 */
export function withoutEntries<Command extends AnyCommand>(
  entries: readonly TraceEntry<Command>[],
  positions: ReadonlySet<number>,
): readonly TraceEntry<Command>[] {
  const renamed = new Map<number, number | undefined>();
  let before = 0;
  let after = 0;
  for (const [position, { command }] of entries.entries()) {
    if (!starts(command)) continue;
    before++;
    renamed.set(before, positions.has(position) ? undefined : ++after);
  }
  return entries.flatMap((entry, position) => {
    if (positions.has(position)) return [];
    const n = ordinalOf((entry.command as { run_id?: unknown }).run_id);
    if (n === undefined || !renamed.has(n)) return [entry];
    const to = renamed.get(n);
    if (to === undefined) return [];
    return to === n ? [entry] : [{ ...entry, command: { ...entry.command, run_id: runId(to) } }];
  });
}
