/** What a replay leaves behind: its page, and its graphs as they stand at the end. */
import type { ReplayOutcome, ReplayReport } from '../commands/replay.ts';
import type { AnyCommand } from '../contract/command.ts';
import type { Subject } from '../contract/subject.ts';
import type { Trace } from '../contract/trace.ts';
import type { ExecutionWithMoments } from '../lockstep/moments.ts';
import { type DiagramLanguage, drawDiagram } from '../report/diagram.ts';
import { comparisonPage, type Executed } from '../report/html/comparison-page.ts';
import { replayLine } from '../trace/replay-line.ts';
import { isWritten, type OnUnwritten, writePageFile } from './files.ts';

export interface ReplayFiles {
  /** That the trace was read from, if it was. */
  readonly file: string | null;
  /** For the page. */
  readonly page?: string | undefined;
  readonly diagram?: DiagramLanguage | undefined;
  /** Another release of the model than the trace names. */
  readonly release?: string | undefined;
  readonly onUnwritten?: OnUnwritten;
}

/** The report of a replay, its page written. Throws SetupError where it cannot be and no `onUnwritten` knows. */
export async function replayedReport(
  {
    outcome,
    recording,
  }: { readonly outcome: ReplayOutcome; readonly recording: ExecutionWithMoments | null },
  subject: Subject,
  trace: Trace<AnyCommand>,
  { file, page: wanted, diagram, release: another, onUnwritten }: ReplayFiles,
): Promise<ReplayReport> {
  const { release } = subject;
  const { divergence, versions, remarks } = outcome;
  const replay = file === null ? null : replayLine(file, subject, another);
  let page = wanted ?? null;
  if (recording && page !== null) {
    const facts = file === null ? [] : [['trace', file] as const];
    const shown = { release, trace, recording, versions, remarks, facts, replay };
    if (!(await isWritten(writeComparisonPage(page, shown), onUnwritten))) page = null;
  }
  return {
    ...outcome,
    file,
    divergence: divergence && { ...divergence, replay, file, page },
    page,
    diagram: recording && diagram ? drawDiagram(diagram, release, recording) : null,
  };
}

/** Throws SetupError where the file cannot be written. */
export const writeComparisonPage = (file: string, executed: Executed): Promise<void> =>
  writePageFile(file, comparisonPage(executed));
