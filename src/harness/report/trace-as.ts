/** A trace in the words of other tools: what `replay --as` prints. */
import type { AnyCommand } from '../contract/command.ts';
import type { ToldRelease } from '../contract/engine.ts';
import type { SqlFacet } from '../contract/sql.ts';
import type { Trace } from '../contract/trace.ts';
import { asSqlTest } from './as-sql-test.ts';
import { asVitest, type TestedOn } from './as-vitest.ts';

/** `psql` carries the trace out and checks nothing; the others are tests. */
export const traceForms = ['pgtap', 'sql', 'ts', 'psql'] as const;
export type TraceForm = (typeof traceForms)[number];

/** The forms that are tests in SQL. They leave out what such a test cannot see, and so they may miss a difference. */
export const isSqlTest = (form: TraceForm): form is 'pgtap' | 'sql' => form === 'pgtap' || form === 'sql';

/** The release has the model that says what is expected. Throws SetupError where the engine has no such form. */
export function printTraceAs(
  release: ToldRelease<unknown, AnyCommand> & Pick<SqlFacet<AnyCommand>, 'call'>,
  trace: Trace<AnyCommand>,
  form: TraceForm,
  { title, on }: { readonly title: string; readonly on: TestedOn },
): string {
  switch (form) {
    case 'psql':
      return release.toPsql(trace);
    case 'pgtap':
      return asSqlTest(release, trace, title, 'pgtap');
    case 'sql':
      return asSqlTest(release, trace, title, 'script');
    case 'ts':
      return asVitest(trace, on, title);
  }
}
