/** `replay` as a function: one kept trace on model and SQL. */
import type { AnyCommand } from './engine.ts';
import { findRelease } from './engines.ts';
import { executeTrace } from './lockstep.ts';
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
  readonly intended?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly services?: Services | undefined;
}

export interface ReplayReport extends Heading {
  readonly file: string;
  /** How many commands were executed and compared. */
  readonly commands: number;
  readonly seconds: number;
  readonly divergence: ReportedDivergence | null;
  readonly interrupted: boolean;
  readonly verdict: 'agreed' | 'diverged' | 'interrupted';
}

/**
 * Replays a trace up to its first divergence. Throws TraceError for a file that is no trace, SetupError or
 * ScriptError where it cannot run, ModelBug and DriverError where model or driver break.
 */
export async function replay(options: ReplayOptions): Promise<ReplayReport> {
  const services = options.services ?? defaultServices;
  const { file, migrations, intended, signal } = options;
  const trace: Trace<AnyCommand> = await readTraceFile(file, (engine, release) =>
    findRelease(engine, options.release ?? release, services.engines),
  );
  const wanted = { engine: trace.engine, release: options.release ?? trace.release, migrations, intended };
  const subject = await findSubject(wanted, services);
  const { release, installation } = subject;
  const remarks = [...subject.remarks];

  const driver = await services.openDriver(installation, (line) => remarks.push(line));
  try {
    const begun = performance.now();
    const { commands, divergence, interrupted } = await executeTrace(
      release,
      driver,
      trace,
      signal ? { signal } : {},
    );
    const replayed = { file, psql: null, replay: replayLine(file, subject, options.release) };
    return {
      pgtwin: pgtwinVersion,
      engine: release.engine,
      release: release.release,
      versions: versionsOf(driver, subject),
      remarks,
      file,
      commands,
      seconds: (performance.now() - begun) / 1000,
      divergence: divergence && reportDivergence(upTo(trace, commands), divergence, replayed),
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
