/** A trace in the words of other tools: what `replay --as` prints. */
import { basename } from 'node:path';
import type { AnyCommand } from '../contract/command.ts';
import type { ToldRelease } from '../contract/engine.ts';
import type { SqlFacet } from '../contract/sql.ts';
import type { Trace } from '../contract/trace.ts';
import { asPgtap } from './as-pgtap.ts';
import { asVitest } from './as-vitest.ts';

export const traceForms = ['pgtap', 'sql', 'ts'] as const;
export type TraceForm = (typeof traceForms)[number];

/** The release has the model that says what is expected; the file that the trace is from gives a test its title. */
export function printTraceAs(
  release: ToldRelease<unknown, AnyCommand> & Pick<SqlFacet<AnyCommand>, 'call'>,
  trace: Trace<AnyCommand>,
  as: TraceForm,
  file: string,
): string {
  const title = basename(file, '.json').replaceAll('-', ' ');
  switch (as) {
    case 'sql':
      return release.toPsql(trace);
    case 'pgtap':
      return asPgtap(release, trace, title);
    case 'ts':
      return asVitest(release, trace, title);
  }
}
