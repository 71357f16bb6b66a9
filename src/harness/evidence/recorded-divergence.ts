/** The files of what a recording showed. */
import { basename, join } from 'node:path';
import type { ReplayReport } from '../commands/replay.ts';
import { type ReplayedRecording, replayRecorded } from '../commands/replay-recording.ts';
import type { VerifyReport } from '../commands/verify.ts';
import { type RecordedSubject, recordedLine } from '../recording/subject.ts';
import { type DiagramLanguage, drawDiagram } from '../report/diagram.ts';
import { comparisonPage } from '../report/html/comparison-page.ts';
import { replayLine } from '../trace/replay-line.ts';
import { pageOnSql } from './divergence.ts';
import { isWritten, keepFind, type OnUnwritten } from './files.ts';
import { writeComparisonPage } from './replay.ts';

/** The report with what was kept of its divergence in the directory `out`, which is made if need be. */
export async function keepRecordedDivergence(
  report: VerifyReport,
  subject: RecordedSubject,
  out: string,
  onUnwritten?: OnUnwritten,
): Promise<VerifyReport> {
  const { divergence } = report;
  if (!divergence) return report;
  const { trace, sample, isShrunk } = divergence;
  const { release, real, file: recording } = subject;
  const remarks = [...report.remarks];
  const kept = await keepFind({
    path: join(
      out,
      `${trace.engine}-${trace.release}-${basename(recording).replace(/(\.jsonl)?(\.gz)?$/, '')}-sample${sample}`,
    ),
    trace,
    psql: release.toPsql(trace),
    // What was shrunk on the SQL that is at hand is shown and replayed there.
    replayOf: (file) => (isShrunk ? replayLine(file, real!) : recordedLine(subject, sample)),
    page: async (replay) =>
      isShrunk
        ? pageOnSql(real!, trace, factsOf(subject, sample), replay)
        : pageOf(await replayRecorded(subject, sample), subject, replay),
    note(line) {
      if (!remarks.includes(line)) remarks.push(line);
    },
    onUnwritten,
  });
  return { ...report, remarks, divergence: { ...divergence, ...(kept ?? {}) } };
}

export interface RecordedFiles {
  readonly page?: string | undefined;
  readonly diagram?: DiagramLanguage | undefined;
  readonly onUnwritten?: OnUnwritten;
}

/** The report of a replay, its page written. Throws SetupError where it cannot be and no `onUnwritten` knows. */
export async function recordedReport(
  replayed: ReplayedRecording,
  subject: RecordedSubject,
  { page: wanted, diagram, onUnwritten }: RecordedFiles,
): Promise<ReplayReport> {
  const { outcome, recording, sample } = replayed;
  const { divergence } = outcome;
  const replay = recordedLine(subject, sample);
  let page = wanted ?? null;
  if (page !== null) {
    const shown = executedOf(replayed, subject, replay);
    if (!(await isWritten(writeComparisonPage(page, shown), onUnwritten))) page = null;
  }
  const file = `trace ${sample} of ${subject.file}`;
  return {
    ...outcome,
    file,
    divergence: divergence && { ...divergence, replay, page },
    page,
    diagram: diagram ? drawDiagram(diagram, subject.release, recording) : null,
  };
}

const pageOf = (replayed: ReplayedRecording, subject: RecordedSubject, replay: string) =>
  comparisonPage(executedOf(replayed, subject, replay));

function executedOf(
  { outcome, recording, trace, sample }: ReplayedRecording,
  subject: RecordedSubject,
  replay: string,
) {
  const { versions, remarks } = outcome;
  const facts = factsOf(subject, sample);
  return { release: subject.release, trace, recording, versions, remarks, facts, replay };
}

const factsOf = ({ file }: RecordedSubject, sample: number) =>
  [
    ['recording', file],
    ['sample', String(sample)],
  ] as const;
