/** `diff` as a function: two installations of an engine's SQL, compared with each other. */
import { SetupError } from '../../sql/setup-error.ts';
import { defaultMaxCommands, defaultSeed } from '../campaign/options.ts';
import type { AnyCommand } from '../contract/command.ts';
import type { Trace } from '../contract/trace.ts';
import { Allowance, type AllowedDifference } from '../diff/allowed.ts';
import type { Signature } from '../diff/groups.ts';
import type { Pair } from '../diff/pair.ts';
import { type DiffHeading, type DiffReport, reportGroup } from '../diff/report.ts';
import { lookAt, type SearchProgress, searchDifferences } from '../diff/search.ts';

export interface DiffBudget {
  /** How many samples. Default {@link defaultDiffSamples}. */
  readonly samples?: number | undefined;
  /** Milliseconds instead of a number of samples. */
  readonly forMs?: number | undefined;
  readonly seed?: number | undefined;
  readonly maxCommands?: number | undefined;
  /** Only these are looked for, and the search ends when each was found. */
  readonly wanted?: readonly Signature[] | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onReady?: ((heading: DiffHeading) => void) | undefined;
  readonly onProgress?: ((progress: SearchProgress) => void) | undefined;
}

export const defaultDiffSamples = 200;
/** Executions for shrinking one trace. */
const shrinkAttempts = 600;

/**
 * On a pair that is open, and stays so: random samples, or that trace alone, as it is. Throws SetupError for a trace
 * that one side cannot be asked, and DriverError where a database breaks.
 */
export async function comparePair(
  pair: Pair,
  budget: DiffBudget = {},
  allowed: readonly AllowedDifference[] = [],
  trace?: Trace<AnyCommand>,
): Promise<DiffReport> {
  const { heading, support, release, vocabulary, tandem } = pair;
  const { seed = defaultSeed, maxCommands = defaultMaxCommands } = budget;
  budget.onReady?.(heading);
  const allowance = new Allowance(allowed);
  const search = {
    ...{ release, tandem, vocabulary, allowance, seed, maxCommands },
    samples: budget.samples ?? defaultDiffSamples,
    forMs: budget.forMs,
    wanted: budget.wanted,
    attempts: shrinkAttempts,
    signal: budget.signal,
    onProgress: budget.onProgress,
  };
  if (trace) await checkTrace(trace, pair);
  const result = trace ? await lookAt(trace, search) : await searchDifferences(search);
  const groups = result.groups.all.map((group, i) =>
    reportGroup(group, i + 1, {
      samples: result.groups.samplesOf(group),
      groupOf: (each) => result.groups.numberOf(each),
    }),
  );
  return {
    ...heading,
    page: null,
    returnedOnlyIn: {
      from: [...tandem.returnedOnlyIn.from].sort(),
      to: [...tandem.returnedOnlyIn.to].sort(),
    },
    notAsked: vocabulary.missing,
    leftOut: support.leftOut,
    seed,
    maxCommands,
    samples: result.samples,
    commands: result.commands,
    seconds: result.seconds,
    groups,
    notFollowed: result.notFollowed,
    unsteady: result.unsteady,
    allowed: allowance.met,
    // A trace alone, or half a search, need not meet everything.
    stale: trace || result.interrupted ? [] : allowance.stale,
    interrupted: result.interrupted,
    verdict: result.interrupted ? 'interrupted' : groups.length > 0 ? 'different' : 'same',
  };
}

/** Throws {@link SetupError} for what one of the sides could not be asked. */
async function checkTrace(trace: Trace<AnyCommand>, { release, vocabulary }: Pair): Promise<void> {
  if (trace.engine !== release.engine || trace.release !== release.release) {
    throw new SetupError(
      `the trace is of ${trace.engine} ${trace.release}, but these sides are compared with the commands of ${release.engine} ${release.release}`,
    );
  }
  for (const [position, { command }] of trace.commands.entries()) {
    const adapted = await vocabulary.knowing(() => vocabulary.adapt(command));
    if (!adapted) throw new SetupError(`commands[${position}]: one side has no ${command.type}`);
    const lost = Object.keys(command).find((name) => !(name in adapted));
    if (lost !== undefined) {
      throw new SetupError(`commands[${position}]: ${command.type} has no ${lost} on one side`);
    }
  }
}
