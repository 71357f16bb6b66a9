/** The random traces of one release that all contestants execute, with everything about them worked out beforehand. */
import { generateTrace } from '../src/harness/campaign/generate.ts';
import type { AnyCommand } from '../src/harness/contract/command.ts';
import type { AnyRelease } from '../src/harness/contract/engine.ts';
import { startOf } from '../src/harness/contract/trace.ts';
import type { BenchOptions } from './options.ts';

export interface Recording {
  readonly release: AnyRelease;
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
  readonly command: AnyCommand;
}

/** The first samples of the campaign with that seed: those that `verify` makes for itself. */
export function record(release: AnyRelease, { seed, samples, maxCommands }: BenchOptions): Recording {
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
  const commands = recorded.reduce((total, { steps }) => total + steps.length, 0);
  return { release, samples: recorded, commands };
}
