/** Facet of a release: its model, and how the model's state looks as tables. */
import type { Invariant, Machine } from '../../model/kernel/machine.ts';
import type { AnyCommand } from './command.ts';
import type { Observation } from './observation.ts';
import type { TraceEntry } from './trace.ts';

export interface ModelFacet<State, Command extends AnyCommand> {
  readonly machine: Machine<State, Command, unknown>;
  /** The model's state as tables. */
  project(state: State): Observation;
  /**
   * The columns of these tables, by qualified name: what SQL has beyond them is an addition of its user. Absent where that
   * is not told apart.
   */
  readonly columns?: Readonly<Record<string, readonly string[]>>;
  /** Invariants of the observation, beyond the machine's own. */
  readonly invariants?: readonly Invariant<State>[];
  /** What `gen_random_uuid()` draws during the entry at `position`; depends on the trace alone. */
  uuid(entries: readonly TraceEntry<Command>[], position: number): string;
  /** Whether the engine itself may draw one during the command. Absent where it may during any. */
  drawsUuid?(command: AnyCommand): boolean;
}

/** How the commands of a release are read from a file. */
export interface CommandFormat<Command> {
  /** What it throws is a zod error whose issues name the path. */
  parseCommand(value: unknown): Command;
  /** JSON schema of a command, for the published schema of traces. */
  commandJsonSchema(): object;
}
