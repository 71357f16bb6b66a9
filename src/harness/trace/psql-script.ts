/** A trace as a script that can be pasted into psql. */
import { visible } from '../../model/kernel/visible.ts';
import { asText } from '../../sql/call.ts';
import type { Query } from '../../sql/driver.ts';
import type { Trace } from '../contract/trace.ts';

/** Virtual waiting becomes `pg_sleep`; a statement that is refused does not end the script. */
export function psqlScript<Command>(
  trace: Trace<Command>,
  statements: (command: Command) => readonly string[],
): string {
  const lines = [
    `-- ${visible(`${trace.engine} ${trace.release}`)}: ${trace.commands.length} commands`,
    '\\set ON_ERROR_STOP off',
  ];
  let now = 0;
  for (const { at, command } of trace.commands) {
    if (at > now) lines.push('', `-- at +${at} ms`, `select pg_sleep(${(at - now) / 1000});`);
    now = Math.max(at, now);
    lines.push(...statements(command));
  }
  return `${lines.join('\n')}\n`;
}

/** What one command sends; statements of one transaction with its ends around them. */
export const statementsOf = (query: Query): string[] =>
  query.transaction
    ? ['begin;', ...query.transaction.map((each) => `${asText(each)};`), 'commit;']
    : [`${asText(query)};`];
