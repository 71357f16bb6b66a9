/** `pgtwin deviations`: the registry, as a list or one of it whole. */
import { type Deviation, deviationsOf, findDeviation, traceOf } from '../deviation.ts';
import { findEngine, findRelease } from '../engines.ts';
import { deviationsText, deviationText } from '../report/deviations.ts';
import { printJson } from '../report/json.ts';
import { defaultServices } from '../services.ts';
import { colorsFor, type Io } from './io.ts';
import { humanOutput, prepareOutput, writeOutput } from './output.ts';

export interface DeviationsFlags {
  readonly engine: string;
  readonly release?: string;
  readonly json?: string;
}

/** The exit status; throws what could not run. */
export async function deviationsCommand(
  id: string | undefined,
  flags: DeviationsFlags,
  io: Io,
): Promise<number> {
  const { engines } = io.services ?? defaultServices;
  const engine = findEngine(flags.engine, engines);
  const release = flags.release === undefined ? undefined : findRelease(engine.name, flags.release, engines);
  const known = deviationsOf(engine, release?.release);
  const whose = release ? `${engine.name} ${release.release}` : engine.name;
  const chosen = id === undefined ? known : [findDeviation(engine, id, engine.name, release?.release)];

  await prepareOutput(flags);
  const people = humanOutput(io, flags);
  const colors = colorsFor(people, io.env);
  if (id === undefined) people.write(`${deviationsText(chosen, engine.name, whose, colors)}\n`);
  else {
    const describe = (of: string) => {
      const { machine } = findRelease(engine.name, of, engines);
      return machine.describe.bind(machine);
    };
    for (const deviation of chosen)
      people.write(`${deviationText(deviation, engine.name, describe, colors)}\n`);
  }
  await writeOutput(io, flags.json, () => printJson(chosen.map((each) => asJson(each, engine.name))));
  return 0;
}

/** With its traces in the format of a trace file. */
function asJson(deviation: Deviation, engine: string): object {
  const releases = Object.keys(deviation.traces);
  const traces = releases.map((release) => [release, traceOf(deviation, engine, release)]);
  return { ...deviation, engine, releases, traces: Object.fromEntries(traces) };
}
