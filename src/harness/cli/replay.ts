/** `pgtwin replay`: a thin face of the function `replay`. */
import { findRelease } from '../engines.ts';
import { type ReplayReport, replay } from '../replay.ts';
import { printJson, replayJson } from '../report/json.ts';
import { headingText, replayText } from '../report/text.ts';
import { defaultServices } from '../services.ts';
import { colorsFor, type Io } from './io.ts';
import { humanOutput, type MachineOutput, prepareOutput, writeOutput } from './output.ts';

export interface ReplayFlags extends MachineOutput {
  readonly release?: string;
  readonly migrations?: string;
  readonly intended?: readonly string[];
}

const statuses: Readonly<Record<ReplayReport['verdict'], number>> = {
  agreed: 0,
  diverged: 1,
  interrupted: 130,
};

/** The exit status; throws what could not run. */
export async function replayCommand(file: string, flags: ReplayFlags, io: Io): Promise<number> {
  const services = io.services ?? defaultServices;
  const people = humanOutput(io, flags);
  const colors = colorsFor(people, io.env);
  await prepareOutput(flags);
  const report = await replay({ ...flags, file, signal: io.signal, services });
  const { machine } = findRelease(report.engine, report.release, services.engines);
  people.write(`${headingText(report, colors)}\n\n`);
  people.write(`${replayText(report, colors, machine.describe.bind(machine))}\n`);
  await writeOutput(io, flags.json, () => printJson(replayJson(report)));
  return statuses[report.verdict];
}
