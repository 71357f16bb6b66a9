/** What ends an executor in the middle of a message. */

/** The process ends, with these words. No Error, as nobody reads its stack. */
export class Panic {
  readonly words: string;
  constructor(words: string) {
    this.words = words;
  }
}

/** Whoever reads the queue waits for ever for room in it. Surprise: nobody is told, as the process has more to do than that. */
export class Deadlock {
  readonly words = null;
}

export function panic(words: string): never {
  throw new Panic(words);
}

/** How the work ended, where it did not come to its end. */
export function attempt(work: () => void): Panic | Deadlock | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof Panic || error instanceof Deadlock) return error;
    throw error;
  }
}

export const nil = 'runtime error: invalid memory address or nil pointer dereference';
export const endOfInput = 'unexpected end of JSON input';
export const nothingThere = 'must at least one element InputPath, got 0';
export const unknownState = 'unsupport state <nil>';
