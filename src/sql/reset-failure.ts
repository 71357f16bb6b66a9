/** A database that does not come back to the state just after installing. */
import type { QueryResult } from './driver.ts';
import { SetupError } from './setup-error.ts';

/**
 * Throws SetupError for the first statement of a reset that was refused. It is the installed SQL that forbids it: the
 * statements are the same for every database.
 */
export function checkReset(results: readonly QueryResult[]): void {
  for (const result of results.flatMap((each) => (each.kind === 'expanded' ? each.sets : [each]))) {
    if (result.kind !== 'failure') continue;
    const { message, sqlstate } = result;
    const advice = message.startsWith('the materialized view ')
      ? 'change the view so that it can be, with the tables as they are before a trace'
      : 'change what your SQL adds that refuses it, such as a trigger or rule that is active even for a replica';
    throw new SetupError(
      `the database cannot be reset before a trace: ${message} (SQLSTATE ${sqlstate}); ${advice}`,
    );
  }
}
