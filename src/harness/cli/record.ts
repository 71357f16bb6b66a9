/** `pgtwin record`: a thin face of the function `record`. */

import { checkKept } from '../../files/check.ts';
import { visible, visibleLines } from '../../model/kernel/visible.ts';
import type { RecordReport } from '../commands/record.ts';
import { record } from '../recordings.ts';
import { printLines } from '../report/lines.ts';
import { noProgress, progressLine } from '../report/progress.ts';
import { count, headingText } from '../report/text.ts';
import { defaultServices } from '../services.ts';
import { colorsFor, type Io, isLively } from './io.ts';

export interface RecordFlags {
  readonly engine?: string;
  readonly release?: string;
  readonly migrations?: string;
  readonly schema?: string;
  readonly samples?: number;
  readonly for?: number;
  readonly maxCommands?: number;
  readonly seed?: number;
  readonly traces?: readonly string[];
  readonly from?: string;
  readonly license?: string;
  readonly out: string;
}

/** The exit status; throws what could not run. */
export async function recordCommand(flags: RecordFlags, io: Io): Promise<number> {
  const { from, license, for: forMs, out } = flags;
  await checkKept(out);
  await checkKept(`${out}.part`);
  const colors = colorsFor(io.stdout, io.env);
  const line = isLively(io.stderr, io.env) ? progressLine(io.stderr) : noProgress;
  const shown = new Set<string>();
  const report = await record({
    ...flags,
    forMs,
    origin: { ...(from !== undefined && { from }), ...(license !== undefined && { license }) },
    signal: io.signal,
    services: io.services ?? defaultServices,
    onReady: (heading) => {
      for (const remark of heading.remarks) shown.add(remark);
      io.stdout.write(`${headingText(heading, colors)}\n`);
    },
    onProgress: ({ traces, ...progress }) => line.show({ ...progress, phase: 'sampling', samples: traces }),
  }).finally(() => line.clear());
  for (const remark of report.remarks) {
    if (!shown.has(remark)) io.stdout.write(`${printLines([colors.yellow(visible(remark))])}\n`);
  }
  const text = recordText(report, out);
  io.stdout.write(`\n${report.interrupted ? colors.yellow(text) : colors.green(text)}\n`);
  return report.interrupted ? 130 : 0;
}

function recordText(report: RecordReport, out: string): string {
  const { traces, commands, seconds, resumed, interrupted } = report;
  const done = `${count(traces, 'trace')}, ${count(commands, 'command')}`;
  const before = resumed === 0 ? '' : ` (${count(resumed, 'trace')} from before)`;
  const text = interrupted
    ? `Interrupted after ${done}${before}. The same command goes on there.`
    : `Recorded ${done} in ${seconds.toFixed(1)} s${before}: ${out}`;
  return visibleLines(text);
}
