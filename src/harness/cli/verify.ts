/** `pgtwin verify`: a thin face of the function `verify`. */
import { availableParallelism } from 'node:os';
import pc from 'picocolors';
import type { VerifyReport } from '../commands/verify.ts';
import { printJson, verifyJson } from '../report/json.ts';
import { verifyJunit } from '../report/junit.ts';
import { noProgress, progressLine } from '../report/progress.ts';
import { type Colors, headingText, verifyText } from '../report/text.ts';
import { defaultServices, findEngine, verify } from '../services.ts';
import { describerOf } from './describer.ts';
import { colorsFor, type Io, isLively, UsageError } from './io.ts';
import { humanOutput, type MachineOutput, prepareOutput, writeOutput } from './output.ts';

export interface VerifyFlags extends MachineOutput {
  readonly engine: string;
  readonly release?: string;
  readonly migrations?: string;
  readonly schema?: string;
  readonly intended?: readonly string[];
  readonly samples?: number;
  readonly for?: number;
  readonly sample?: number;
  readonly maxCommands?: number;
  readonly seed?: number;
  readonly workers?: number;
  readonly out: string;
}

const statuses: Readonly<Record<VerifyReport['verdict'], number>> = {
  agreed: 0,
  diverged: 1,
  unwitnessed: 1,
  interrupted: 130,
};

/** The exit status; throws what could not run. */
export async function verifyCommand(flags: VerifyFlags, io: Io): Promise<number> {
  await prepareOutput(flags);
  const reports: VerifyReport[] = [];
  for (const release of releasesOf(flags, io)) {
    const report = await verifyOne({ ...flags, release }, io);
    reports.push(report);
    if (report.interrupted) break;
  }
  const json = reports.map(verifyJson);
  await writeOutput(io, flags.json, () => printJson(flags.release === everyRelease ? json : json[0]!));
  await writeOutput(io, flags.junit, () =>
    verifyJunit(reports.map((report) => [report, textOf(report, io, pc.createColors(false))])),
  );
  return Math.max(...reports.map(({ verdict }) => statuses[verdict]));
}

const everyRelease = 'all';

/** The releases to verify one after another; undefined where the migrations tell. */
function releasesOf(
  { engine, release, migrations, schema, intended = [] }: VerifyFlags,
  io: Io,
): (string | undefined)[] {
  if (release !== everyRelease) return [release];
  if (migrations !== undefined || schema !== undefined || intended.length > 0) {
    throw new UsageError(
      '--release all goes with neither --migrations, --schema nor --intended: name one release',
    );
  }
  return findEngine(engine, io.services ?? defaultServices).releases.map((each) => each.release);
}

async function verifyOne(flags: Omit<VerifyFlags, 'release'> & { release: string | undefined }, io: Io) {
  const people = humanOutput(io, flags);
  const colors = colorsFor(people, io.env);
  const line = isLively(io.stderr, io.env) ? progressLine(io.stderr) : noProgress;
  const told = new Set<string>();
  const report = await verify({
    ...flags,
    ...(flags.sample === undefined ? {} : { firstSample: flags.sample, samples: 1 }),
    forMs: flags.for,
    workers: flags.workers ?? Math.min(4, availableParallelism()),
    signal: io.signal,
    services: io.services ?? defaultServices,
    onReady: (heading) => {
      for (const remark of heading.remarks) told.add(remark);
      people.write(`${headingText(heading, colors)}\n`);
    },
    onProgress: (progress) => line.show(progress),
  }).finally(() => line.clear());
  people.write(`\n${textOf(report, io, colors)}\n`);
  // What came up after the heading was written.
  for (const remark of report.remarks) if (!told.has(remark)) people.write(`${colors.yellow(remark)}\n`);
  return report;
}

function textOf(report: VerifyReport, { services = defaultServices }: Io, colors: Colors): string {
  return verifyText(report, colors, describerOf(report.engine, report.release, services));
}
