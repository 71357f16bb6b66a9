/** `pgtwin explain`: what a value says that somebody found in a store. */
import { findEngine as findIn, releaseOf } from '../contract/engine.ts';
import { knownNames, quoted } from '../contract/names.ts';
import { printJson } from '../report/json.ts';
import { defaultServices } from '../services.ts';
import { type Io, UsageError } from './io.ts';
import { humanOutput, prepareOutput, Unwritten, writeOutput } from './output.ts';

export interface ExplainFlags {
  readonly engine?: string;
  readonly release?: string;
  readonly json?: string;
}

/** The exit status; throws what could not be explained. */
export async function explainCommand(value: string, flags: ExplainFlags, io: Io): Promise<number> {
  const { engines } = io.services ?? defaultServices;
  const able = engines.filter(({ explain }) => explain !== undefined);
  const names = able.map(({ name }) => name);
  if (flags.engine === undefined)
    throw new UsageError(`name an engine with --engine; known here: ${knownNames(names)}`);
  const engine = findIn(flags.engine, engines);
  if (engine.explain === undefined)
    throw new UsageError(
      `nothing of ${quoted(engine.name)} has to be explained; known here: ${knownNames(names)}`,
    );
  const release = flags.release === undefined ? undefined : releaseOf(engine, flags.release).release;
  const { text, data } = engine.explain(value, release);
  await prepareOutput(flags);
  humanOutput(io, flags).write(`${text}\n`);
  const unwritten = new Unwritten();
  await writeOutput(io, flags.json, () => printJson(data), unwritten);
  return unwritten.statusInstead(0);
}
