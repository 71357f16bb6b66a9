/** `pgtwin deviations`: the registry, as a list or one of it whole. */
import { type Deviation, deviationsOf, findDeviation, traceOf } from '../contract/deviation.ts';
import { releaseOf } from '../contract/engine.ts';
import { engineWords } from '../contract/services.ts';
import { deviationsText, deviationText } from '../report/deviations.ts';
import { printJson } from '../report/json.ts';
import { defaultServices, findEngine } from '../services.ts';
import { describerOf } from './describer.ts';
import { colorsFor, type Io } from './io.ts';
import { humanOutput, prepareOutput, Unwritten, writeOutput } from './output.ts';

export interface DeviationsFlags {
  readonly engine?: string;
  readonly release?: string;
  readonly json?: string;
}

/** The exit status; throws what could not run. */
export async function deviationsCommand(
  id: string | undefined,
  flags: DeviationsFlags,
  io: Io,
): Promise<number> {
  const services = io.services ?? defaultServices;
  const engine = findEngine(flags.engine, services);
  const release = flags.release === undefined ? undefined : releaseOf(engine, flags.release);
  const known = deviationsOf(engine, release?.release);
  const whose = release ? `${engine.name} ${release.release}` : engine.name;
  const chosen = id === undefined ? known : [findDeviation(engine, id, engine.name, release?.release)];
  const named = engineWords(engine, services)
    .map((word) => ` ${word}`)
    .join('');

  await prepareOutput(flags);
  const people = humanOutput(io, flags);
  const colors = colorsFor(people, io.env);
  if (id === undefined) people.write(`${deviationsText(chosen, named, whose, colors)}\n`);
  else {
    const describe = (of: string) => describerOf(engine.name, of, services);
    for (const deviation of chosen)
      people.write(`${deviationText(deviation, engine.name, named, describe, colors)}\n`);
  }
  const unwritten = new Unwritten();
  await writeOutput(
    io,
    flags.json,
    () => printJson(chosen.map((each) => asJson(each, engine.name))),
    unwritten,
  );
  return unwritten.statusInstead(0);
}

/** With its traces in the format of a trace file. */
function asJson(deviation: Deviation, engine: string): object {
  const releases = Object.keys(deviation.traces);
  const traces = releases.map((release) => [release, traceOf(deviation, engine, release)]);
  return { ...deviation, engine, releases, traces: Object.fromEntries(traces) };
}
