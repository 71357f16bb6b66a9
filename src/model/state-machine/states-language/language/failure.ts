/** What a state fails with, in the middle of its work. */

/** No Error, as nobody reads its stack. */
export class Failure {
  /** Null: a Fail without a name. */
  readonly error: string | null;
  readonly cause: string | null;
  constructor(error: string | null, cause: string | null) {
    this.error = error;
    this.cause = cause;
  }
}

export function fail(error: string, cause: string | null = null): never {
  throw new Failure(error, cause);
}

/** What cannot be caught, nor tried again. */
export const runtime = 'States.Runtime';
export const tooLarge = 'States.DataLimitExceeded';
export const timeout = 'States.Timeout';

/** The failure that ended the work, if one did. */
export function attempt(work: () => void): Failure | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

/** Thrown where an answer is missing: the command has done nothing, and is to be given again with one answer more. */
export class Asks {
  readonly question: unknown;
  constructor(question: unknown) {
    this.question = question;
  }
}

/** What the work gives, or what it asks for. */
export function unlessAsking<T>(work: () => T): T | Asks {
  try {
    return work();
  } catch (error) {
    if (error instanceof Asks) return error;
    throw error;
  }
}
