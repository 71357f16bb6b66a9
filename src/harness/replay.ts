/** `replay` as a function: one kept trace on model and SQL. */
import type { AnyCommand } from './engine.ts';
import { findRelease } from './engines.ts';
import { writeComparisonPage } from './html/comparison-page.ts';
import { executeTrace } from './lockstep.ts';
import { record } from './record.ts';
import { type DiagramLanguage, drawDiagram } from './report/diagram.ts';
import { type ReportedDivergence, reportDivergence } from './report/found.ts';
import { replayLine } from './report/replay-line.ts';
import { defaultServices, type Services } from './services.ts';
import { findSubject, versionsOf } from './subject.ts';
import { readTraceFile, type Trace } from './trace.ts';
import type { Heading } from './verify.ts';
import { pgtwinVersion } from './version.ts';

export interface ReplayOptions {
  /** Of a trace file. */
  readonly file: string;
  /** Another release of the model than the trace names. */
  readonly release?: string | undefined;
  readonly migrations?: string | undefined;
  readonly schema?: string | undefined;
  readonly intended?: readonly string[] | undefined;
  /** A file for the page that shows every moment of it. Default: none is written. */
  readonly page?: string | undefined;
  /** The language to draw the graphs in, as they stand at the end. Default: they are not drawn. */
  readonly diagram?: DiagramLanguage | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly services?: Services | undefined;
}

export interface ReplayReport extends Heading {
  readonly file: string;
  /** How many commands were executed and compared. */
  readonly commands: number;
  readonly seconds: number;
  readonly divergence: ReportedDivergence | null;
  /** The file of the page; null where none was asked for. */
  readonly page: string | null;
  /** Null where none was asked for. */
  readonly diagram: string | null;
  readonly interrupted: boolean;
  readonly verdict: 'agreed' | 'diverged' | 'interrupted';
}

/**
 * Replays a trace up to its first divergence. Throws TraceError for a file that is no trace, SetupError or
 * ScriptError where it cannot run or a file cannot be written, ModelBug and DriverError where model or driver break.
 */
export async function replay(options: ReplayOptions): Promise<ReplayReport> {
  const services = options.services ?? defaultServices;
  const { file, migrations, schema, intended, signal } = options;
  const trace: Trace<AnyCommand> = await readTraceFile(file, (engine, release) =>
    findRelease(engine, options.release ?? release, services.engines),
  );
  const wanted = {
    engine: trace.engine,
    release: options.release ?? trace.release,
    ...{ migrations, schema, intended },
  };
  const subject = await findSubject(wanted, services);
  const { release, installation } = subject;
  const remarks = [...subject.remarks];

  const driver = await services.openDriver(installation, (line) => remarks.push(line));
  try {
    const begun = performance.now();
    const isWatched = options.page !== undefined || options.diagram !== undefined;
    const recording = isWatched ? await record(release, driver, trace, signal) : null;
    const execution = recording ?? (await executeTrace(release, driver, trace, signal ? { signal } : {}));
    const seconds = (performance.now() - begun) / 1000;

    const { commands, divergence, interrupted } = execution;
    const versions = versionsOf(driver, subject);
    const again = replayLine(file, subject, options.release);
    if (recording && options.page !== undefined) {
      const facts = [['trace', file]] as const;
      const executed = { release, trace, recording, versions, remarks, facts, replay: again };
      await writeComparisonPage(options.page, executed);
    }
    const page = options.page ?? null;
    return {
      pgtwin: pgtwinVersion,
      engine: release.engine,
      release: release.release,
      versions,
      remarks,
      file,
      commands,
      seconds,
      divergence:
        divergence &&
        reportDivergence(upTo(trace, commands), divergence, { file, psql: null, page, replay: again }),
      page,
      diagram: recording && options.diagram ? drawDiagram(options.diagram, release, recording) : null,
      interrupted,
      verdict: divergence ? 'diverged' : interrupted ? 'interrupted' : 'agreed',
    };
  } finally {
    await driver.close();
  }
}

const upTo = (trace: Trace<AnyCommand>, commands: number): Trace<AnyCommand> => ({
  ...trace,
  commands: trace.commands.slice(0, commands),
});
