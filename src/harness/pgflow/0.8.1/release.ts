/** pgflow 0.8.1 for the harness: model, SQL and everything in between. */
import type { Result } from '../../../model/kernel/transition.ts';
import { type PgflowCommand, pgflowCommand } from '../../../model/pgflow/0.8.1/commands.ts';
import type { AsDocumented } from '../../../model/pgflow/0.8.1/deviations.ts';
import { pgflow081, pgflow081AsDocumented } from '../../../model/pgflow/0.8.1/machine.ts';
import type { PgflowState } from '../../../model/pgflow/0.8.1/state.ts';
import { callPgflow } from '../../../sql/pgflow/0.8.1/calls.ts';
import { installPgflow } from '../../../sql/pgflow/install.ts';
import { readResult } from '../../../sql/result.ts';
import type { TestedRelease } from '../../contract/engine.ts';
import { readEquivalents } from '../../mutants/read-equivalents.ts';
import { simplerCommands } from '../../trace/simplify.ts';
import { withFewerAttempts } from '../shared/fewer-attempts.ts';
import { everyRelease, identifiers } from '../shared/release.ts';
import { withSimplerSlugs } from '../shared/rename-slugs.ts';
import { pgflowScript } from '../shared/script.ts';
import { withShorterPaths } from '../shared/shorter-paths.ts';
import { arbitraryEntry } from './arbitrary-entry.ts';
import { columns } from './columns.ts';
import { orderOf } from './order.ts';
import { project } from './projection.ts';
import { withoutEntriesOfMessages } from './same-messages.ts';

const named: ReadonlySet<string> = new Set([...identifiers, 'worker_id']);

const isCommand = (candidate: unknown): candidate is PgflowCommand =>
  pgflowCommand.safeParse(candidate).success;

export const pgflow081UnderTest: TestedRelease<PgflowState, PgflowCommand> = {
  ...everyRelease(pgflowCommand, callPgflow),
  release: '0.8.1',
  machine: pgflow081,
  project,
  columns,
  asDocumented: (deviations) => ({
    ...pgflow081UnderTest,
    machine: pgflow081AsDocumented(deviations as AsDocumented),
  }),

  installation: ({ migrations }) => installPgflow({ release: '0.8.1', migrations }),
  readResult: (command, result) => withStepsInOrder(command, readResult(result)),
  mutation: {
    schema: 'pgflow',
    get equivalents() {
      return readEquivalents(new URL('./equivalent-mutants.json', import.meta.url));
    },
  },

  order: orderOf,

  arbitraryEntry,
  samplesInAll: 400,
  simplify: simpler,
  *simplifyTogether(entries) {
    yield* withSimplerSlugs(entries);
    yield* withShorterPaths(entries);
    yield* withFewerAttempts(entries);
  },
  without: withoutEntriesOfMessages,
  script: pgflowScript((command, uuid) => ({ command: withRunId(command, uuid), setup: [] })),
};

/** A start is given the id that it would draw. */
function withRunId(command: PgflowCommand, uuid: string): PgflowCommand {
  if (command.type !== 'start_flow' && command.type !== 'start_flow_with_states') return command;
  return { ...command, run_id: command.run_id ?? uuid };
}

/** Nobody's name for a worker, so that nobody need be registered; and what a command does more plainly. */
function* simpler(command: PgflowCommand): Iterable<PgflowCommand> {
  if (command.type === 'start_tasks' && command.worker_id !== null) yield { ...command, worker_id: null };
  if (command.type === 'start_flow_with_states') yield { ...command, type: 'start_flow' };
  yield* simplerCommands(command, isCommand, named);
}

/**
 * The SQL lists the steps of a run within one jsonb value without an ORDER BY: they are put into the order of
 * their slugs, which is the model's, and compared as a set that way. Everything else is compared as it came.
 */
function withStepsInOrder({ type }: PgflowCommand, result: Result): Result {
  if (!result.ok || (type !== 'get_run_with_states' && type !== 'start_flow_with_states')) return result;
  const rows = result.rows.map((row) => {
    const value = row[type] as { run: unknown; steps: { step_slug: string }[] } | undefined;
    // What is replaced may answer anything.
    if (!Array.isArray(value?.steps)) return row;
    return {
      ...row,
      [type]: { ...value, steps: value.steps.toSorted((a, b) => (a?.step_slug < b?.step_slug ? -1 : 1)) },
    };
  });
  return { ok: true, rows };
}
