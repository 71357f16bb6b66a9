/** A recording and the model that it is held against. Names are resolved here. */
import { SetupError } from '../../sql/setup-error.ts';
import type { Deviation } from '../contract/deviation.ts';
import { type AnyRelease, findEngine, releaseOf } from '../contract/engine.ts';
import { quoted } from '../contract/names.ts';
import type { Services } from '../contract/services.ts';
import {
  documentedIn,
  findSubject,
  intendedOf,
  type Subject,
  type SubjectOptions,
} from '../contract/subject.ts';
import { commandLine } from '../trace/replay-line.ts';
import { RecordingError, type RecordingHeading } from './format.ts';
import { checkSameSql } from './origin.ts';
import { readHeading } from './read.ts';

export interface RecordedSubject {
  readonly file: string;
  readonly heading: RecordingHeading;
  readonly release: AnyRelease;
  /** The deviations in which the model follows the documentation. */
  readonly intended: readonly Deviation[];
  /** The SQL that was recorded, where it is at hand: a divergence is shrunk there. */
  readonly real?: Subject | undefined;
}

/**
 * Reads the heading and finds the model. Throws FileError and {@link RecordingError} for a file that is no recording, and SetupError for
 * one of another engine, release or SQL than the one named.
 */
export async function findRecorded(
  file: string,
  options: SubjectOptions & { readonly signal?: AbortSignal | undefined },
  services: Services,
): Promise<RecordedSubject> {
  const heading = await readHeading(file, options.signal);
  for (const name of ['engine', 'release'] as const) {
    const wanted = options[name];
    if (wanted === undefined || wanted === heading[name]) continue;
    throw new RecordingError(`${file}: it is of ${name} ${quoted(heading[name])}, not ${quoted(wanted)}`);
  }
  const { engine, release } = modelOf(file, heading, services);
  const intended = intendedOf(options.intended, release, engine);
  const found = { file, heading, release: documentedIn(release, intended), intended };
  const { migrations, schema } = options;
  if (migrations === undefined && schema === undefined) return found;
  const named = { ...options, engine: heading.engine, release: heading.release };
  const real = await findSubject(named, services);
  checkSameSql(file, heading, real);
  return { ...found, real };
}

function modelOf(file: string, heading: RecordingHeading, { engines }: Services) {
  try {
    const engine = findEngine(heading.engine, engines);
    return { engine, release: releaseOf(engine, heading.release) };
  } catch (error) {
    throw error instanceof SetupError ? new RecordingError(`${file}: ${error.message}`) : error;
  }
}

/** What to type to see one of its traces. */
export function recordedLine({ file, intended }: RecordedSubject, sample: number): string {
  const documented = intended.flatMap(({ id }) => ['--intended', id]);
  return commandLine(['pgtwin', 'replay', '--recording', file, '--sample', String(sample), ...documented]);
}
