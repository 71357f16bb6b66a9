/** The registry of deviations as the table in the README. */
import { type Deviation, deviationsOf } from '../../src/harness/contract/deviation.ts';

export function deviationsTable(deviations: readonly Deviation[]): string {
  const rows = deviationsOf({ deviations }).map(({ id, title, traces, upstream }) => {
    const threads = upstream.map((thread) => {
      const [repository, number] = thread.split('#');
      return ` [#${number}](https://github.com/${repository}/issues/${number})`;
    });
    return `| ${title}${threads.join(',')} | ${Object.keys(traces).join(', ')} | \`${id}\` |`;
  });
  return ['| what happens | in | `--intended` |', '|---|---|---|', ...rows].join('\n');
}
