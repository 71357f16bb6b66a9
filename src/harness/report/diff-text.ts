/** The report of `diff` for people. */

import type { Signature } from '../diff/groups.ts';
import type { DiffHeading, DiffReport, ReportedGroup, Side } from '../diff/report.ts';
import { inWords } from './diff-words.ts';
import { printLines, visibleReport } from './lines.ts';
import { type Colors, commandLines, count, type Describe } from './text.ts';

/** What is long is told as well by its beginning. */
const mostPlaces = 12;
const mostNames = 12;
const widest = 60;

/** `pgtwin 0.1.0: pgflow 0.7.0 (10 migrations) against 0.7.2 (11 migrations) · postgres 18.3 · ...` */
export function diffHeadingText(heading: DiffHeading, colors: Colors): string {
  const { pgtwin, engine, versions, from, to, commandsOf, remarks } = visibleReport(heading);
  const named = ({ name, migrations }: Side) => `${name} (${count(migrations, 'migration')})`;
  const answers = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const lines = [
    `${colors.bold(`pgtwin ${pgtwin}: ${engine} ${named(from)} against ${named(to)}`)} · ${answers.join(' · ')}`,
    `  with the commands of ${engine} ${commandsOf}`,
  ];
  for (const side of [from, to]) {
    if (side.onlyHere.length > 0)
      lines.push(`  only in ${side.name}, not compared: ${side.onlyHere.join(', ')}`);
    lines.push(...side.remarks.map((remark) => `  ${side.name}: ${remark}`));
  }
  lines.push(...remarks.map((remark) => `  ${remark}`));
  const [head, ...others] = lines;
  return printLines([head!, ...others.map((line) => colors.dim(line))]);
}

/** What was found, without the heading. */
export function diffText(found: DiffReport, colors: Colors, describe: Describe): string {
  const report = visibleReport(found);
  const { groups, samples, commands, seconds, seed, from, to, interrupted } = report;
  const done = `${count(samples, 'sample')}, ${count(commands, 'command')} in ${seconds.toFixed(1)} s (seed ${seed})`;
  const lines: string[] = [];
  if (interrupted) lines.push(colors.yellow(`Interrupted after ${done}.`));
  if (groups.length > 0) {
    const kinds = count(groups.length, 'way', 'ways');
    lines.push(colors.red(`${to.name} behaves differently from ${from.name} in ${kinds}: ${done}.`));
  } else if (!interrupted) {
    const asFar = report.notAsked.length > 0 ? ' in all commands that both have' : '';
    lines.push(colors.green(`${from.name} and ${to.name} behave the same${asFar}: ${done}.`));
  }
  lines.push(...sideLines(report, colors));
  for (const group of groups) lines.push('', groupText(group, report, colors, describe));
  if (report.page !== null) lines.push('', `page: ${report.page}`);
  return printLines(lines);
}

function sideLines(report: DiffReport, colors: Colors): string[] {
  const { from, to, returnedOnlyIn, notAsked, allowed, notFollowed, unsteady } = report;
  const lines: string[] = [];
  for (const [{ name }, returned] of [
    [from, returnedOnlyIn.from],
    [to, returnedOnlyIn.to],
  ] as const) {
    if (returned.length > 0)
      lines.push(colors.dim(`  only in ${name}, not compared: ${returned.join(', ')}`));
  }
  if (notAsked.length > 0)
    lines.push(colors.dim(`  not compared, because one side lacks them: ${notAsked.join(', ')}`));
  for (const { function: type, where, reason } of allowed) {
    lines.push(colors.dim(`  allowed: ${type}, ${where} (${reason})`));
  }
  const listed = (signatures: readonly Signature[], why: string) => {
    if (signatures.length === 0) return;
    const some = signatures
      .slice(0, mostNames)
      .map(({ type, what }) => `${type}: ${inWords(what, { from: from.name, to: to.name })}`);
    const more = signatures.length > some.length ? ` and ${signatures.length - some.length} more` : '';
    lines.push(colors.yellow(`  ${why}: ${some.join('; ')}${more}`));
  };
  listed(notFollowed, 'also seen, but not examined');
  listed(unsteady, 'seen once, but not again, so the SQL does not promise it');
  return lines;
}

/** One way in which they differ. */
export function groupText(
  found: ReportedGroup,
  report: Pick<DiffReport, 'samples' | 'from' | 'to'>,
  colors: Colors,
  describe: Describe,
): string {
  const group = visibleReport(found);
  const { samples, from, to } = visibleReport({
    samples: report.samples,
    from: report.from,
    to: report.to,
  });
  const seen = samples > 1 ? `, in ${group.samples} of ${samples} samples` : '';
  const words = (what: string) => inWords(what, { from: from.name, to: to.name });
  const lines = [
    `${colors.bold(`${group.number}. ${group.function}: ${words(group.where)}`)}${colors.dim(seen)}`,
  ];
  if (words(group.where) !== group.where)
    lines.push(colors.dim(`   as an allowed difference: "${group.where}"`));
  const others = group.places.slice(1).map(words);
  if (others.length > 0) lines.push(colors.dim(`   also: ${others.join(', ')}`));
  if (group.follows.length > 0) {
    const earlier = group.follows.map((number) => `${number}`).join(', ');
    lines.push(colors.yellow(`   seen only after difference ${earlier}, and may be a consequence of it`));
  }
  // One by one: a trace may have more commands than a function may have arguments.
  for (const line of commandLines(group.trace.commands, describe, colors)) lines.push(` ${line}`);

  for (const { where, row, shown } of group.differences.slice(0, mostPlaces)) {
    const place = row === '' ? where : `${where} ${colors.dim(`(${row})`)}`;
    const [one, other] = [colors.red(shown.from), colors.green(shown.to)];
    if (shown.from.length + shown.to.length <= widest) {
      lines.push(`   ${place}  ${from.name} ${one}  ${to.name} ${other}`);
    } else lines.push(`   ${place}`, `     ${from.name} ${one}`, `     ${to.name} ${other}`);
  }
  if (group.differences.length > mostPlaces) {
    lines.push(`   and ${count(group.differences.length - mostPlaces, 'more place')}`);
  }
  if (group.replay !== null) lines.push(colors.dim(`   replay: npx ${group.replay}`));
  if (group.page !== null) lines.push(colors.dim(`   page: ${group.page}`));
  return printLines(lines);
}
