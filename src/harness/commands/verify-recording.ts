/** `verify` and `replay` against a recording: the model is held against what the real side answered then, without a database. */
import { InterruptedError } from '../../sql/driver.ts';
import { SetupError } from '../../sql/setup-error.ts';
import type { CampaignProgress } from '../campaign/report.ts';
import { SampleError } from '../campaign/sample-error.ts';
import type { AnyCommand } from '../contract/command.ts';
import type { Trace } from '../contract/trace.ts';
import { pgtwinVersion } from '../contract/version.ts';
import type { Known } from '../lockstep/answer.ts';
import { Lockstep } from '../lockstep/lockstep.ts';
import { reportDivergence } from '../lockstep/reported.ts';
import { checkTrace } from '../recording/check.ts';
import { holdsNothing, knownOf, RecordingError } from '../recording/format.ts';
import { type RecordedTrace, readRecording } from '../recording/read.ts';
import { type RecordedSubject, recordedLine } from '../recording/subject.ts';
import { shrinkTrace } from '../trace/shrink.ts';
import type { Heading, VerifyReport } from './verify.ts';

export interface VerifyRecordingBudget {
  /** This trace alone. */
  readonly sample?: number | undefined;
  readonly shrinkMs?: number | undefined;
  readonly onReady?: ((heading: Heading) => void) | undefined;
  readonly onProgress?: ((progress: CampaignProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What is not told, and so not compared, a sentence each. */
export function notToldBy({ heading, release }: Pick<RecordedSubject, 'heading' | 'release'>): string[] {
  const { observed } = heading;
  const known = knownOf(heading, release);
  const { leftOut = [] } = observed;
  const others =
    leftOut.length === 0 ? [] : [`the recorded SQL had more, which is not compared: ${leftOut.join(', ')}`];
  if (!known) return others;
  const tables = [...release.project(release.machine.initialState).keys()].filter(
    (table) => !known.table(table),
  );
  const { results } = observed;
  const told = Array.isArray(results)
    ? `the results of ${results.length === 0 ? 'all commands' : `commands other than ${results.join(', ')}`}`
    : 'results';
  const missing = [
    ...(results === true ? [] : [told]),
    ...(observed.instants ? [] : ['when a command ended']),
    ...tables,
    ...(observed.otherTables ? [] : ['tables that are made later']),
  ];
  return [`not compared, as the recording does not hold it: ${missing.join(', ')}`, ...others];
}

/** A sentence for each version that is another one than that which the model was held against. */
const ofOtherVersions = ({ heading: { versions }, release: { follows = {} } }: RecordedSubject): string[] =>
  Object.entries(follows).flatMap(([name, version]) => {
    const recorded = versions[name];
    return recorded === undefined || recorded === version
      ? []
      : [`the recording is of ${name} ${recorded}, and the model follows ${version}`];
  });

/** What is known before the first trace. */
export function headingOf(subject: RecordedSubject): Heading {
  const { file, heading, release, intended } = subject;
  const { sql, recordedAt, by, versions } = heading;
  return {
    pgtwin: pgtwinVersion,
    engine: release.engine,
    release: release.release,
    versions,
    remarks: [
      `the real side is the recording ${file}, made at ${recordedAt} by ${by} from ${sql.from}`,
      ...ofOtherVersions(subject),
      ...notToldBy(subject),
      ...intended.map(({ id }) => `the model follows the documentation, not the SQL, in: ${id}`),
    ],
  };
}

/**
 * Holds the model against every trace of the recording, up to the first that diverges. Throws FileError and RecordingError where
 * the file is not whole, and {@link SampleError} where the model breaks.
 */
export async function verifyRecording(
  subject: RecordedSubject,
  budget: VerifyRecordingBudget = {},
): Promise<VerifyReport> {
  const { release, heading } = subject;
  const { signal, onProgress, sample } = budget;
  const { witnesses } = release.machine;
  const about = headingOf(subject);
  budget.onReady?.(about);
  const known = knownOf(heading, release);
  const reached = new Map<string, number>();
  const counts = { samples: 0, commands: 0 };
  const open: string[] = [];
  const startedAt = performance.now();
  let found: Found | undefined;
  // To its end, also behind a divergence: a file that is damaged shows nothing.
  for await (const recorded of tracesOf(subject, sample, signal)) {
    if (found) continue;
    const execution = checked(subject, recorded, known);
    counts.samples++;
    counts.commands += execution.commands;
    if (execution.isOpen) open.push(openAt(recorded, execution));
    for (const [branch, times] of execution.reached) reached.set(branch, (reached.get(branch) ?? 0) + times);
    if (execution.divergence) {
      found = { recorded, commands: execution.commands, divergence: execution.divergence };
      continue;
    }
    onProgress?.({ phase: 'sampling', ...counts, elapsedMs: performance.now() - startedAt, done: 0 });
  }
  const seconds = (performance.now() - startedAt) / 1000;
  if (open.length > 0 && counts.commands === 0 && !signal?.aborted) throw nothingCompared(subject.file);
  const remarks = [...about.remarks, ...openRemarks(open)];
  const divergence = found ? await toldDivergence(subject, found, budget, remarks) : null;
  const interrupted = signal?.aborted === true;
  return {
    ...about,
    remarks,
    seed: heading.drawn?.seed ?? null,
    recording: subject.file,
    maxCommands: heading.drawn?.maxCommands ?? 0,
    ...counts,
    seconds,
    samplesPerSecond: seconds > 0 ? counts.samples / seconds : 0,
    witnesses: Object.fromEntries(
      witnesses.filter((branch) => reached.has(branch)).map((branch) => [branch, reached.get(branch)!]),
    ),
    unwitnessed: witnesses.filter((branch) => !reached.has(branch)),
    divergence,
    interrupted,
    isDefaultBudget: false,
    verdict: interrupted ? 'interrupted' : divergence ? 'diverged' : 'agreed',
  };
}

const nothingCompared = (file: string) =>
  new RecordingError(`${file}: it holds nothing that could be compared: record more of the real side`);

/** Where the comparison of a trace ended before its end. */
export const openAt = (
  { index, trace }: RecordedTrace,
  { commands }: { readonly commands: number },
): string => `trace ${index} from commands[${commands}] (${trace.commands[commands]!.command.type}) on`;

/** What was not compared although it is told. */
export function openRemarks(open: readonly string[]): string[] {
  if (open.length === 0) return [];
  const shown = open.slice(0, mostOpen).join(', ');
  const others = open.length > mostOpen ? ` and ${open.length - mostOpen} more traces` : '';
  return [
    `not compared, as the SQL chose an order there that only tables show which the recording does not hold: ${shown}${others}`,
  ];
}
const mostOpen = 5;

type Checked = ReturnType<typeof checkTrace>;
interface Found {
  readonly recorded: RecordedTrace;
  readonly commands: number;
  readonly divergence: NonNullable<Checked['divergence']>;
}

/** All of them, or the one of that number. Throws RecordingError where there is none. */
export async function* tracesOf(
  { file, release, heading }: Pick<RecordedSubject, 'file' | 'release' | 'heading'>,
  sample: number | undefined,
  signal?: AbortSignal,
): AsyncGenerator<RecordedTrace, void> {
  let count = 0;
  if (holdsNothing(heading)) throw nothingCompared(file);
  try {
    // To its end, also where one is asked for: it shows whether the file is whole.
    for await (const each of readRecording(file, () => release, signal)) {
      count++;
      if (sample === undefined || each.index === sample) yield each;
      if (signal?.aborted) return;
    }
  } catch (error) {
    if (signal?.aborted) return;
    throw error;
  }
  if (sample !== undefined && sample >= count)
    throw new RecordingError(
      `${file}: it has no trace ${sample}: its ${count} traces of ${heading.engine} are numbered from 0`,
    );
}

function checked(subject: RecordedSubject, recorded: RecordedTrace, known: Known | undefined): Checked {
  const { index, trace } = recorded;
  try {
    return checkTrace(subject.release, recorded, known);
  } catch (error) {
    if (error instanceof SetupError) throw error;
    const broken = new SampleError(subject.heading.drawn?.seed ?? null, index, trace, error);
    broken.replay = recordedLine(subject, index);
    throw broken;
  }
}

/** Cut at the first difference; shrunk where the SQL is at hand, and differs there as well. */
async function toldDivergence(
  { real }: RecordedSubject,
  { recorded, commands, divergence }: Found,
  { shrinkMs = 30_000, signal }: VerifyRecordingBudget,
  remarks: string[],
): Promise<VerifyReport['divergence']> {
  const { trace, index } = recorded;
  const cut: Trace<AnyCommand> = { ...trace, commands: trace.commands.slice(0, commands) };
  const asRecorded = {
    ...reportDivergence(cut, divergence),
    sample: index,
    commandsBefore: trace.commands.length,
    isShrunk: false,
  };
  if (!real) return asRecorded;
  try {
    const driver = await real.openDriver((line) => remarks.push(line));
    try {
      const lockstep = new Lockstep(real.release, driver);
      const { divergence: again, interrupted } = await lockstep.execute(cut, signal);
      if (interrupted) return asRecorded;
      if (!again) {
        remarks.push(
          'the SQL that is named does not differ from the model there: the recording is of another, or was changed',
        );
        return asRecorded;
      }
      const start = {
        trace: { ...cut, commands: cut.commands.slice(0, again.position + 1) },
        divergence: again,
      };
      const shrunk = await shrinkTrace(real.release, start, (candidate) => lockstep.execute(candidate), {
        budgetMs: shrinkMs,
        signal,
      });
      remarks.push(...shrunk.remarks);
      return { ...asRecorded, ...reportDivergence(shrunk.trace, shrunk.divergence), isShrunk: true };
    } finally {
      await driver.close();
    }
  } catch (error) {
    if (error instanceof InterruptedError) return asRecorded;
    throw error;
  }
}
