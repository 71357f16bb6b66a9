/**
 * The composition root: the real engines and the real database, and each command by the names that its caller has.
 * Names are resolved here, the command is called with what they name, and what it found is written to files.
 */

import type { DiffBudget } from './commands/diff.ts';
import type { ListedMutant } from './commands/mutants.ts';
import type { ReplayReport } from './commands/replay.ts';
import type { VerifyBudget, VerifyReport } from './commands/verify.ts';
import type { AnyCommand } from './contract/command.ts';
import { type AnyRelease, type Engine, findEngine as findAmong, releaseOf } from './contract/engine.ts';
import { engineWords, type Services } from './contract/services.ts';
import { findSubject, type SubjectOptions } from './contract/subject.ts';
import type { Trace } from './contract/trace.ts';
import type { PairNames } from './diff/pair.ts';
import type { DiffReport } from './diff/report.ts';
import { defaultEngine, engines } from './engines.ts';
import type { MutantsBudget } from './mutants/options.ts';
import type { MutantsHeading, MutantsReport } from './mutants/report.ts';
import type { DiagramLanguage } from './report/diagram.ts';
import type { TraceForm } from './report/trace-as.ts';
import { parseTrace, TraceError } from './trace/format.ts';
import { readTraceFile } from './trace/read-file.ts';

export const defaultServices: Services = {
  engines,
  defaultEngine,
  async openDriver(installation, onNotice, signal) {
    const { openPGlite } = await import('../sql/pglite/open.ts');
    const driver = await openPGlite({ scripts: installation.scripts, onNotice, signal });
    try {
      await installation.check?.(driver);
      return driver;
    } catch (error) {
      await driver.close();
      throw error;
    }
  },
};

/** The engine of that name, the default one if none is named. Throws SetupError that says which are known. */
export const findEngine = (name?: string, services: Services = defaultServices): Engine =>
  findAmong(name ?? services.defaultEngine, services.engines);

/** That release of that engine, the newest if none is named. Throws SetupError that says which are known. */
export const findRelease = (
  engine: string | undefined,
  release?: string,
  services: Services = defaultServices,
): AnyRelease => releaseOf(findEngine(engine, services), release);

export interface WithServices {
  readonly services?: Services | undefined;
}

/** Those of a command, whose databases end with its signal. */
export function servicesFor({
  services = defaultServices,
  signal,
}: WithServices & { readonly signal?: AbortSignal | undefined }): Services {
  if (!signal) return services;
  return { ...services, openDriver: (installation, note) => services.openDriver(installation, note, signal) };
}

export interface WithFiles {
  /** Gets a line about each file of what was found that could not be written, for whoever still wants the report. */
  readonly onUnwritten?: ((line: string) => void) | undefined;
}

export interface VerifyOptions extends SubjectOptions, VerifyBudget, WithServices, WithFiles {
  /** Directory for the trace of a divergence and its page, made if need be. Default: nothing is written. */
  readonly out?: string | undefined;
}

/**
 * Runs a campaign and writes the trace of a divergence.
 * Throws SetupError or ScriptError where it cannot run, and SampleError where the model or the driver breaks.
 */
export async function verify(options: VerifyOptions = {}): Promise<VerifyReport> {
  const { out } = options;
  const services = servicesFor(options);
  const [{ verifySubject }, { SampleError }, { keepBrokenSample, keepDivergence }] = await Promise.all([
    import('./commands/verify.ts'),
    import('./campaign/sample-error.ts'),
    import('./evidence/divergence.ts'),
  ]);
  const subject = await findSubject(options, services);
  const report = await verifySubject(subject, options).catch(async (error) => {
    if (error instanceof SampleError && out !== undefined) await keepBrokenSample(error, subject, out);
    throw error;
  });
  return out === undefined ? report : keepDivergence(report, subject, out, options.onUnwritten);
}

export interface ReplayOptions extends Omit<SubjectOptions, 'engine'>, WithServices, WithFiles {
  /** Of a trace file, unless there is a `trace`. It names the engine, and the release if none is named. */
  readonly file?: string | undefined;
  /** A trace as its file has it. */
  readonly trace?: WrittenTrace | undefined;
  /** A file for the page that shows every moment of it. Default: none is written. */
  readonly page?: string | undefined;
  /** The language to draw the graphs in, as they stand at the end. Default: they are not drawn. */
  readonly diagram?: DiagramLanguage | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A trace before its commands are checked. */
export interface WrittenTrace extends Omit<Trace<AnyCommand>, 'commands'> {
  readonly commands: readonly { readonly at: number; readonly command: object }[];
}

/**
 * Replays a trace up to its first divergence. Throws TraceError for a file that is no trace, SetupError or
 * ScriptError where it cannot run or a file cannot be written, ModelBug and DriverError where model or driver break.
 */
export async function replay(options: ReplayOptions): Promise<ReplayReport> {
  const { page, diagram, signal } = options;
  const services = servicesFor(options);
  const [{ replayTrace }, { replayedReport }] = await Promise.all([
    import('./commands/replay.ts'),
    import('./evidence/replay.ts'),
  ]);
  const { trace, file } = await traceOf(options, services);
  const wanted = { ...options, engine: trace.engine, release: options.release ?? trace.release };
  const subject = await findSubject(wanted, services);
  const isRecorded = page !== undefined || diagram !== undefined;
  const replayed = await replayTrace(subject, trace, { isRecorded, signal });
  const { release, onUnwritten } = options;
  return replayedReport(replayed, subject, trace, { file, page, diagram, release, onUnwritten });
}

export interface TraceAsOptions extends Omit<SubjectOptions, 'engine'>, WithServices {
  /** Of a trace file. */
  readonly file: string;
  readonly as: TraceForm;
  /** Gets a line for each thing worth knowing. */
  readonly onNotice?: ((line: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * A trace in another form. A form that is a test in SQL is executed first on the SQL that is named.
 * Throws TraceError for a file that is no trace, and SetupError for what is not there and for a test that would pass
 * although the trace diverges.
 */
export async function traceAs(options: TraceAsOptions): Promise<string> {
  const { file, as, release, onNotice = () => {} } = options;
  const services = servicesFor(options);
  const { traceInForm } = await import('./evidence/trace-as.ts');
  const trace = await readTrace(file, release, services, options.signal);
  if (as === 'ts' && !engines.some(({ name }) => name === trace.engine)) {
    throw new TraceError(
      `${file}: a vitest test finds only the engines of pgtwin (${engines.map(({ name }) => name).join(', ')}), and this trace is of ${trace.engine}: use another form`,
    );
  }
  const wanted = { ...options, engine: trace.engine, release: release ?? trace.release };
  const subject = await findSubject(wanted, services);
  return traceInForm(subject, trace, { file, as, release, onNotice });
}

export interface DiffOptions extends PairNames, DiffBudget, WithServices, WithFiles {
  /** Default {@link Services.defaultEngine}. */
  readonly engine?: string | undefined;
  /** A trace file: that trace alone, as it is. */
  readonly trace?: string | undefined;
  /** A file of differences that are meant. */
  readonly allowed?: string | undefined;
  /** Directory for the traces and their pages, made if need be. Default: nothing is written. */
  readonly out?: string | undefined;
  /** A file for the page of `trace`. Default: none is written. */
  readonly page?: string | undefined;
}

/** Throws SetupError or ScriptError where it cannot run, and DriverError where a database breaks. */
export async function diff(options: DiffOptions): Promise<DiffReport> {
  const { from, to, out, page, onUnwritten } = options;
  const services = servicesFor(options);
  const [{ comparePair }, { readAllowed }, { openPair }, evidence, { commandLine }] = await Promise.all([
    import('./commands/diff.ts'),
    import('./diff/allowed.ts'),
    import('./diff/pair.ts'),
    import('./evidence/differences.ts'),
    import('./trace/replay-line.ts'),
  ]);
  const engine = findEngine(options.engine, services);
  const allowed = options.allowed === undefined ? [] : await readAllowed(options.allowed, options.signal);
  const trace =
    options.trace === undefined
      ? undefined
      : await readTrace(options.trace, undefined, services, options.signal);
  // Before the databases are opened.
  if (!trace) (await import('./campaign/generate.ts')).checkFastCheck();
  const replayOf = (file: string) => {
    const named = engineWords(engine, services);
    return commandLine(['pgtwin', 'diff', ...named, '--from', from, '--to', to, '--trace', file]);
  };
  const pair = await openPair(engine, options, services.openDriver);
  try {
    const report = await comparePair(pair, options, allowed, trace);
    if (!trace) {
      return out === undefined
        ? report
        : await evidence.keepGroups(report, pair, { from, to, out, replayOf, onUnwritten });
    }
    if (page === undefined) return report;
    const files = { replayOf, onUnwritten };
    const isWritten = await evidence.writePairPage(page, pair, trace, options.trace!, files);
    return isWritten ? { ...report, page } : report;
  } finally {
    await pair.close();
  }
}

export interface MutantsOptions
  extends Pick<SubjectOptions, 'engine' | 'release'>,
    Omit<MutantsBudget, 'keepResults'>,
    WithServices {
  /** A file that results are kept in as they come, and those of an interrupted run taken from. */
  readonly resume?: string | undefined;
}

/**
 * Plants small bugs in the SQL, one at a time, and tries whether `verify` finds them.
 * Throws SetupError where it cannot run, and DriverError where a database breaks without a mutant in it.
 */
export async function runMutants(options: MutantsOptions = {}): Promise<MutantsReport> {
  const { resume, engine, release } = options;
  const services = servicesFor(options);
  const [{ tryMutantsOf }, { StateFile }] = await Promise.all([
    import('./commands/mutants.ts'),
    import('./evidence/mutants-state.ts'),
  ]);
  const subject = await findSubject({ engine, release }, services);
  return tryMutantsOf(subject, {
    ...options,
    keepResults: resume === undefined ? undefined : (heading) => StateFile.open(resume, heading),
  });
}

/** The mutants that a run with these options would try. */
export async function listMutants(
  options: MutantsOptions = {},
): Promise<{ heading: MutantsHeading; mutants: ListedMutant[] }> {
  const { engine, release } = options;
  const services = servicesFor(options);
  const { listMutantsOf } = await import('./commands/mutants.ts');
  return listMutantsOf(await findSubject({ engine, release }, services), options);
}

/** The trace of a file, or one that is given as it is. Throws TraceError where there is neither, or both. */
async function traceOf(
  { file, trace, release, signal }: Pick<ReplayOptions, 'file' | 'trace' | 'release' | 'signal'>,
  services: Services,
): Promise<{ trace: Trace<AnyCommand>; file: string | null }> {
  if ((file === undefined) === (trace === undefined))
    throw new TraceError('replay() needs either a file or a trace');
  if (file !== undefined) return { file, trace: await readTrace(file, release, services, signal) };
  const find = (engine: string, named: string) => findRelease(engine, release ?? named, services);
  return { file: null, trace: await checked(parseTrace(trace, find), find) };
}

async function readTrace(
  file: string,
  release: string | undefined,
  services: Services,
  signal?: AbortSignal,
): Promise<Trace<AnyCommand>> {
  const find = (engine: string, named: string) => findRelease(engine, release ?? named, services);
  return checked(await readTraceFile(file, find, signal), find, file);
}

/** Throws SetupError for a trace that makes the tables too large. */
async function checked(
  trace: Trace<AnyCommand>,
  find: (engine: string, release: string) => AnyRelease,
  file?: string,
): Promise<Trace<AnyCommand>> {
  const { checkRows } = await import('./lockstep/size.ts');
  checkRows(find(trace.engine, trace.release), trace, file);
  return trace;
}
