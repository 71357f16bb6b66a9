/** The kept traces of some directories that are of one release. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SetupError } from '../../sql/setup-error.ts';
import { findEngine, type ReleaseName, releaseOf } from '../contract/engine.ts';
import { shortened } from '../contract/names.ts';
import type { Services } from '../contract/services.ts';
import { readTraceFile } from '../trace/read-file.ts';
import type { NamedTrace } from './record.ts';

/** By directory and name; `remarks` tells those that are of another release. Throws SetupError where there is none, and TraceError for what is no trace. */
export async function keptTraces(
  directories: readonly string[],
  { engine, release }: ReleaseName,
  services: Services,
): Promise<{ readonly traces: readonly NamedTrace[]; readonly remarks: readonly string[] }> {
  const model = releaseOf(findEngine(engine, services.engines), release);
  const traces: NamedTrace[] = [];
  const others = new Map<string, string[]>();
  for (const [directory, name] of await filesIn(directories)) {
    const file = join(directory, name);
    try {
      const trace = await readTraceFile(file, (of, named) => {
        if (of !== engine || named !== release)
          throw new OtherRelease(`${shortened(of)} ${shortened(named)}`);
        return model;
      });
      traces.push({ trace, name });
    } catch (error) {
      if (!(error instanceof OtherRelease)) throw error;
      others.set(error.message, [...(others.get(error.message) ?? []), name]);
    }
  }
  if (traces.length === 0)
    throw new SetupError(
      `${directories.join(', ')}: no trace of ${engine} ${release}: name the release of its traces with --release`,
    );
  const remarks = [...others].map(([title, left]) => `left out, as they are of ${title}: ${left.join(', ')}`);
  return { traces, remarks };
}

async function filesIn(directories: readonly string[]): Promise<[directory: string, name: string][]> {
  const found = directories.map(async (directory) => {
    const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
      const why = `cannot be read (${error.code}): --traces takes a directory of traces`;
      throw new SetupError(`${directory}: ${why}`);
    });
    const files = names.filter((name) => name.endsWith('.json')).sort();
    return files.map((name): [string, string] => [directory, name]);
  });
  return (await Promise.all(found)).flat();
}

/** A trace of another one, which need not be modelled. */
class OtherRelease extends Error {}
