/** The registry of deviations for people. */
import type { Deviation } from '../contract/deviation.ts';
import { type Describe, printLines, visibleReport } from './lines.ts';
import type { Colors } from './text.ts';
import { commandLines, count } from './text.ts';

/** One line of each, and how to see it; `named` is the option that names the engine, ` --engine e`, or nothing. */
export function deviationsText(
  deviations: readonly Deviation[],
  named: string,
  whose: string,
  colors: Colors,
): string {
  if (deviations.length === 0) return `No deviation of ${whose} is registered.`;
  const lines = visibleReport(deviations).flatMap(({ id, title, traces, upstream }) => {
    const notes = [Object.keys(traces).join(', '), ...upstream];
    return [colors.bold(id), `  ${title} ${colors.dim(`(${notes.join('; ')})`)}`];
  });
  return printLines([
    `${count(deviations.length, 'place')} where ${whose} behaves differently from its documentation:`,
    '',
    ...lines,
    '',
    `pgtwin deviations${named} ID            what is documented, what happens, the shortest trace that shows it`,
    `pgtwin verify${named} --intended ID     finds it: compares the SQL with the documented behaviour`,
  ]);
}

/** Everything about one, with the commands of each release. */
export function deviationText(
  deviation: Deviation,
  engine: string,
  named: string,
  describeOf: (release: string) => Describe,
  colors: Colors,
): string {
  const { id, title, documented, happens, upstream } = visibleReport(deviation);
  const lines = [
    colors.bold(id),
    `  ${title}`,
    '',
    `documented  ${documented.says}`,
    colors.dim(`            ${documented.where}`),
    `happens     ${happens}`,
  ];
  if (upstream.length > 0) lines.push(`upstream    ${upstream.map(threadUrl).join(' ')}`);
  for (const [release, commands] of Object.entries(deviation.traces)) {
    lines.push(
      '',
      `the shortest trace in ${engine} ${release}`,
      ...commandLines(commands, describeOf(release), colors),
    );
    lines.push(
      `to see it   ${colors.bold(`npx pgtwin verify${named} --release ${release} --intended ${id}`)}`,
    );
  }
  return printLines(lines);
}

function threadUrl(thread: string): string {
  const [repository, number] = thread.split('#');
  return `https://github.com/${repository}/issues/${number}`;
}
