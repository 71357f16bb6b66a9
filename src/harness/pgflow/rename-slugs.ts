/** A trace with the shortest names: flows `f`, `g`, ..., steps `a`, `b`, ... in the order in which they appear. */
import type { AnyCommand } from '../engine.ts';
import type { TraceEntry } from '../trace.ts';

const flowParameters = ['flow_slug', 'queue_name'];
const stepParameters = ['step_slug', 'deps_slugs'];

/** One candidate for flows, one for steps; none where the names are the shortest already. */
export function* withShortSlugs<Command extends AnyCommand>(
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
    if (names.length > 20 || names.every((name) => short.get(name) === name)) continue;
    yield entries.map(({ at, command }) => ({ at, command: renamed(command, parameters, short) }));
  }
}

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
