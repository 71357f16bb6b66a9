/** `pgtwin replay`: a thin face of the function `replay`. */

import { visibleLines } from '../../model/kernel/visible.ts';
import type { ReplayReport } from '../commands/replay.ts';
import { replayRecording } from '../recordings.ts';
import type { DiagramLanguage } from '../report/diagram.ts';
import { printJson, replayJson } from '../report/json.ts';
import { headingText, replayText } from '../report/text.ts';
import type { TraceForm } from '../report/trace-as.ts';
import { defaultServices, replay, traceAs } from '../services.ts';
import { describerOf } from './describer.ts';
import { colorsFor, type Io, UsageError } from './io.ts';
import { humanOutput, type MachineOutput, prepareOutput, Unwritten, writeOutput } from './output.ts';

export interface ReplayFlags extends Pick<MachineOutput, 'json'> {
  /** True for the option without a file. */
  readonly html?: string | true;
  readonly format?: DiagramLanguage;
  readonly release?: string;
  readonly migrations?: string;
  readonly schema?: string;
  readonly intended?: readonly string[];
  readonly as?: TraceForm;
  /** In place of a file. */
  readonly recording?: string;
  readonly sample?: number;
}

const statuses: Readonly<Record<ReplayReport['verdict'], number>> = {
  agreed: 0,
  diverged: 1,
  interrupted: 130,
};

/** The exit status; throws what could not run. */
export async function replayCommand(file: string | undefined, flags: ReplayFlags, io: Io): Promise<number> {
  const services = io.services ?? defaultServices;
  const { recording } = flags;
  if (flags.as !== undefined && file !== undefined) {
    const onNotice = (line: string) => io.stderr.write(`${visibleLines(line)}\n`);
    io.stdout.write(await traceAs({ ...flags, as: flags.as, file, services, onNotice, signal: io.signal }));
    return 0;
  }
  const { format: diagram, html } = flags;
  const page = html === true ? `${besideOf(file, flags)}.html` : html;
  // A diagram takes standard output to itself, as JSON does.
  if (diagram && flags.json === '-')
    throw new UsageError('--format and --json - cannot both use standard output: write the JSON to a file');
  const people = diagram ? io.stderr : humanOutput(io, { json: flags.json });
  const colors = colorsFor(people, io.env);
  await prepareOutput({ json: flags.json, html: page });
  const unwritten = new Unwritten();
  const { signal } = io;
  const wanted = { ...flags, page, diagram, signal, services, onUnwritten: unwritten.add };
  const report =
    recording === undefined
      ? await replay({ ...wanted, file })
      : await replayRecording({ ...wanted, recording });
  people.write(`${headingText(report, colors)}\n\n`);
  people.write(`${replayText(report, colors, describerOf(report.engine, report.release, services))}\n`);
  if (report.diagram !== null) io.stdout.write(report.diagram);
  await writeOutput(io, flags.json, () => printJson(replayJson(report)), unwritten);
  return unwritten.statusInstead(statuses[report.verdict]);
}

/** Of a page, without its ending. */
function besideOf(file: string | undefined, { recording = '', sample }: ReplayFlags): string {
  if (file !== undefined) return file.replace(/\.json$/, '');
  const name = recording.replace(/(\.jsonl)?(\.gz)?$/, '');
  return sample === undefined ? name : `${name}-sample${sample}`;
}
