/** `pgtwin diff`: a thin face of the function `diff`. */
import pc from 'picocolors';
import { SetupError } from '../../sql/setup-error.ts';
import { type DiffReport, diffJson } from '../diff/report.ts';
import type { SearchProgress } from '../diff/search.ts';
import { diffJunit } from '../report/diff-junit.ts';
import { diffHeadingText, diffText, groupText } from '../report/diff-text.ts';
import { printJson } from '../report/json.ts';
import { noProgress, progressLine } from '../report/progress.ts';
import { count } from '../report/text.ts';
import { defaultServices, diff } from '../services.ts';
import { describerOf } from './describer.ts';
import { colorsFor, type Io, isLively, UsageError } from './io.ts';
import { humanOutput, type MachineOutput, prepareOutput, Unwritten, writeOutput } from './output.ts';

export interface DiffFlags extends Omit<MachineOutput, 'html'> {
  /** True for the option without a file. */
  readonly html?: string | true;
  readonly engine?: string;
  readonly from: string;
  readonly to: string;
  readonly samples?: number;
  readonly for?: number;
  readonly maxCommands?: number;
  readonly seed?: number;
  readonly trace?: string;
  readonly allowed?: string;
  readonly out: string;
  /** Whether it was named; else it is not asked for. */
  readonly isOutNamed: boolean;
}

const statuses: Readonly<Record<DiffReport['verdict'], number>> = {
  same: 0,
  different: 1,
  interrupted: 130,
};

/** The exit status; throws what could not run. */
export async function diffCommand(flags: DiffFlags, io: Io): Promise<number> {
  const { trace, html } = flags;
  if (html !== undefined && trace === undefined)
    throw new UsageError('--html needs --trace; without --trace, pages are written to --out');
  const page = html === true ? `${trace!.replace(/\.json$/, '')}.html` : html;
  const out = flags.isOutNamed && trace === undefined ? flags.out : undefined;
  await prepareOutput({ json: flags.json, junit: flags.junit, html: page, out });
  const unwritten = new Unwritten();
  const services = io.services ?? defaultServices;
  const people = humanOutput(io, { json: flags.json, junit: flags.junit });
  const colors = colorsFor(people, io.env);
  const line = isLively(io.stderr, io.env) ? progressLine(io.stderr) : noProgress;
  const report = await diff({
    ...flags,
    page,
    forMs: flags.for,
    signal: io.signal,
    services,
    onUnwritten: unwritten.add,
    onReady: (heading) => people.write(`${diffHeadingText(heading, colors)}\n`),
    onProgress: (progress) => line.showText(progressText(progress), progress.phase === 'sampling'),
  }).finally(() => line.clear());

  const describe = describerOf(report.engine, report.commandsOf, services);
  people.write(`\n${diffText(report, colors, describe)}\n`);
  await writeOutput(io, flags.json, () => printJson(diffJson(report)), unwritten);
  const junit = () =>
    diffJunit(report, (group) => groupText(group, report, pc.createColors(false), describe));
  await writeOutput(io, flags.junit, junit, unwritten);
  const status = unwritten.statusInstead(statuses[report.verdict]);
  // Only now, so that nothing is lost of what was found.
  const [stale] = report.stale;
  if (stale) {
    throw new SetupError(
      `${flags.allowed}: (${stale.function}, ${stale.where}) was not found; remove it, or search longer with --samples or --for`,
    );
  }
  return status;
}

/** `120 samples · 2,345 commands · 3 differences · 41 s left` */
function progressText({ phase, samples, commands, groups, elapsedMs, done }: SearchProgress): string {
  const found = count(groups, 'difference');
  const did = `${count(samples, 'sample')} · ${count(commands, 'command')} · ${found}`;
  if (phase === 'shrinking') return `${did} · found another difference, shrinking it`;
  const left = done > 0 ? ` · ${Math.ceil((elapsedMs * (1 - done)) / done / 1000)} s left` : '';
  return `${did}${left}`;
}
