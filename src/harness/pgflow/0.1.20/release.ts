/** pgflow 0.1.20 for the harness: model, SQL and everything in between. */
import type * as z from 'zod';
import { type PgflowCommand, pgflowCommand } from '../../../model/pgflow/0.1.20/commands.ts';
import type { AsDocumented } from '../../../model/pgflow/0.1.20/deviations.ts';
import {
  pgflow0120,
  pgflow0120AsDocumented,
  pgflow0120OnPgmq111,
} from '../../../model/pgflow/0.1.20/machine.ts';
import type { PgflowState } from '../../../model/pgflow/0.1.20/state.ts';
import { callPgflow } from '../../../sql/pgflow/0.1.20/calls.ts';
import { installPgflow } from '../../../sql/pgflow/install.ts';
import { readResult } from '../../../sql/result.ts';
import type { TestedRelease } from '../../contract/engine.ts';
import type { Observation } from '../../contract/observation.ts';
import { readEquivalents } from '../../mutants/read-equivalents.ts';
import { simplerCommands } from '../../trace/simplify.ts';
import { everyRelease, identifiers } from '../shared/release.ts';
import { withSimplerSlugs } from '../shared/rename-slugs.ts';
import { withoutEntries } from '../shared/run-ids.ts';
import { pgflowScript } from '../shared/script.ts';
import { arbitraryEntry } from './arbitrary-entry.ts';
import { columns } from './columns.ts';
import { project } from './projection.ts';

const named: ReadonlySet<string> = new Set(identifiers);

const isCommand = (candidate: unknown): candidate is PgflowCommand =>
  pgflowCommand.safeParse(candidate).success;

function underTest(
  release: string,
  machine: typeof pgflow0120,
  schema: z.ZodType<PgflowCommand>,
): TestedRelease<PgflowState, PgflowCommand> {
  const { messageRecord } = machine.initialState;
  return {
    ...everyRelease(schema, callPgflow),
    release,
    machine,
    project,
    columns,

    installation: ({ migrations }) =>
      installPgflow({
        release: '0.1.20',
        migrations,
        ...(messageRecord === 'as in pgmq 1.11' && { messageRecord }),
      }),
    readResult: (_, result) => readResult(result),

    order: (command, tables) => (members) =>
      members.length < 2 ? members : sentOrder(runOf(command, tables), members, tables),

    arbitraryEntry,
    samplesInAll: 400,
    simplify: simpler,
    simplifyTogether: withSimplerSlugs,
    without: withoutEntries,
    script: pgflowScript((command, uuid) => ({ command, setup: drawnByDefault(command, uuid) })),
  };
}

/** The message that a start sends in place of a run, so that its flow needs no steps; and what a command does more plainly. */
function* simpler(command: PgflowCommand): Iterable<PgflowCommand> {
  if (command.type === 'start_flow') yield { type: 'pgmq.send', queue_name: command.flow_slug, msg: {} };
  yield* simplerCommands(command, isCommand, named);
}

/** The id of a run is the default of its column. */
function drawnByDefault({ type }: PgflowCommand, uuid: string): string[] {
  if (type !== 'start_flow') return [];
  return [`alter table pgflow.runs alter column run_id set default '${uuid}';`];
}

export const pgflow0120UnderTest: TestedRelease<PgflowState, PgflowCommand> = {
  ...underTest('0.1.20', pgflow0120, pgflowCommand),
  mutation: {
    schema: 'pgflow',
    get equivalents() {
      return readEquivalents(new URL('./equivalent-mutants.json', import.meta.url));
    },
  },
  asDocumented: (deviations) =>
    underTest('0.1.20', pgflow0120AsDocumented(deviations as AsDocumented), pgflowCommand),
};

/** There a message is read as a timestamp, and what Postgres takes for one is not modelled. */
const withoutDates = pgflowCommand.refine(
  (command) => command.type !== 'pgmq.send' || !['string', 'number'].includes(typeof command.msg),
  { path: ['msg'], error: 'a string or a number may be read as a date here, which is not modelled' },
);

/** The same migration where nothing stands in for the type of pgmq 1.4. */
export const pgflow0120OnPgmq111UnderTest = underTest(
  '0.1.20-on-pgmq-1.11',
  pgflow0120OnPgmq111,
  withoutDates,
);

/** The run whose steps the command may have started: a new one has the highest id. */
function runOf(command: PgflowCommand, observation: Pick<Observation, 'get'>): unknown {
  if ('run_id' in command) return command.run_id;
  return observation.get('pgflow.runs')?.at(-1)?.run_id;
}

/** Steps in the order in which their messages were sent; as they were given, where one of them has none. */
function sentOrder(
  run_id: unknown,
  steps: readonly string[],
  observation: Pick<Observation, 'get'>,
): readonly string[] {
  const messageIds = new Map<string, number>();
  for (const task of observation.get('pgflow.step_tasks') ?? []) {
    if (task.run_id === run_id) messageIds.set(task.step_slug as string, task.message_id as number);
  }
  if (!steps.every((step) => messageIds.has(step))) return steps;
  return steps.toSorted((a, b) => messageIds.get(a)! - messageIds.get(b)!);
}
