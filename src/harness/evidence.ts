/** The files of a divergence: the trace, the same as a script for psql, and the page that shows it. */
import { SetupError } from '../sql/setup-error.ts';
import type { AnyCommand } from './engine.ts';
import { writeComparisonPage } from './html/comparison-page.ts';
import { record } from './record.ts';
import type { Evidence } from './report/found.ts';
import { replayLine } from './report/replay-line.ts';
import type { Services } from './services.ts';
import { type Subject, versionsOf } from './subject.ts';
import { type Trace, writeTraceFile, writeWhole } from './trace.ts';

export interface EvidenceOptions {
  /** Without an ending. */
  readonly path: string;
  readonly trace: Trace<AnyCommand>;
  readonly subject: Subject;
  readonly services: Services;
  /** For the page: the seed, the sample. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly note: (line: string) => void;
}

/** Nothing where it cannot be written: that must not hide what was found. */
export async function writeEvidence(options: EvidenceOptions): Promise<Evidence | null> {
  const { path, trace, subject, note } = options;
  const file = `${path}.json`;
  const psql = `${path}.sql`;
  try {
    await writeTraceFile(file, trace);
    await writeWhole(psql, subject.release.toPsql(trace));
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    note(`the trace is not kept: ${error.message}`);
    return null;
  }
  const replay = replayLine(file, subject);
  return { file, psql, page: await writePageOf(options, `${path}.html`, replay), replay };
}

/** The page alone may fail for any reason, its own bugs included: trace and script say as much as it does. */
async function writePageOf(options: EvidenceOptions, page: string, replay: string): Promise<string | null> {
  const { trace, subject, services, facts, note } = options;
  const { release, installation, remarks } = subject;
  try {
    const driver = await services.openDriver(installation, () => {});
    try {
      const recording = await record(release, driver, trace);
      const versions = versionsOf(driver, subject);
      await writeComparisonPage(page, { release, trace, recording, versions, remarks, facts, replay });
    } finally {
      await driver.close();
    }
    return page;
  } catch (error) {
    note(`the page is not written: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}
