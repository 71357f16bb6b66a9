/** The files of a divergence that `verify` found. */
import { join } from 'node:path';
import type { SampleError } from '../campaign/sample-error.ts';
import { replayTrace } from '../commands/replay.ts';
import type { VerifyReport } from '../commands/verify.ts';
import type { AnyCommand } from '../contract/command.ts';
import type { Subject } from '../contract/subject.ts';
import type { Trace } from '../contract/trace.ts';
import { comparisonPage, type Executed } from '../report/html/comparison-page.ts';
import type { PageInput } from '../report/html/page-input.ts';
import { replayLine } from '../trace/replay-line.ts';
import { keepFind, type OnUnwritten, writeTraceFile } from './files.ts';

/** The report with what was kept of its divergence in the directory `out`, which is made if need be. */
export async function keepDivergence(
  report: VerifyReport,
  subject: Subject,
  out: string,
  onUnwritten?: OnUnwritten,
): Promise<VerifyReport> {
  const { divergence, seed } = report;
  if (!divergence) return report;
  const { trace, sample } = divergence;
  const { release } = subject;
  const [first, ...others] = subject.intended;
  // A file name has an end.
  const documented = first ? `-${first.id}${others.length > 0 ? `-and-${others.length}` : ''}` : '';
  const remarks = [...report.remarks];
  const kept = await keepFind({
    path: join(out, `${trace.engine}-${trace.release}${documented}-seed${seed}-sample${sample}`),
    trace,
    psql: release.toPsql(trace),
    replayOf: (file) => replayLine(file, subject),
    page: (replay) =>
      pageOnSql(
        subject,
        trace,
        [
          ['seed', String(seed)],
          ['sample', String(sample)],
        ],
        replay,
      ),
    note(line) {
      if (!remarks.includes(line)) remarks.push(line);
    },
    onUnwritten,
  });
  return { ...report, remarks, divergence: { ...divergence, ...(kept ?? {}) } };
}

/** The trace on which model or driver broke, so that whoever mends it can replay it. */
export async function keepBrokenSample(error: SampleError, subject: Subject, out: string): Promise<void> {
  const { trace, seed, sample } = error;
  if (!trace) return;
  const file = join(out, `${trace.engine}-${trace.release}-seed${seed}-sample${sample}-broke.json`);
  // That it cannot be kept must not hide why it broke.
  await writeTraceFile(file, trace).then(
    () => {
      error.replay = replayLine(file, subject);
    },
    () => {},
  );
}

/** The page of a trace that is executed once more on model and SQL. */
export async function pageOnSql(
  subject: Subject,
  trace: Trace<AnyCommand>,
  facts: Executed['facts'],
  replay: string | null,
): Promise<PageInput> {
  const { outcome, recording } = await replayTrace(subject, trace, { isRecorded: true });
  const { versions } = outcome;
  const { release, remarks } = subject;
  return comparisonPage({ release, trace, recording: recording!, versions, remarks, facts, replay });
}
