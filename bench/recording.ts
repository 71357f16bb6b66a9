/** The random traces that all contestants execute, with everything about them worked out beforehand. */
import { generateTrace } from '../src/harness/campaign/generate.ts';
import { pgflow0120UnderTest } from '../src/harness/pgflow/0.1.20/release.ts';
import { startOf } from '../src/harness/trace.ts';
import type { PgflowCommand } from '../src/model/pgflow/0.1.20/commands.ts';
import type { BenchOptions } from './options.ts';

export const release = pgflow0120UnderTest;

export interface Recording {
  readonly samples: readonly RecordedSample[];
  /** Commands of all samples. */
  readonly commands: number;
}

export interface RecordedSample {
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly steps: readonly RecordedStep[];
}

export interface RecordedStep {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly uuid: string;
  readonly command: PgflowCommand;
}

/** The first samples of the campaign with that seed: those that `verify` makes for itself. */
export function record({ seed, samples, maxCommands }: BenchOptions): Recording {
  const recorded = Array.from({ length: samples }, (_, index): RecordedSample => {
    const trace = generateTrace(release, { seed, index, maxCommands });
    const startedAt = startOf(trace);
    const steps = trace.commands.map(({ at, command }, position) => ({
      at: startedAt + at,
      uuid: release.uuid(trace.commands, position),
      command,
    }));
    return { startedAt, steps };
  });
  return { samples: recorded, commands: recorded.reduce((total, { steps }) => total + steps.length, 0) };
}
