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
    throw new SetupError(
      `the tables cannot be emptied before a trace: ${message} (SQLSTATE ${sqlstate}); remove the trigger or rule of your SQL that keeps their rows even from a replica`,
    );
  }
}
