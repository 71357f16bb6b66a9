/** A trace whose steps wait for fewer others, for the shrinker. */
import type { AnyCommand } from '../../contract/command.ts';
import type { TraceEntry } from '../../contract/trace.ts';

type Entries<Command> = readonly TraceEntry<Command>[];
type AddStep = AnyCommand & { readonly step_slug: string; readonly deps_slugs?: readonly string[] };

/**
 * Each step that others depend on taken out of their way: they depend on what it depends on. So a chain becomes
 * shorter from its first step, and what has no dependents any more can be left out.
 */
export function* withShorterPaths<Command extends AnyCommand>(
  entries: Entries<Command>,
): Iterable<Entries<Command>> {
  const added = entries.map(({ command }) => command).filter(isAddStep);
  const depended = new Set(added.flatMap(({ deps_slugs = [] }) => deps_slugs));
  const passed = [...new Set(added.map(({ step_slug }) => step_slug))].filter((slug) => depended.has(slug));
  // In a long chain any step is as good as another, and the first is the one that may be of another kind.
  for (const slug of passed.length > 8 ? passed.slice(0, 1) : passed) {
    const before = added.find(({ step_slug }) => step_slug === slug)?.deps_slugs ?? [];
    yield entries.map((entry) => {
      const { command } = entry;
      if (!isAddStep(command) || !command.deps_slugs?.includes(slug)) return entry;
      const deps = command.deps_slugs.flatMap((dep) => (dep === slug ? before : dep));
      const deps_slugs = [...new Set(deps)].filter((dep) => dep !== slug && dep !== command.step_slug);
      return { ...entry, command: { ...command, deps_slugs } };
    });
  }
}

function isAddStep<Command extends AnyCommand>(command: Command): command is Command & AddStep {
  return command.type === 'add_step';
}
