/** The registry of an engine: where its SQL does something other than its documentation says. */

import { SetupError } from '../../sql/setup-error.ts';
import type { AnyCommand } from './command.ts';
import { nearest, quoted } from './names.ts';
import type { Trace, TraceEntry } from './trace.ts';

export interface Deviation<Command = AnyCommand> {
  /** What `--intended` takes: a short sentence in kebab case. */
  readonly id: string;
  /** What the SQL does, as a sentence. */
  readonly title: string;
  readonly documented: {
    /** What the documentation says, in our words. */
    readonly says: string;
    /** The document, its section, and the version it was read in. */
    readonly where: string;
  };
  /** What happens instead, and what it means for whoever runs it. */
  readonly happens: string;
  /** The threads upstream that are about it, `owner/name#number`. */
  readonly upstream: readonly string[];
  /** By release the fewest commands after which documentation and SQL differ. */
  readonly traces: Readonly<Record<string, readonly TraceEntry<Command>[]>>;
}

/** Those of the engine, or of one of its releases, by id. */
export function deviationsOf(
  { deviations = [] }: { readonly deviations?: readonly Deviation[] },
  release?: string,
): Deviation[] {
  return deviations
    .filter(({ traces }) => release === undefined || release in traces)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** The deviation of that name; throws {@link SetupError} for one that is not of the release. */
export function findDeviation(
  { deviations = [] }: { readonly deviations?: readonly Deviation[] },
  id: string,
  engine: string,
  release?: string,
): Deviation {
  const found = deviations.find((deviation) => deviation.id === id);
  if (!found) {
    const near = nearest(
      id,
      deviations.map((each) => each.id),
    );
    const hint = near.length === 0 ? '' : `; nearest: ${near.join(', ')}`;
    throw new SetupError(
      `unknown deviation ${quoted(id)} of ${engine}: pgtwin deviations lists those registered${hint}`,
    );
  }
  if (release === undefined || release in found.traces) return found;
  const others = Object.keys(found.traces).join(', ');
  throw new SetupError(`the deviation "${id}" is one of ${engine} ${others}, not of ${release}`);
}

/** The kept trace of a deviation, as any other is kept. */
export function traceOf(deviation: Deviation, engine: string, release: string): Trace<AnyCommand> {
  const commands = deviation.traces[release] ?? [];
  return { engine, release, startedAt: '2030-01-01T00:00:00.000Z', commands };
}
