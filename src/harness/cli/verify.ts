/** `pgtwin verify`: a thin face of the function `verify`. */

import { availableParallelism } from 'node:os';
import pc from 'picocolors';
import { visible, visibleLines } from '../../model/kernel/visible.ts';
import type { CampaignProgress } from '../campaign/report.ts';
import type { Heading, VerifyReport } from '../commands/verify.ts';
import { quoted } from '../contract/names.ts';
import { verifyRecording } from '../recordings.ts';
import { printJson, verifyJson } from '../report/json.ts';
import { verifyJunit } from '../report/junit.ts';
import { printLines } from '../report/lines.ts';
import { noProgress, progressLine } from '../report/progress.ts';
import { type Colors, headingText, verifyText } from '../report/text.ts';
import { defaultServices, findEngine, verify } from '../services.ts';
import { describerOf } from './describer.ts';
import { colorsFor, type Io, isLively, UsageError } from './io.ts';
import { humanOutput, type MachineOutput, prepareOutput, Unwritten, writeOutput } from './output.ts';

export interface VerifyFlags extends MachineOutput {
  /** `all`: every engine, one after another. */
  readonly engine?: string;
  /** `all`: every release, one after another. */
  readonly release?: string;
  readonly migrations?: string;
  readonly schema?: string;
  readonly recording?: string;
  readonly intended?: readonly string[];
  readonly samples?: number;
  readonly for?: number;
  readonly sample?: number;
  readonly maxCommands?: number;
  readonly seed?: number;
  readonly workers?: number;
  readonly out: string;
  /** Whether it was named; else it is not asked for. */
  readonly isOutNamed: boolean;
}

const statuses: Readonly<Record<VerifyReport['verdict'], number>> = {
  agreed: 0,
  diverged: 1,
  unwitnessed: 1,
  interrupted: 130,
};

/** The exit status; throws what could not run. */
export async function verifyCommand(flags: VerifyFlags, io: Io): Promise<number> {
  const { json, junit, out, isOutNamed } = flags;
  await prepareOutput({ json, junit, out: isOutNamed ? out : undefined });
  const targets = targetsOf(flags, io);
  const people = humanOutput(io, flags);
  for (const line of skippedLines(targets, flags, io)) people.write(`${visibleLines(line)}\n`);
  const reports: VerifyReport[] = [];
  const unwritten = new Unwritten();
  const finish = async () => {
    if (targets.length > 1) people.write(`\n${visibleLines(summaryText(reports, targets))}\n`);
    if (reports.length > 0) await writeReports(reports, flags, io, unwritten);
  };
  try {
    for (const target of targets) {
      const report = await verifyOne({ ...flags, ...target }, io, unwritten);
      reports.push(report);
      if (report.interrupted) break;
    }
  } catch (error) {
    // What was found before something broke is not lost with it.
    await finish();
    if (unwritten.text !== '') people.write(`${visibleLines(unwritten.text)}\n`);
    throw error;
  }
  await finish();
  return unwritten.statusInstead(Math.max(...reports.map(({ verdict }) => statuses[verdict])));
}

async function writeReports(
  reports: readonly VerifyReport[],
  flags: VerifyFlags,
  io: Io,
  unwritten: Unwritten,
): Promise<void> {
  const isList = flags.engine === every || flags.release === every;
  const json = reports.map(verifyJson);
  await writeOutput(io, flags.json, () => printJson(isList ? json : json[0]!), unwritten);
  const junit = () =>
    verifyJunit(reports.map((report) => [report, textOf(report, io, pc.createColors(false))]));
  await writeOutput(io, flags.junit, junit, unwritten);
}

const every = 'all';

/** What is verified, one after another. The engine is the default one, and the release what the SQL names, if undefined. */
interface Target {
  readonly engine: string | undefined;
  readonly release: string | undefined;
  readonly isOneOfAll: boolean;
}

/** Engines that have no such release are left out. Throws UsageError where none has it. */
function targetsOf(flags: VerifyFlags, io: Io): readonly Target[] {
  const { engine, release, migrations, schema, recording, intended = [] } = flags;
  const services = io.services ?? defaultServices;
  const isOneOfAll = engine === every;
  if (!isOneOfAll && release !== every) return [{ engine, release, isOneOfAll }];
  const sources = [migrations, schema, recording];
  if (sources.some((each) => each !== undefined) || intended.length > 0) {
    const what = isOneOfAll ? `--engine ${every}` : `--release ${every}`;
    throw new UsageError(
      `${what} cannot be used with --migrations, --schema, --recording or --intended: name one engine and one release`,
    );
  }
  const chosen = isOneOfAll ? services.engines : [findEngine(engine, services)];
  const targets = chosen.flatMap(({ name, releases }) => {
    const names = releases.map((each) => each.release);
    const newest = names.slice(-1);
    const named = release === every ? names : names.filter((each) => each === release);
    const wanted = release === undefined ? newest : named;
    return wanted.map((each) => ({ engine: name, release: each, isOneOfAll }));
  });
  if (targets.length > 0) return targets;
  const known = services.engines.map(({ name, releases }) => {
    return `${name} ${releases.map((each) => each.release).join(', ')}`;
  });
  throw new UsageError(`no engine has the release ${quoted(release!)}; modelled: ${known.join('; ')}`);
}

/** Engines that `--engine all` leaves out. */
function skippedLines(targets: readonly Target[], { engine, release }: VerifyFlags, io: Io): string[] {
  if (engine !== every) return [];
  const { engines } = io.services ?? defaultServices;
  const skipped = engines.filter(({ name }) => !targets.some((target) => target.engine === name));
  return skipped.map(({ name }) => `${name}: skipped, as it has no release ${quoted(release!)}`);
}

/** One line, after everything: which of them are not as they should be. */
function summaryText(reports: readonly VerifyReport[], targets: readonly Target[]): string {
  const bad = reports
    .filter(({ verdict }) => verdict !== 'agreed')
    .map(({ engine, release, verdict }) => `${engine} ${release} (${verdict})`);
  const missing = targets
    .slice(reports.length)
    .map(({ engine, release }) => `${engine} ${release} (not run)`);
  const list = [...bad, ...missing];
  if (list.length === 0) return `All ${targets.length} releases agree with their models.`;
  return `${list.length} of ${targets.length} releases: ${list.join(', ')}.`;
}

async function verifyOne(
  flags: Omit<VerifyFlags, 'engine' | 'release'> & Target,
  io: Io,
  unwritten: Unwritten,
) {
  const people = humanOutput(io, flags);
  const colors = colorsFor(people, io.env);
  const line = isLively(io.stderr, io.env) ? progressLine(io.stderr) : noProgress;
  const shown = new Set<string>();
  const { recording } = flags;
  const options = {
    ...flags,
    ...(flags.sample === undefined ? {} : { firstSample: flags.sample, samples: 1 }),
    forMs: flags.for,
    workers: flags.workers ?? Math.min(4, availableParallelism()),
    signal: io.signal,
    services: io.services ?? defaultServices,
    onUnwritten: unwritten.add,
    onReady: (heading: Heading) => {
      for (const remark of heading.remarks) shown.add(remark);
      people.write(`${headingText(heading, colors)}\n`);
    },
    onProgress: (progress: CampaignProgress) => line.show(progress),
  };
  const verified = recording === undefined ? verify(options) : verifyRecording({ ...options, recording });
  const report = await verified.finally(() => line.clear());
  people.write(`\n${textOf(report, io, colors)}\n`);
  // What came up after the heading was written.
  for (const remark of report.remarks) {
    if (!shown.has(remark)) people.write(`${printLines([colors.yellow(visible(remark))])}\n`);
  }
  return report;
}

function textOf(report: VerifyReport, { services = defaultServices }: Io, colors: Colors): string {
  return verifyText(report, colors, describerOf(report.engine, report.release, services));
}
