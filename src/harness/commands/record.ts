/** `record` as a function: traces on the real side of one subject, and every answer given to a keeper. */

import { InterruptedError } from '../../sql/driver.ts';
import { SetupError } from '../../sql/setup-error.ts';
import { checkFastCheck, fastCheckVersion, generateTrace } from '../campaign/generate.ts';
import { defaultMaxCommands, defaultSamples, defaultSeed } from '../campaign/options.ts';
import { quoted } from '../contract/names.ts';
import { type Subject, versionsOf } from '../contract/subject.ts';
import { pgtwinVersion } from '../contract/version.ts';
import { type RecordingHeading, recordingVersion } from '../recording/format.ts';
import { type Origin, originOf } from '../recording/origin.ts';
import { type Done, type NamedTrace, observedOf, Recorder } from '../recording/record.ts';
import type { Heading } from './verify.ts';

export interface RecordBudget {
  /** How many samples. Default 1200, where `forMs` is not given either. */
  readonly samples?: number | undefined;
  /** Milliseconds during which samples are begun. */
  readonly forMs?: number | undefined;
  readonly seed?: number | undefined;
  readonly maxCommands?: number | undefined;
  /** These in place of random ones. */
  readonly traces?: readonly NamedTrace[] | undefined;
  /** About them, a sentence each. */
  readonly remarks?: readonly string[] | undefined;
  /** What is told of the SQL, where the installation does not tell it. */
  readonly origin?: Partial<Origin> | undefined;
  /** Called when the database is open. */
  readonly onReady?: ((heading: Heading) => void) | undefined;
  readonly onProgress?: ((progress: RecordProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface RecordProgress extends Done {
  readonly elapsedMs: number;
  /** 0 to 1, of the budget. */
  readonly done: number;
}

/** Where the lines go. */
export interface RecordingKeeper {
  /**
   * Keeps the heading; or gives what is there of the same recording already, so that it goes on. Throws SetupError where that is
   * another. `traceAt` gives the traces, up to the last.
   */
  begin(
    heading: RecordingHeading,
    traceAt: (index: number) => NamedTrace | undefined,
  ): Promise<{ readonly heading: RecordingHeading; readonly done: Done | undefined }>;
  /** The lines of one trace more. */
  add(lines: string): Promise<void>;
  /** The last line. */
  end(lines: string): Promise<void>;
}

export interface RecordReport extends Heading, Done {
  readonly recording: RecordingHeading;
  /** How many of the traces were there from a run before. */
  readonly resumed: number;
  readonly seconds: number;
  readonly interrupted: boolean;
}

/** Any instant will do for a look at the tables. */
const anyInstant = Date.UTC(2030, 0, 1);

/**
 * Executes traces and hands over what was answered. Throws ScriptError where the SQL does not install, and DriverError where the
 * database breaks.
 */
export async function recordSubject(
  subject: Subject,
  keeper: RecordingKeeper,
  budget: RecordBudget = {},
): Promise<RecordReport> {
  const { traces, seed = defaultSeed, maxCommands = defaultMaxCommands, signal } = budget;
  if (!traces) checkFastCheck();
  const { release } = subject;
  const remarks = [...subject.remarks, ...(budget.remarks ?? [])];
  const driver = await subject.openDriver((line) => remarks.push(line));
  try {
    const versions = versionsOf(driver, subject);
    const observed = await observedOf(release, driver, anyInstant);
    const leftOut = subject.leftOut();
    const samples =
      traces?.length ??
      budget.samples ??
      (budget.forMs === undefined ? defaultSamples : Number.POSITIVE_INFINITY);
    const traceAt = (index: number) => {
      if (index >= samples) return undefined;
      return traces?.[index] ?? { trace: generateTrace(release, { seed, index, maxCommands }) };
    };
    const { heading: recording, done } = await keeper.begin(
      {
        recording: recordingVersion,
        engine: release.engine,
        release: release.release,
        by: `pgtwin ${pgtwinVersion}`,
        recordedAt: recordedAt(),
        versions: traces ? versions : { ...versions, 'fast-check': fastCheckVersion() },
        sql: originOf(subject, budget.origin),
        drawn: traces ? null : { seed, maxCommands },
        observed: leftOut.length === 0 ? observed : { ...observed, leftOut: [...leftOut] },
      },
      traceAt,
    );
    const heading = {
      pgtwin: pgtwinVersion,
      engine: release.engine,
      release: release.release,
      versions,
      remarks,
    };
    budget.onReady?.(heading);
    const work = { traceAt, samples, keeper, budget, done };
    // The keeper has the heading.
    const recorder = new Recorder(release, driver, recording, done ?? { traces: 0, commands: 0 });
    const startedAt = performance.now();
    const total = await recordAll(recorder, work);
    const interrupted = signal?.aborted === true;
    if (!interrupted) await keeper.end(recorder.end());
    const seconds = (performance.now() - startedAt) / 1000;
    return { ...heading, ...total, recording, resumed: done?.traces ?? 0, seconds, interrupted };
  } finally {
    await driver.close();
  }
}

interface Work {
  traceAt(index: number): NamedTrace | undefined;
  /** At the most. */
  readonly samples: number;
  readonly keeper: RecordingKeeper;
  readonly budget: RecordBudget;
  readonly done: Done | undefined;
}

async function recordAll(
  recorder: Recorder,
  { traceAt, samples, keeper, budget, done }: Work,
): Promise<Done> {
  const { forMs, signal, onProgress } = budget;
  const startedAt = performance.now();
  let commands = done?.commands ?? 0;
  let index = done?.traces ?? 0;
  for (let named = traceAt(index); named && !signal?.aborted; named = traceAt(++index)) {
    const elapsedMs = performance.now() - startedAt;
    if (forMs !== undefined && elapsedMs >= forMs && index > 0) break;
    onProgress?.({
      traces: index,
      commands,
      elapsedMs,
      done: Math.max(index / samples, elapsedMs / (forMs ?? Number.POSITIVE_INFINITY)),
    });
    const lines = await recorder.record(named, signal).catch((error) => {
      if (error instanceof InterruptedError) return undefined;
      throw error;
    });
    if (lines === undefined) break;
    await keeper.add(lines);
    commands += named.trace.commands.length;
  }
  return { traces: index, commands };
}

/** Now; or, for a file that is the same whenever it is made, the second since 1970 that SOURCE_DATE_EPOCH names. */
function recordedAt(epoch = process.env.SOURCE_DATE_EPOCH): string {
  if (epoch === undefined || epoch === '')
    return new Date(Math.floor(Date.now() / 1000) * 1000).toISOString();
  if (/^\d{1,11}$/.test(epoch)) return new Date(Number(epoch) * 1000).toISOString();
  throw new SetupError(`SOURCE_DATE_EPOCH is ${quoted(epoch)}: expected seconds since 1970`);
}
