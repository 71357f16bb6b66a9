/** A trace: commands with their instants. */

export interface TraceEntry<Command> {
  /** Virtual milliseconds since `startedAt`. */
  readonly at: number;
  readonly command: Command;
}

export interface Trace<Command> {
  readonly engine: string;
  readonly release: string;
  /** ISO 8601, UTC: the instant that `at: 0` means. */
  readonly startedAt: string;
  readonly commands: readonly TraceEntry<Command>[];
}

/** The instant that `at: 0` of the trace means, in milliseconds since the epoch. */
export function startOf(trace: Pick<Trace<unknown>, 'startedAt'>): number {
  return Date.parse(trace.startedAt);
}
