/** A trace as a test for others, checked first: it has to fail where the SQL diverges, and to pass where it does not. */
import { basename } from 'node:path';
import { assertionFunctions } from '../../sql/assertions.ts';
import { ScriptError } from '../../sql/driver.ts';
import { SetupError } from '../../sql/setup-error.ts';
import type { AnyCommand } from '../contract/command.ts';
import type { Subject } from '../contract/subject.ts';
import type { Trace } from '../contract/trace.ts';
import { executeTrace } from '../lockstep/lockstep.ts';
import { isSqlTest, printTraceAs, type TraceForm } from '../report/trace-as.ts';

export interface CheckedForm {
  /** The trace file, which gives the test its title. */
  readonly file: string;
  readonly as: TraceForm;
  /** Of the model, where the trace names another. */
  readonly release?: string | undefined;
  readonly onNotice: (line: string) => void;
}

/** Throws SetupError, which names the forms that can, where this one cannot show how the SQL diverges. */
export async function traceInForm(
  subject: Subject,
  trace: Trace<AnyCommand>,
  { file, as, release, onNotice }: CheckedForm,
): Promise<string> {
  const title = basename(file, '.json').replaceAll('-', ' ');
  const on = { ...subject.source, release, intended: subject.intended };
  if (isSqlTest(as) && !subject.release.script) {
    const { engine } = subject.release;
    throw new SetupError(`there is no test in SQL for ${engine}: ${others}`);
  }
  const text = printTraceAs(subject.release, trace, as, { title, on });
  // A test for vitest compares as replay does, and a script for psql shows what happens without checking it.
  if (!isSqlTest(as)) return text;
  const { failure, divergence } = await tryBoth(text, subject, trace, as);
  if (divergence === null) {
    if (failure)
      throw new SetupError(`the trace agrees, but as ${as} it fails: ${failure.message}. ${others}`);
    onNotice(
      'The trace agrees with this SQL, so the test passes on it. To see whether it fails on other SQL, name that SQL with --migrations.',
    );
    return text;
  }
  if (failure) return text;
  throw new SetupError(
    `--as ${as} cannot show this difference, so that test would pass: ${divergence.differences[0]!.where} differs, which it leaves out. ${others}`,
  );
}

const others =
  'Use --as ts for a vitest test that compares everything, or --as psql for a script that shows what happens';

/** How the test fails on the SQL of the subject, if it does, and how the SQL diverges, if it does. */
async function tryBoth(test: string, subject: Subject, trace: Trace<AnyCommand>, as: TraceForm) {
  const driver = await subject.openDriver(() => {});
  try {
    if (as === 'pgtap') await driver.script(assertionFunctions('public'));
    // The test first, as it wants a new database; it leaves nothing behind.
    const failure = await driver.script(test).then(() => undefined, scriptError);
    const { divergence } = await executeTrace(subject.release, driver, trace);
    return { failure, divergence };
  } finally {
    await driver.close();
  }
}

function scriptError(error: unknown): ScriptError {
  if (error instanceof ScriptError) return error;
  throw error;
}
