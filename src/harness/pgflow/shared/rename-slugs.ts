/** A trace with fewer and with shorter names of flows and steps, for the shrinker. */
import type { AnyCommand } from '../../contract/command.ts';
import type { TraceEntry } from '../../contract/trace.ts';

const flowParameters = ['flow_slug', 'queue_name'];
const stepParameters = ['step_slug', 'deps_slugs'];

export function* withSimplerSlugs<Command extends AnyCommand>(
  entries: readonly TraceEntry<Command>[],
): Iterable<readonly TraceEntry<Command>[]> {
  yield* withFewerSlugs(entries);
  yield* withShortSlugs(entries);
}

/**
 * Flows `f`, `g`, ... and steps `a`, `b`, ... in the order in which they appear: one candidate for flows, one for
 * steps; none where the names are the shortest already.
 */
function* withShortSlugs<Command extends AnyCommand>(
  entries: readonly TraceEntry<Command>[],
): Iterable<readonly TraceEntry<Command>[]> {
  for (const [parameters, first] of [
    [flowParameters, 'f'],
    [stepParameters, 'a'],
  ] as const) {
    const names = namesIn(entries, parameters);
    const short = new Map(
      names.map((name, i) => [name, String.fromCharCode(first.charCodeAt(0) + i)] as const),
    );
    if (names.length > 20) continue;
    if (names.some((name) => short.get(name) !== name)) yield withNames(entries, parameters, short);
  }
}

/** Fewer names: each later one replaced by each earlier one. Steps that become one make commands superfluous. */
function* withFewerSlugs<Command extends AnyCommand>(
  entries: readonly TraceEntry<Command>[],
): Iterable<readonly TraceEntry<Command>[]> {
  for (const parameters of [flowParameters, stepParameters]) {
    const names = namesIn(entries, parameters);
    // Beyond that, pairs are too many to try.
    if (names.length > 8) continue;
    for (const [i, later] of names.entries()) {
      for (const earlier of names.slice(0, i)) {
        yield withNames(entries, parameters, new Map([[later, earlier]]));
      }
    }
  }
}

const withNames = <Command extends AnyCommand>(
  entries: readonly TraceEntry<Command>[],
  parameters: readonly string[],
  names: ReadonlyMap<unknown, string>,
) => entries.map(({ at, command }) => ({ at, command: renamed(command, parameters, names) }));

function namesIn(entries: readonly TraceEntry<AnyCommand>[], parameters: readonly string[]): string[] {
  const values = entries.flatMap(({ command }) =>
    parameters.flatMap((name) => (command as unknown as Record<string, unknown>)[name]),
  );
  return [...new Set(values.filter((value): value is string => typeof value === 'string'))];
}

function renamed<Command extends AnyCommand>(
  command: Command,
  parameters: readonly string[],
  short: ReadonlyMap<unknown, string>,
): Command {
  const changed = Object.entries(command).map(([name, value]) => {
    if (!parameters.includes(name)) return [name, value];
    return [
      name,
      Array.isArray(value) ? value.map((item) => short.get(item) ?? item) : (short.get(value) ?? value),
    ];
  });
  return Object.fromEntries(changed) as Command;
}
