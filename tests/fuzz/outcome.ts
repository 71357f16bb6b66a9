/** What may come of an input that is wrong: the outcomes that the documents know. */
import { DatabaseError } from '../../src/harness/twin/database-error.ts';
import { SimulationError } from '../../src/harness/twin/simulation-error.ts';
import { ScriptError } from '../../src/sql/driver.ts';
import { SetupError } from '../../src/sql/setup-error.ts';

/** Longer than any line that helps. */
const longest = 4000;
const ownFaults =
  /bug in pgtwin|bug in the model|undefined \(reading|is not a function|is not iterable|Maximum call stack|Invalid string length|out of memory/;

/** The name of an outcome: `done`, or the class of the refusal. Throws what no document knows. */
export async function outcomeOf(act: () => unknown): Promise<string> {
  try {
    await act();
    return 'done';
  } catch (error) {
    const isKnown =
      error instanceof SetupError ||
      error instanceof ScriptError ||
      error instanceof SimulationError ||
      error instanceof DatabaseError;
    if (!isKnown) throw error;
    checkLine(error.message);
    return error.name;
  }
}

/** Throws where a line is none that an error may be. */
export function checkLine(line: string): void {
  if (ownFaults.test(line)) throw new Error(`a fault of our own: ${line}`);
  if (line.length > longest) throw new Error(`a line of ${line.length} characters: ${line.slice(0, 200)}`);
  if (line.trim() === '') throw new Error('an error without a word');
}
