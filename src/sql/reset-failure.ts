/** A database that does not come back to the state just after installing. */
import type { SqlFailure } from './driver.ts';
import { SetupError } from './setup-error.ts';

/** It is the installed SQL that forbids it: the statements of a reset are the same for every database. */
export const resetFailure = ({ message, sqlstate }: SqlFailure): SetupError =>
  new SetupError(
    `the tables cannot be emptied before a trace: ${message} (SQLSTATE ${sqlstate}); remove the trigger or rule of your SQL that keeps their rows even from a replica`,
  );
