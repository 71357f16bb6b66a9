/** Results as they come in, a line of JSON each, so that a run that was interrupted goes on where it was. */
import { FileError } from '../../files/file-error.ts';
import { missing, readText } from '../../files/read-text.ts';
import { appendToFile, writeFile } from '../../files/write.ts';
import { SetupError } from '../../sql/setup-error.ts';
import { shortened } from '../contract/names.ts';
import type { KeptResults } from '../mutants/options.ts';
import type { SharedHeading } from '../mutants/report.ts';
import { resultSchema } from '../mutants/report-format.ts';
import type { MutantResult } from '../mutants/result.ts';
import { describeIssue } from '../trace/issue.ts';

export class StateFile implements KeptResults {
  readonly #file: string;
  /** Of the runs before this one. */
  readonly results: readonly MutantResult[];
  #writing: Promise<void> = Promise.resolve();

  private constructor(file: string, results: readonly MutantResult[]) {
    this.#file = file;
    this.results = results;
  }

  /**
   * Begins the file, or reads it where it is there.
   * @throws SetupError where it cannot be read or written, or belongs to another run
   */
  static async open(file: string, heading: SharedHeading): Promise<StateFile> {
    const text = await readText(file, { mayBeCut: true }).catch((error) => {
      if (error instanceof FileError && error.reason === missing) return '';
      throw error;
    });
    // What was being written when the last run ended is not all there.
    const [first, ...lines] = text.split('\n').slice(0, -1);
    if (first === undefined && text !== '')
      throw new SetupError(`${file}: not a file of results of pgtwin mutants`);
    if (first !== undefined) expectSame(file, parsed(file, first), heading);
    const results = lines.map((line) => resultOf(file, line));
    const whole = [heading, ...results].map((each) => `${JSON.stringify(each)}\n`).join('');
    if (whole !== text) await writeFile(file, whole);
    return new StateFile(file, results);
  }

  add(result: MutantResult): Promise<void> {
    this.#writing = this.#writing.then(() => appendToFile(this.#file, `${JSON.stringify(result)}\n`));
    return this.#writing;
  }
}

function expectSame(file: string, found: unknown, heading: SharedHeading): void {
  const before = Object(found) as Record<string, unknown>;
  for (const [key, value] of Object.entries(heading)) {
    if (JSON.stringify(before[key]) === JSON.stringify(value)) continue;
    const words = (each: unknown) => shortened(JSON.stringify(each) ?? 'missing', 200);
    const what = `${key} ${words(before[key])}, now ${words(value)}`;
    throw new SetupError(`${file}: it has the results of another run (${what}); choose another file`);
  }
}

function resultOf(file: string, line: string): MutantResult {
  const result = resultSchema.safeParse(parsed(file, line));
  if (result.success) return result.data;
  throw new SetupError(
    `${file}: not a file of results of pgtwin mutants: ${describeIssue(result.error.issues[0]!)}`,
  );
}

function parsed(file: string, line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new SetupError(`${file}: not a file of results of pgtwin mutants`);
  }
}
