/** A trace in which the first failure of a task is its last, for the shrinker. */
import type { AnyCommand } from '../../contract/command.ts';
import type { TraceEntry } from '../../contract/trace.ts';

/** What a worker does again where there is another attempt. */
const repeated: ReadonlySet<string> = new Set(['start_tasks', 'fail_task']);

/**
 * The step whose task fails first has no attempts to spare, and what was done about a second one is left out: a run
 * that fails in the end by default does so after as many commands as three attempts take.
 */
export function* withFewerAttempts<Command extends AnyCommand>(
  entries: readonly TraceEntry<Command>[],
): Iterable<readonly TraceEntry<Command>[]> {
  const first = entries.findIndex(({ command }) => command.type === 'fail_task');
  const later = entries.slice(first + 1);
  if (first < 0 || !later.some(({ command }) => command.type === 'fail_task')) return;
  const { step_slug } = entries[first]!.command as AnyCommand & { readonly step_slug?: unknown };
  const failing = entries.slice(0, first + 1).map((entry) => {
    const command = entry.command as AnyCommand & { readonly step_slug?: unknown };
    if (command.type !== 'add_step' || command.step_slug !== step_slug) return entry;
    return { ...entry, command: { ...entry.command, max_attempts: 0 } };
  });
  yield [...failing, ...later.filter(({ command }) => !repeated.has(command.type))];
}
