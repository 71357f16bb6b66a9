/** A run of mutants for people. */

import type { ListedMutant } from '../commands/mutants.ts';
import type { Mutant } from '../mutants/mutant.ts';
import {
  type MutantsHeading,
  type MutantsReport,
  type Summary,
  shortNames,
  summaryByFunction,
  summaryOf,
  survivorsOf,
} from '../mutants/report.ts';
import { printLines, visibleReport } from './lines.ts';
import { type Colors, count } from './text.ts';

/** So much of a changed line is shown, around what is changed. */
const widest = 120;

/** What is run, known before the first mutant. */
export function mutantsHeadingText(heading: MutantsHeading, planned: number, colors: Colors): string {
  const { pgtwin, engine, release, versions, chosen, seed } = visibleReport(heading);
  const { migrations, ...others } = versions;
  const answers = Object.entries(others).map(([name, version]) => `${name} ${version}`);
  const subject = `${engine} ${release}, ${count(Number(migrations), 'migration')}`;
  const mutants = planned === chosen ? count(planned, 'mutant') : `${planned} of ${count(chosen, 'mutant')}`;
  return printLines([
    `${colors.bold(`pgtwin ${pgtwin}: ${subject}`)} · ${answers.join(' · ')}`,
    `${mutants}, ${budgetText(heading)} each (seed ${seed})`,
  ]);
}

function budgetText({ samples, forMs }: MutantsHeading): string {
  const parts = [
    ...(samples < Number.MAX_SAFE_INTEGER ? [count(samples, 'sample')] : []),
    ...(forMs === null ? [] : [`${forMs / 1000} s`]),
  ];
  return parts.join(' or ');
}

/** What was found, without the heading. */
export function mutantsText(found: MutantsReport, colors: Colors): string {
  const report = visibleReport(found);
  const survivors = survivorsOf(report);
  return printLines([
    ...table(report),
    ...(survivors.length > 0 ? ['', colors.bold('Survivors')] : []),
    ...survivors.flatMap((mutant) => changeLines(mutant, colors)),
    '',
    ...report.remarks.map((remark) => colors.yellow(remark)),
    closingText(report, colors),
  ]);
}

function closingText(report: MutantsReport, colors: Colors): string {
  const total = summaryOf(report.mutants);
  const { killed, survived, equivalent, notInstalled, score, medianSize } = total;
  const by = (how: 'timeout' | 'broken') => report.mutants.filter((mutant) => mutant.by === how).length;
  const notes = [
    ...(by('timeout') > 0 ? [`${by('timeout')} of them never ended`] : []),
    ...(by('broken') > 0 ? [`${by('broken')} of them crashed the database or the model`] : []),
    ...(medianSize === null ? [] : [`median trace ${count(medianSize, 'command')}`]),
    ...(equivalent > 0 ? [`${equivalent} argued to be equivalent`] : []),
    ...(notInstalled > 0 ? [`${notInstalled} could not be installed`] : []),
  ];
  const colour = survived === 0 ? colors.green : colors.yellow;
  const result = `${killed} of ${count(killed + survived, 'mutant')} killed (${percent(score)})`;
  const lines = [colour(`${[result, ...notes].join('; ')}.`)];
  if (report.interrupted)
    lines.unshift(colors.yellow('Interrupted: the report covers only the mutants that were tried.'));
  return lines.join('\n');
}

const columns = ['function', 'killed', 'survived', 'equivalent', 'score', 'trace', 'seconds'];

function table({ mutants }: MutantsReport): string[] {
  const nameOf = shortNames(mutants);
  const rows = summaryByFunction(mutants).map(([name, summary]) => cells(nameOf(name), summary));
  const all = [columns, ...rows, cells('all', summaryOf(mutants))];
  const widths = columns.map((_, i) => all.reduce((most, row) => Math.max(most, row[i]!.length), 0));
  return all.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  '),
  );
}

function cells(
  name: string,
  { killed, survived, equivalent, score, medianSize, seconds }: Summary,
): string[] {
  const size = medianSize === null ? '-' : String(medianSize);
  return [
    name,
    String(killed),
    String(survived),
    String(equivalent),
    percent(score),
    size,
    seconds.toFixed(1),
  ];
}

export const percent = (score: number | null): string => (score === null ? '-' : `${score.toFixed(1)} %`);

/** A mutant as the lines of a diff. */
export function changeLines(found: Mutant, colors: Colors): string[] {
  const mutant = visibleReport(found);
  const { id, operator, file, line, before, after } = mutant;
  const [minus, plus] = clipped(before, after);
  const place = file === null ? mutant.function : `${file}:${line}`;
  const name = shortNames([mutant])(mutant.function);
  return [
    `  ${colors.bold(id)}  ${operator} in ${name}  ${colors.dim(place)}`,
    `    ${colors.red(`- ${minus}`)}`,
    `    ${colors.green(`+ ${plus === '' ? '(removed)' : plus}`)}`,
  ];
}

export function listText(mutants: readonly ListedMutant[], colors: Colors): string {
  return printLines(
    visibleReport(mutants).flatMap((mutant) => [
      ...changeLines(mutant, colors),
      ...(mutant.equivalence === null ? [] : [colors.dim(`    equivalent: ${mutant.equivalence}`)]),
    ]),
  );
}

/** The two lines cut down to where they differ and some of what is around. */
export function clipped(before: string, after: string): [string, string] {
  let same = 0;
  while (same < before.length && before[same] === after[same]) same++;
  const start = before.length > widest || after.length > widest ? Math.max(0, same - 50) : 0;
  const clip = (text: string) => {
    const rest = text.slice(start);
    const shown = rest.length > widest ? `${rest.slice(0, widest - 2)} …` : rest;
    return start > 0 ? `… ${shown}` : shown;
  };
  return [clip(before), clip(after)];
}
