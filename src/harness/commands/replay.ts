/** `replay` as a function: one kept trace on model and SQL. */
import type { AnyCommand } from '../contract/command.ts';
import { type Subject, versionsOf } from '../contract/subject.ts';
import type { Trace } from '../contract/trace.ts';
import { pgtwinVersion } from '../contract/version.ts';
import { executeTrace } from '../lockstep/lockstep.ts';
import { type ExecutionWithMoments, executeWithMoments } from '../lockstep/moments.ts';
import { type ReportedDivergence, reportDivergence } from '../lockstep/reported.ts';
import type { Heading } from './verify.ts';

export interface ReplayOptions {
  /** Whether every moment is kept, for a page or a drawing. Default: none is. */
  readonly isRecorded?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ReplayOutcome extends Heading {
  /** How many commands were executed and compared. */
  readonly commands: number;
  readonly seconds: number;
  readonly divergence: ReportedDivergence | null;
  readonly interrupted: boolean;
  readonly verdict: 'agreed' | 'diverged' | 'interrupted';
}

/** Of a replay, for reports. */
export interface ReplayReport extends ReplayOutcome {
  /** Null for a trace that is in no file. */
  readonly file: string | null;
  /** The file of the page; null where none was asked for. */
  readonly page: string | null;
  /** Null where none was asked for. */
  readonly diagram: string | null;
}

/**
 * Replays a trace up to its first divergence. Throws ScriptError where the SQL does not install, ModelBug and
 * DriverError where model or driver break.
 */
export async function replayTrace(
  subject: Subject,
  trace: Trace<AnyCommand>,
  { isRecorded = false, signal }: ReplayOptions = {},
): Promise<{ outcome: ReplayOutcome; recording: ExecutionWithMoments | null }> {
  const { release } = subject;
  const remarks = [...subject.remarks];
  const driver = await subject.openDriver((line) => remarks.push(line));
  try {
    const begun = performance.now();
    const recording = isRecorded ? await executeWithMoments(release, driver, trace, signal) : null;
    const execution = recording ?? (await executeTrace(release, driver, trace, signal ? { signal } : {}));
    const seconds = (performance.now() - begun) / 1000;
    const { commands, divergence, interrupted } = execution;
    const outcome: ReplayOutcome = {
      pgtwin: pgtwinVersion,
      engine: release.engine,
      release: release.release,
      versions: versionsOf(driver, subject),
      remarks,
      commands,
      seconds,
      divergence: divergence && reportDivergence(upTo(trace, commands), divergence),
      interrupted,
      verdict: divergence ? 'diverged' : interrupted ? 'interrupted' : 'agreed',
    };
    return { outcome, recording };
  } finally {
    await driver.close();
  }
}

const upTo = (trace: Trace<AnyCommand>, commands: number): Trace<AnyCommand> => ({
  ...trace,
  commands: trace.commands.slice(0, commands),
});
