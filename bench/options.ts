/** The command line of the benchmark. */
import { parseArgs } from 'node:util';

export interface BenchOptions {
  readonly seed: number;
  /** How many random traces are recorded, of at most `maxCommands` commands. */
  readonly samples: number;
  readonly maxCommands: number;
  /** How often everything is measured; the median is what counts. */
  readonly rounds: number;
  /** Milliseconds for which the model alone runs in a round. */
  readonly modelMs: number;
  /** Processes started with a cached image, and with an empty cache. */
  readonly starts: { readonly cached: number; readonly uncached: number };
  /** File for the figures as JSON; - is standard output. */
  readonly json: string | undefined;
}

const normal = { samples: 150, rounds: 3, modelMs: 2000, starts: { cached: 5, uncached: 3 } };
const quick = { samples: 30, rounds: 2, modelMs: 500, starts: { cached: 2, uncached: 1 } };

export const usage = 'npm run bench -- [--quick] [--samples N] [--rounds N] [--seed N] [--json FILE]';

/** Throws where an option is unknown or no whole number. */
export function benchOptions(argv: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      quick: { type: 'boolean', default: false },
      samples: { type: 'string' },
      rounds: { type: 'string' },
      seed: { type: 'string' },
      json: { type: 'string' },
    },
  });
  const defaults = values.quick ? quick : normal;
  return {
    ...defaults,
    maxCommands: 60,
    seed: wholeNumber('seed', values.seed) ?? 1,
    samples: wholeNumber('samples', values.samples) ?? defaults.samples,
    rounds: wholeNumber('rounds', values.rounds) ?? defaults.rounds,
    json: values.json,
  };
}

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Error(`--${name} is not a positive whole number: ${text}`);
  return Number(text);
}
