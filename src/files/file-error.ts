/** A file that cannot be read or written. */
import { SetupError } from '../sql/setup-error.ts';

/** One line: the path, what is wrong with it, and what to do where that is always the same. */
export class FileError extends SetupError {
  readonly reason: string;
  readonly advice: string | undefined;

  constructor(path: string, reason: string, advice?: string) {
    super(`${path === '' ? '""' : path}: ${reason}${advice === undefined ? '' : `: ${advice}`}`);
    this.reason = reason;
    this.advice = advice;
  }
}

/** With the code of what the system refused. */
export const unwritable = (path: string, error: unknown): FileError =>
  error instanceof FileError ? error : new FileError(path, `cannot be written (${codeOf(error)})`);

export const codeOf = (error: unknown): string =>
  (error as NodeJS.ErrnoException | undefined)?.code ?? String(error);

/** As the system would refuse it. */
export const refusal = (code: string): Error => Object.assign(new Error(code), { code });
