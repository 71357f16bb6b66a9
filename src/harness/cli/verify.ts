/** `pgtwin verify`: a thin face of the function `verify`. */
import { availableParallelism } from 'node:os';
import pc from 'picocolors';
import { findRelease } from '../engines.ts';
import { printJson, verifyJson } from '../report/json.ts';
import { verifyJunit } from '../report/junit.ts';
import { noProgress, progressLine } from '../report/progress.ts';
import { headingText, verifyText } from '../report/text.ts';
import { defaultServices } from '../services.ts';
import { type VerifyReport, verify } from '../verify.ts';
import { colorsFor, type Io, isLively } from './io.ts';
import { humanOutput, type MachineOutput, prepareOutput, writeOutput } from './output.ts';

export interface VerifyFlags extends MachineOutput {
  readonly engine: string;
  readonly release?: string;
  readonly migrations?: string;
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
  const services = io.services ?? defaultServices;
  const people = humanOutput(io, flags);
  const colors = colorsFor(people, io.env);
  await prepareOutput(flags);
  const line = isLively(io.stderr, io.env) ? progressLine(io.stderr) : noProgress;

  const report = await verify({
    ...flags,
    ...(flags.sample === undefined ? {} : { firstSample: flags.sample, samples: 1 }),
    forMs: flags.for,
    workers: flags.workers ?? Math.min(4, availableParallelism()),
    signal: io.signal,
    services,
    onReady: (heading) => people.write(`${headingText(heading, colors)}\n`),
    onProgress: (progress) => line.show(progress),
  }).finally(() => line.clear());

  const { machine } = findRelease(report.engine, report.release, services.engines);
  const describe = machine.describe.bind(machine);
  people.write(`\n${verifyText(report, colors, describe)}\n`);
  await writeOutput(io, flags.json, () => printJson(verifyJson(report)));
  const plain = () => verifyText(report, pc.createColors(false), describe);
  await writeOutput(io, flags.junit, () => verifyJunit(report, plain()));
  return statuses[report.verdict];
}
