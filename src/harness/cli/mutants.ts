/** `pgtwin mutants`: a thin face of the functions `runMutants`, `listMutants` and `mergeReports`. */
import { availableParallelism } from 'node:os';
import { visible } from '../../model/kernel/visible.ts';
import { writeMutantsPage } from '../evidence/mutants-page.ts';
import { mergeReports } from '../mutants/merge.ts';
import { type MutantsReport, summaryOf } from '../mutants/report.ts';
import { readReport } from '../mutants/report-format.ts';
import type { Shard } from '../mutants/selection.ts';
import { printJson } from '../report/json.ts';
import { printLines } from '../report/lines.ts';
import { mutantsJson } from '../report/mutants-json.ts';
import { changeLines, listText, mutantsHeadingText, mutantsText } from '../report/mutants-text.ts';
import { liveLine } from '../report/progress.ts';
import { count } from '../report/text.ts';
import type { MutantsOptions } from '../services.ts';
import { defaultServices, listMutants, runMutants } from '../services.ts';
import { describerOf } from './describer.ts';
import { colorsFor, type Io, isLively } from './io.ts';
import { humanOutput, prepareOutput, Unwritten, unlessUnwritten, writeOutput } from './output.ts';

export interface MutantsFlags {
  readonly engine?: string;
  readonly release?: string;
  readonly samples?: number;
  readonly for?: number;
  readonly seed?: number;
  readonly function: readonly string[];
  readonly operator: readonly string[];
  readonly mutant: readonly string[];
  readonly sample?: number;
  readonly shard?: Shard;
  readonly workers?: number;
  readonly failUnder?: number;
  readonly resume?: string;
  readonly merge?: readonly string[];
  readonly list?: true;
  readonly json?: string;
  readonly html?: string;
}

/** The exit status; throws what could not run. */
export async function mutantsCommand(flags: MutantsFlags, io: Io): Promise<number> {
  const { json, html, resume, merge, failUnder } = flags;
  await prepareOutput({ json, html, resume });
  if (flags.list) return list(flags, io);
  const report = merge ? await merged(merge, io.signal) : await run(flags, io);
  const people = humanOutput(io, { json });
  people.write(`\n${mutantsText(report, colorsFor(people, io.env))}\n`);
  const unwritten = new Unwritten();
  await writeOutput(io, json, () => printJson(mutantsJson(report)), unwritten);
  if (html !== undefined) {
    const describe = describerOf(report.engine, report.release, io.services ?? defaultServices);
    await unlessUnwritten(() => writeMutantsPage(html, report, describe), unwritten);
  }
  if (report.interrupted) {
    if (resume !== undefined)
      people.write(`Run the same command to continue: ${visible(resume)} has the results so far.\n`);
    return unwritten.statusInstead(130);
  }
  const { score } = summaryOf(report.mutants);
  if (failUnder === undefined || (score ?? 0) >= failUnder) return unwritten.statusInstead(0);
  people.write(`Fewer mutants were killed than --fail-under ${failUnder} asks for.\n`);
  return unwritten.statusInstead(1);
}

function optionsOf(flags: MutantsFlags, io: Io): MutantsOptions {
  return {
    ...flags,
    forMs: flags.for,
    functions: flags.function,
    operators: flags.operator,
    mutants: flags.mutant,
    workers: flags.workers ?? Math.min(4, availableParallelism()),
    signal: io.signal,
    services: io.services ?? defaultServices,
  };
}

async function run(flags: MutantsFlags, io: Io): Promise<MutantsReport> {
  const people = humanOutput(io, flags);
  const colors = colorsFor(people, io.env);
  const line = isLively(io.stderr, io.env) ? liveLine(io.stderr) : undefined;
  const startedAt = performance.now();
  let [planned, done, had, survived] = [0, 0, 0, 0];
  return runMutants({
    ...optionsOf(flags, io),
    onReady(heading, total, before) {
      [planned, done, had] = [total, before, before];
      people.write(`${mutantsHeadingText(heading, total, colors)}\n`);
      if (before > 0)
        people.write(`${count(before, 'result')} of an earlier run read from ${visible(flags.resume!)}\n`);
    },
    onResult(result) {
      done++;
      if (result.outcome === 'survived') {
        survived++;
        line?.clear();
        people.write(`survived\n${printLines(changeLines(result, colors))}\n`);
      }
      const perMutant = (performance.now() - startedAt) / Math.max(1, done - had);
      const left = Math.ceil((perMutant * (planned - done)) / 60_000);
      line?.write(`${done} of ${count(planned, 'mutant')} · ${survived} survived · ${left} min left`);
    },
  }).finally(() => line?.clear());
}

async function list(flags: MutantsFlags, io: Io): Promise<number> {
  const people = humanOutput(io, flags);
  const colors = colorsFor(people, io.env);
  const { heading, mutants } = await listMutants(optionsOf(flags, io));
  people.write(`${mutantsHeadingText(heading, mutants.length, colors)}\n${listText(mutants, colors)}\n`);
  const unwritten = new Unwritten();
  await writeOutput(io, flags.json, () => printJson(mutants), unwritten);
  return unwritten.statusInstead(0);
}

async function merged(files: readonly string[], signal: AbortSignal): Promise<MutantsReport> {
  const reports: { file: string; report: MutantsReport }[] = [];
  // One after another: what is wrong with one is told without waiting for the others, which may be pipes.
  for (const file of files) reports.push({ file, report: await readReport(file, signal) });
  return mergeReports(reports);
}
