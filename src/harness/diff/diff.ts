/** `diff` as a function: two installations of an engine's SQL, held against each other. */
import { SetupError } from '../../sql/setup-error.ts';
import { defaultMaxCommands, defaultSeed } from '../campaign/options.ts';
import type { AnyCommand } from '../engine.ts';
import { findRelease } from '../engines.ts';
import { defaultServices, type Services } from '../services.ts';
import { readTraceFile, type Trace } from '../trace.ts';
import { Allowance, type AllowedDifference, readAllowed } from './allowed.ts';
import { Evidence } from './evidence.ts';
import type { Signature } from './groups.ts';
import { writeTandemPage } from './page.ts';
import { openPair, type Pair, type PairOptions } from './pair.ts';
import { type DiffHeading, type DiffReport, type ReportedGroup, reportGroup } from './report.ts';
import { lookAt, type SearchProgress, searchDifferences } from './search.ts';

export interface DiffOptions extends PairOptions {
  /** How many samples. Default {@link defaultDiffSamples}. */
  readonly samples?: number | undefined;
  /** Milliseconds instead of a number of samples. */
  readonly forMs?: number | undefined;
  readonly seed?: number | undefined;
  readonly maxCommands?: number | undefined;
  /** A trace file: that trace alone, as it is. */
  readonly trace?: string | undefined;
  /** A file of differences that are meant. */
  readonly allowed?: string | undefined;
  /** Only these are looked for, and the search ends when each was found. */
  readonly wanted?: readonly Signature[] | undefined;
  /** Directory for the traces and their pages, made if need be. Default: nothing is written. */
  readonly out?: string | undefined;
  /** A file for the page of `trace`. Default: none is written. */
  readonly page?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onReady?: ((heading: DiffHeading) => void) | undefined;
  readonly onProgress?: ((progress: SearchProgress) => void) | undefined;
  readonly services?: Services | undefined;
}

export const defaultDiffSamples = 200;
/** Executions for shrinking one trace. */
const shrinkAttempts = 600;

/** Throws SetupError or ScriptError where it cannot run, and DriverError where a database breaks. */
export async function diff(options: DiffOptions): Promise<DiffReport> {
  const services = options.services ?? defaultServices;
  const allowed = options.allowed === undefined ? [] : await readAllowed(options.allowed);
  const trace = options.trace === undefined ? undefined : await readTrace(options.trace, services);
  const pair = await openPair(options, services);
  try {
    return await comparePair(pair, options, allowed, trace);
  } finally {
    await pair.close();
  }
}

/** On a pair that is open, and stays so. */
export async function comparePair(
  pair: Pair,
  options: Omit<DiffOptions, 'allowed' | 'services'>,
  allowed: readonly AllowedDifference[] = [],
  trace?: Trace<AnyCommand>,
): Promise<DiffReport> {
  const { heading, support, release, vocabulary, tandem } = pair;
  const { seed = defaultSeed, maxCommands = defaultMaxCommands } = options;
  options.onReady?.(heading);
  const allowance = new Allowance(allowed);
  const search = {
    ...{ release, tandem, vocabulary, allowance, seed, maxCommands },
    samples: options.samples ?? defaultDiffSamples,
    forMs: options.forMs,
    wanted: options.wanted,
    attempts: shrinkAttempts,
    signal: options.signal,
    onProgress: options.onProgress,
  };
  if (trace) await checkTrace(trace, pair);
  const result = trace ? await lookAt(trace, search) : await searchDifferences(search);

  const evidence = new Evidence(options, pair, seed);
  if (trace && options.page !== undefined) {
    const facts = [['trace', options.trace ?? '']] as const;
    await writeTandemPage(options.page, pair, { trace, facts, replay: evidence.replayOf(options.trace) });
  }
  const groups: ReportedGroup[] = [];
  for (const group of result.groups.all) {
    const number = groups.length + 1;
    const kept = trace ? null : await evidence.keep(group, number);
    const samples = result.groups.samplesOf(group);
    groups.push(
      reportGroup(group, number, { samples, groupOf: (each) => result.groups.numberOf(each), kept }),
    );
  }
  return {
    ...heading,
    remarks: [...heading.remarks, ...evidence.remarks],
    page: trace ? (options.page ?? null) : null,
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
      `the trace is one of ${trace.engine} ${trace.release}, and these two are asked in the commands of ${release.engine} ${release.release}`,
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

async function readTrace(file: string, { engines }: Services): Promise<Trace<AnyCommand>> {
  return readTraceFile(file, (engine, release) => findRelease(engine, release, engines));
}
