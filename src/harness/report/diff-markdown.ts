/** What `diff` found as a section of a page. */

import type { DiffReport, ReportedGroup, Side } from '../diff/report.ts';
import { type Describe, printLines, visibleReport, visiblyDescribed } from './lines.ts';
import { count } from './text.ts';

/** What is long is told as well by its beginning. */
const mostPlaces = 6;
const widest = 100;

/** `### 0.6.0 to 0.7.0`, what one side alone has, and each difference with its shortest commands. */
export function diffMarkdown(found: DiffReport, describe: Describe): string {
  const report = visibleReport(found);
  const { from, to, groups, samples, commands, returnedOnlyIn } = report;
  const lines = [`### ${from.name} to ${to.name}`, ''];
  const onlyIn = (side: Side, returned: readonly string[]) => {
    const only = [...side.onlyHere.map(inCode), ...returned.map((each) => each.replace(/\S+$/, '`$&`'))];
    if (only.length > 0) lines.push(`Only in ${side.name}: ${only.join(', ')}.`, '');
  };
  onlyIn(from, returnedOnlyIn.from);
  onlyIn(to, returnedOnlyIn.to);
  lines.push(...report.remarks.map((remark) => `${remark}.\n`));
  const done = `${count(samples, 'sample')} (${count(commands, 'command')})`;
  if (groups.length === 0) lines.push(`No difference in ${done}.`, '');
  for (const group of groups) lines.push(...groupLines(group, report, describe));
  return `${printLines(lines).trimEnd()}\n`;
}

/** `column pgflow.steps.x` with the name as code. */
const inCode = (line: string) => line.replace(/\S+$/, '`$&`');

function groupLines(group: ReportedGroup, { from, to, samples }: DiffReport, describe: Describe): string[] {
  const more = group.places.slice(1);
  const others = more.slice(0, mostPlaces).map((place) => `\`${place}\``);
  if (more.length > others.length) others.push(`and ${more.length - others.length} more`);
  const follows = group.follows.length > 0 ? ` It shows only after ${group.follows.join(', ')}.` : '';
  return [
    `**${group.number}. \`${group.function}\`: ${group.where}**, in ${group.samples} of ${count(samples, 'sample')}.${follows}`,
    ...(others.length > 0 ? [`With it: ${others.join(', ')}.`] : []),
    '',
    '```sql',
    ...group.trace.commands.map(({ command }) => visiblyDescribed(command, describe)),
    ...group.differences
      .slice(0, 1)
      .flatMap(({ where, shown }) => [
        `-- ${where}`,
        `--   ${from.name}: ${cut(shown.from)}`,
        `--   ${to.name}: ${cut(shown.to)}`,
      ]),
    '```',
    '',
  ];
}

const cut = (text: string) => (text.length > widest ? `${text.slice(0, widest)}…` : text);

const begin = '<!-- releases: what `npm run releases` found -->';
const end = '<!-- /releases -->';

/** The page with what is between the two markers replaced; with both at its end where it has none. */
export function withSection(page: string, section: string): string {
  const body = `${begin}\n\n${section.trim()}\n\n${end}`;
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) return `${page.trimEnd()}\n\n${body}\n`;
  return `${page.slice(0, from)}${body}${page.slice(to + end.length)}`;
}
