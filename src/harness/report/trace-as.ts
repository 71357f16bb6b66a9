/** A trace in the words of other tools: what `replay --as` prints. */
import { basename } from 'node:path';
import type { AnyCommand } from '../engine.ts';
import { findEngine, findRelease } from '../engines.ts';
import { defaultServices, type Services } from '../services.ts';
import { intendedOf } from '../subject.ts';
import { readTraceFile, type Trace } from '../trace.ts';
import { asPgtap } from './as-pgtap.ts';
import { asVitest } from './as-vitest.ts';

export const traceForms = ['pgtap', 'sql', 'ts'] as const;
export type TraceForm = (typeof traceForms)[number];

export interface TraceAsOptions {
  /** Of a trace file. */
  readonly file: string;
  readonly as: TraceForm;
  /** Another release than the trace names. */
  readonly release?: string | undefined;
  /** Names of deviations in which the model says what the documentation does. */
  readonly intended?: readonly string[] | undefined;
  readonly services?: Services | undefined;
}

/** Needs no database. Throws TraceError for a file that is no trace, SetupError for what is not there. */
export async function traceAs(options: TraceAsOptions): Promise<string> {
  const { engines } = options.services ?? defaultServices;
  const trace: Trace<AnyCommand> = await readTraceFile(options.file, (engine, release) =>
    findRelease(engine, options.release ?? release, engines),
  );
  const found = findRelease(trace.engine, options.release ?? trace.release, engines);
  const intended = intendedOf(options, found, findEngine(trace.engine, engines)).map(({ id }) => id);
  const release = intended.length === 0 ? found : found.asDocumented!(new Set(intended));
  const title = basename(options.file, '.json').replaceAll('-', ' ');
  switch (options.as) {
    case 'sql':
      return release.toPsql(trace);
    case 'pgtap':
      return asPgtap(release, trace, title);
    case 'ts':
      return asVitest(release, trace, title);
  }
}
