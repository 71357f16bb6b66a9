/**
 * SQL in an embedded Postgres beside the model: each command is executed there as well, at the same virtual instant, and
 * every table is compared. Loaded with the first command, for whoever asks for it.
 */
import type { EventStoreCommand } from '../../../../model/event-store/commands.ts';
import type { IdType } from '../../../../model/event-store/ids.ts';
import type { EventStoreMachine } from '../../../../model/event-store/machine.ts';
import { type EventStoreState, initialState } from '../../../../model/event-store/state.ts';
import type { Instant } from '../../../../model/kernel/instant.ts';
import type { SqlDriver } from '../../../../sql/driver.ts';
import type { Additions, ComparedSql } from '../../../contract/additions.ts';
import { loadAgreement } from '../../../twin/agreement.ts';
import { cannotBeOpened, SecondBackend } from '../../../twin/second-backend.ts';
import type { ResolvedOptions } from './options.ts';

/** What the model has made of a command. */
export interface Executed {
  readonly command: EventStoreCommand;
  readonly at: Instant;
  readonly outcome: ReturnType<EventStoreMachine['transition']>;
  /** Of a refusal, as the caller is told. */
  readonly message: string | undefined;
}

export class SqlBackend {
  readonly #database: SecondBackend;
  readonly #tools: () => ReturnType<typeof load>;
  /** What a schema of one's own has beyond the model. */
  #additions: Additions | undefined;

  constructor(options: ResolvedOptions) {
    const { ids, schema, startedAt } = options;
    this.#tools = () => toolsFor(ids, schema === undefined);
    this.#database = new SecondBackend({
      name: `event-store ${ids} ${schema ?? ''}`,
      startedAt,
      owner: 'the event store',
      open: () => openDatabase(options),
      reset: async () => (await this.#tools()).reset,
      prepare: async (driver) => {
        if (schema === undefined) return;
        const { readAdditions, sql } = await this.#tools();
        this.#additions = await readAdditions(sql, driver, startedAt);
      },
    });
  }

  /** @throws SimulationError where SQL and model disagree, then and ever after. */
  confirm({ command, at, outcome, message }: Executed): Promise<void> {
    return this.#database.use(async (driver) => {
      const { call, observe, read, project, expectAgreement } = await this.#tools();
      const { results, finishedAt } = await driver.run({ at, queries: [call(command), ...observe] });
      const model = outcome.result.ok
        ? outcome.result
        : { ...outcome.result, refusal: { ...outcome.result.refusal, message: message! } };
      expectAgreement(
        command,
        { result: model, finishedAt: outcome.finishedAt, tables: project(outcome.state) },
        { ...read(command, results, this.#additions), finishedAt },
        true,
      );
    });
  }

  close(): Promise<void> {
    return this.#database.close();
  }
}

async function openDatabase({ ids, schema }: ResolvedOptions): Promise<SqlDriver> {
  const [{ openPGlite }, { installEventStore }, { SetupError }, { ScriptError }] = await Promise.all([
    import('../../../../sql/pglite/open.ts'),
    import('../../../../sql/event-store/install.ts'),
    import('../../../../sql/setup-error.ts'),
    import('../../../../sql/driver.ts'),
  ]);
  try {
    const { scripts, check } = await installEventStore(ids, schema);
    const driver = await openPGlite({ scripts });
    try {
      await check(driver);
      return driver;
    } catch (error) {
      await driver.close();
      throw error;
    }
  } catch (error) {
    if (error instanceof SetupError || error instanceof ScriptError) cannotBeOpened(error.message);
    throw error;
  }
}

const loaded = new Map<string, ReturnType<typeof load>>();

function toolsFor(ids: IdType, isOurSchema: boolean): ReturnType<typeof load> {
  const key = `${ids} ${isOurSchema}`;
  const tools = loaded.get(key) ?? load(ids, isOurSchema);
  loaded.set(key, tools);
  return tools;
}

type Results = Awaited<ReturnType<SqlDriver['run']>>['results'];

/** What talks to the SQL, and what compares it with the model. */
async function load(ids: IdType, isOurSchema: boolean) {
  const [{ callsOf }, { resetEventStore }, { observeEventStore, readEventStore }] = await Promise.all([
    import('../../../../sql/event-store/calls.ts'),
    import('../../../../sql/event-store/reset.ts'),
    import('../../../../sql/event-store/observe.ts'),
  ]);
  const [
    { projectAs },
    { columnsOf },
    { keyOf },
    { readStoreResult },
    { ranked },
    { observationOf },
    { readAdditions },
  ] = await Promise.all([
    import('../../projection.ts'),
    import('../../columns.ts'),
    import('../../keys.ts'),
    import('../../results.ts'),
    import('../../transaction-ranks.ts'),
    import('../../../lockstep/observation.ts'),
    import('../../../contract/additions.ts'),
  ]);
  const whose = isOurSchema
    ? 'which is a bug of pgtwin'
    : 'so this schema behaves differently from the modelled one';
  const readObservation = (results: Results) => {
    const read = readEventStore(results);
    const events = read.get('public.events') ?? [];
    if (ids === 'text') read.set('public.events', ranked(events));
    return observationOf(read, keyOf);
  };
  const project = projectAs(ids);
  const sql: ComparedSql = {
    machine: { initialState },
    project: (state) => project(state as EventStoreState),
    columns: columnsOf(ids),
    comparison: { key: keyOf },
    reset: resetEventStore,
    observe: observeEventStore,
    readObservation,
  };
  return {
    call: callsOf(ids),
    reset: resetEventStore,
    observe: observeEventStore,
    project,
    sql,
    readAdditions,
    read(command: EventStoreCommand, [result, ...observed]: Results, additions: Additions | undefined) {
      const tables = readObservation(observed);
      const answer = readStoreResult(command, result!);
      return {
        result: additions?.leaveOutOfResult(answer) ?? answer,
        tables: additions?.leaveOutOf(tables) ?? tables,
      };
    },
    expectAgreement: await loadAgreement({ key: keyOf, whose }),
  };
}
