/** The files of the differences that `diff` found: for each group its trace, and the page that shows it. */
import { join } from 'node:path';
import type { AnyCommand } from '../contract/command.ts';
import type { Trace } from '../contract/trace.ts';
import type { Pair } from '../diff/pair.ts';
import { recordPair } from '../diff/record.ts';
import type { DiffReport, ReportedGroup } from '../diff/report.ts';
import { tandemPage } from '../report/html/tandem-page.ts';
import { isWritten, keepFind, type OnUnwritten, writePageFile } from './files.ts';

export interface KeepingGroups {
  /** The sides as they were named. */
  readonly from: string;
  readonly to: string;
  /** A directory, made if need be. */
  readonly out: string;
  /** The line that shows a trace again. */
  replayOf(file: string): string;
  readonly onUnwritten: OnUnwritten;
}

/** The report with what was kept of each group. The pair is still open: pages execute their traces once more. */
export async function keepGroups(
  report: DiffReport,
  pair: Pair,
  { from, to, out, replayOf, onUnwritten }: KeepingGroups,
): Promise<DiffReport> {
  const label = (side: string) => side.replace(/[^\w.-]+/g, '-').replace(/^-+|-+$/g, '');
  const { engine, seed } = report;
  const remarks = [...report.remarks];
  const groups: ReportedGroup[] = [];
  for (const group of report.groups) {
    const { number, trace } = group;
    const kept = await keepFind({
      path: join(out, `${engine}-${label(from)}-to-${label(to)}-seed${seed}-${number}`),
      trace,
      replayOf,
      async page(replay) {
        const facts = [
          ['differs', `${group.function}: ${group.where}`],
          ['seed', String(seed)],
          ['sample', String(group.firstSample)],
        ] as const;
        return tandemPage(pair, await recordPair(pair, trace), { facts, replay });
      },
      note: (line) => remarks.push(line),
      onUnwritten,
    });
    groups.push(kept ? { ...group, file: kept.file, page: kept.page, replay: kept.replay } : group);
  }
  return { ...report, remarks, groups };
}

/** The page of a trace that was looked at alone. False where the file could not be written and `onUnwritten` knows. */
export async function writePairPage(
  file: string,
  pair: Pair,
  trace: Trace<AnyCommand>,
  traceFile: string,
  { replayOf, onUnwritten }: Pick<KeepingGroups, 'replayOf' | 'onUnwritten'>,
): Promise<boolean> {
  const facts = [['trace', traceFile]] as const;
  const recording = await recordPair(pair, trace);
  const shown = tandemPage(pair, recording, { facts, replay: replayOf(traceFile) });
  return isWritten(writePageFile(file, shown), onUnwritten);
}
