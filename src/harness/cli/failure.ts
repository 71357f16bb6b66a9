/** Why a command could not run, in one line: what is wrong, and what to do. */

import { ModelBug } from '../../model/kernel/assert.ts';
import { visible } from '../../model/kernel/visible.ts';
import { DriverError, InterruptedError, ScriptError, StatementLimitError } from '../../sql/driver.ts';
import { SetupError } from '../../sql/setup-error.ts';
import { shortened } from '../contract/names.ts';
import { UsageError } from './io.ts';

/** What `verify` and `replay` need beyond the package itself. */
const peers = 'fast-check@4 @pgflow/core@0.8.1 @electric-sql/pglite@0.5.8 @electric-sql/pglite-pgmq@0.0.6';

/** The line, and whether the fault is the user's to mend (no stack helps with that). */
export function failureLine(error: unknown): string {
  const { cause, where } = unwrapped(error);
  return visible(oneLine(`${shortened(oneLine(label(cause)), longestFailure)}${where}`));
}

function label(error: unknown): string {
  if (error instanceof SetupError || error instanceof UsageError) return error.message;
  if (error instanceof ScriptError) {
    const { script, statement, failure } = error;
    const begin = beginningOf(statement.text);
    return `${script}:${statement.line}: cannot be installed: ${failure.message} (SQLSTATE ${failure.sqlstate}) at: ${begin}`;
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof StatementLimitError || error instanceof InterruptedError) return message;
  if (error instanceof ModelBug) return `there is a bug in the model, so this is no divergence: ${message}`;
  if (error instanceof DriverError) return `the database crashed, so this is no divergence: ${message}`;
  const missing = /Cannot find (?:package|module) '([^'./][^']*)'/.exec(message)?.[1];
  if (missing !== undefined) {
    return `the package ${missing} is not installed; install all that this command needs: npm install -D ${peers}`;
  }
  return `there is a bug in pgtwin, so this is no divergence: ${message} (set PGTWIN_DEBUG=1 to see where)`;
}

/** A sample that broke says how to run it again. */
function unwrapped(error: unknown): { cause: unknown; where: string } {
  // By name: importing the class would load fast-check, which may be what is missing.
  if (!(error instanceof Error && error.name === 'SampleError')) return { cause: error, where: '' };
  const { cause, seed, sample, replay } = error as Error & {
    seed: number | null;
    sample: number;
    replay?: string;
  };
  const again = replay === undefined ? `verify --seed ${seed} --sample ${sample}` : `npx ${replay}`;
  const drawn = seed === null ? '' : `seed ${seed}, `;
  return { cause, where: ` (${drawn}sample ${sample}; to run it again: ${again})` };
}

/** A message of a database may be as long as a value. */
const longestFailure = 2000;

/** So much of a statement tells which it is. */
const longestBeginning = 160;

function beginningOf(statement: string): string {
  const [line] = statement.trim().split('\n', 1);
  const text = line!.replaceAll('\t', ' ');
  return shortened(text, longestBeginning);
}

const oneLine = (text: string) => text.replace(/\s*\n\s*/g, ' ').trim();
