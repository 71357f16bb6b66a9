/** Each command of recordings by the names that its caller has: what `services.ts` is for the others. */

import type { RecordBudget, RecordReport } from './commands/record.ts';
import type { ReplayReport } from './commands/replay.ts';
import type { VerifyReport } from './commands/verify.ts';
import type { VerifyRecordingBudget } from './commands/verify-recording.ts';
import { findSubject, type SubjectOptions } from './contract/subject.ts';
import type { DiagramLanguage } from './report/diagram.ts';
import { servicesFor, type WithFiles, type WithServices } from './services.ts';

export interface VerifyRecordingOptions
  extends Omit<VerifyRecordingBudget, 'sample'>,
    SubjectOptions,
    WithServices,
    WithFiles {
  /** The file. With `migrations` or `schema` a divergence is shrunk on that SQL, which must be what was recorded. */
  readonly recording: string;
  /** The trace of this number alone. */
  readonly firstSample?: number | undefined;
  /** Directory for the trace of a divergence and its page, made if need be. Default: nothing is written. */
  readonly out?: string | undefined;
}

/**
 * Holds the model against a recording, without a database. Throws SetupError for a file that is no recording, or of something else
 * than what is named, and SampleError where the model breaks.
 */
export async function verifyRecording(options: VerifyRecordingOptions): Promise<VerifyReport> {
  const { out, firstSample, onUnwritten } = options;
  const services = servicesFor(options);
  const [command, { findRecorded }, { keepRecordedDivergence }] = await Promise.all([
    import('./commands/verify-recording.ts'),
    import('./recording/subject.ts'),
    import('./evidence/recorded-divergence.ts'),
  ]);
  const subject = await findRecorded(options.recording, options, services);
  const report = await command.verifyRecording(subject, { ...options, sample: firstSample });
  return out === undefined ? report : keepRecordedDivergence(report, subject, out, onUnwritten);
}

export interface RecordOptions
  extends Omit<SubjectOptions, 'intended'>,
    Omit<RecordBudget, 'traces' | 'remarks' | 'origin'>,
    WithServices {
  /** The file of the recording. What is done so far lies beside it, and an interrupted run goes on there. */
  readonly out: string;
  /** Directories of kept traces, in place of random ones. */
  readonly traces?: readonly string[] | undefined;
  /** Where the SQL came from, and its licence, where that is not known. */
  readonly origin?: RecordBudget['origin'];
}

/**
 * Executes traces on the real side and keeps what it answered. Throws SetupError or ScriptError where it cannot run, and DriverError
 * where the database breaks.
 */
export async function record(options: RecordOptions): Promise<RecordReport> {
  const services = servicesFor(options);
  const [{ recordSubject }, { RecordingFile }, { keptTraces }] = await Promise.all([
    import('./commands/record.ts'),
    import('./evidence/recording-file.ts'),
    import('./recording/kept-traces.ts'),
  ]);
  const { traces: directories, out, ...budget } = options;
  const subject = await findSubject(options, services);
  const kept =
    directories === undefined ? undefined : await keptTraces(directories, subject.release, services);
  return recordSubject(subject, new RecordingFile(out), { ...budget, ...kept });
}

export interface ReplayRecordingOptions
  extends Pick<SubjectOptions, 'release' | 'intended'>,
    WithServices,
    WithFiles {
  readonly recording: string;
  /** Number of the trace. Default: the only one. */
  readonly sample?: number | undefined;
  readonly page?: string | undefined;
  readonly diagram?: DiagramLanguage | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Holds the model against one trace of a recording. Throws RecordingError for a file that is none. */
export async function replayRecording(options: ReplayRecordingOptions): Promise<ReplayReport> {
  const services = servicesFor(options);
  const [{ replayRecorded }, { findRecorded }, { recordedReport }] = await Promise.all([
    import('./commands/replay-recording.ts'),
    import('./recording/subject.ts'),
    import('./evidence/recorded-divergence.ts'),
  ]);
  const subject = await findRecorded(options.recording, options, services);
  return recordedReport(await replayRecorded(subject, options.sample), subject, options);
}
