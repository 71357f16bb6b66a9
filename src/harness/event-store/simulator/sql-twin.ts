/**
 * SQL in an embedded Postgres beside the model: each command is executed there as well, at the same virtual instant, and
 * every table is compared. Loaded with the first command, for whoever asks for it.
 */
import type { EventStoreCommand } from '../../../model/event-store/commands.ts';
import type { IdType } from '../../../model/event-store/ids.ts';
import type { EventStoreMachine } from '../../../model/event-store/machine.ts';
import type { Instant } from '../../../model/kernel/instant.ts';
import type { SqlDriver } from '../../../sql/driver.ts';
import { SimulationError } from '../../simulator/simulation-error.ts';
import type { ResolvedOptions } from './options.ts';

/** What the model has made of a command. */
export interface Executed {
  readonly command: EventStoreCommand;
  readonly at: Instant;
  readonly outcome: ReturnType<EventStoreMachine['transition']>;
  /** Of a refusal, as the caller is told. */
  readonly message: string | undefined;
}

/** Databases that no store uses at the moment, by what is installed; opening one takes a second and some hundred megabytes. */
const idle = new Map<string, SqlDriver[]>();

export class SqlTwin {
  readonly #options: ResolvedOptions;
  readonly #key: string;
  #opening: Promise<SqlDriver> | undefined;
  /** Commands take their turns. */
  #last: Promise<void> = Promise.resolve();
  #isClosed = false;
  /** A command that came to no good end leaves a database that nobody else should get. */
  #isSound = true;

  constructor(options: ResolvedOptions) {
    this.#options = options;
    this.#key = `${options.ids} ${options.schema ?? ''}`;
  }

  /** @throws SimulationError where SQL and model disagree, then and ever after. */
  confirm(executed: Executed): Promise<void> {
    if (this.#isClosed) {
      throw new SimulationError('the event store was closed: its database is another one by now');
    }
    this.#last = this.#last.then(() => this.#compare(executed));
    return this.#last;
  }

  async #compare(executed: Executed): Promise<void> {
    this.#isSound = false;
    this.#opening ??= this.#open();
    const driver = await this.#opening;
    const { call, observe, compare } = await toolsFor(this.#options.ids);
    const { command, at } = executed;
    const reply = await driver.run({ at, queries: [call(command), ...observe] });
    const differences = compare(executed, reply);
    if (differences.length > 0) {
      const whose =
        this.#options.schema === undefined ? 'which is a bug of pgtwin' : 'so it is another schema';
      throw new SimulationError(
        `the SQL and the model disagree, ${whose}\nafter ${JSON.stringify(command)}\n${differences.slice(0, 10).join('\n')}`,
      );
    }
    this.#isSound = true;
  }

  async #open(): Promise<SqlDriver> {
    const { reset } = await toolsFor(this.#options.ids);
    const driver = idle.get(this.#key)?.pop() ?? (await openDatabase(this.#options));
    // The clock starts anew, and nothing is left of another store.
    const at = this.#options.startedAt;
    const { results } = await driver.run({ at, restartClock: true, queries: reset });
    for (const result of results) {
      if (result.kind === 'failure')
        throw new SimulationError(`the database cannot be reset: ${result.message}`);
    }
    return driver;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#last.catch(() => undefined);
    const driver = await this.#opening?.catch(() => undefined);
    this.#opening = undefined;
    if (driver === undefined) return;
    if (!this.#isSound) return driver.close();
    const others = idle.get(this.#key) ?? [];
    idle.set(this.#key, [...others, driver]);
  }
}

async function openDatabase({ ids, schema }: ResolvedOptions): Promise<SqlDriver> {
  const [{ openPGlite }, { installEventStore }, { SetupError }, { ScriptError }] = await Promise.all([
    import('../../../sql/pglite/open.ts'),
    import('../../../sql/event-store/install.ts'),
    import('../../../sql/setup-error.ts'),
    import('../../../sql/driver.ts'),
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
    if (error instanceof SetupError || error instanceof ScriptError) {
      throw new SimulationError(`the backend 'pglite' cannot be opened: ${error.message}`);
    }
    throw error;
  }
}

const loaded = new Map<IdType, ReturnType<typeof load>>();

function toolsFor(ids: IdType): ReturnType<typeof load> {
  const tools = loaded.get(ids) ?? load(ids);
  loaded.set(ids, tools);
  return tools;
}

/** What talks to the SQL, and what compares it with the model. */
async function load(ids: IdType) {
  const [{ callsOf }, { resetEventStore }, { observeSchemas, readTables }] = await Promise.all([
    import('../../../sql/event-store/calls.ts'),
    import('../../../sql/event-store/reset.ts'),
    import('../../../sql/observe.ts'),
  ]);
  const [
    { projectAs },
    { keyOf },
    { readStoreResult },
    { ranked },
    { observationOf },
    { compareInstants, compareObservations, compareResults },
  ] = await Promise.all([
    import('../projection.ts'),
    import('../keys.ts'),
    import('../results.ts'),
    import('../transaction-ranks.ts'),
    import('../../observation.ts'),
    import('../../comparison.ts'),
  ]);
  type Reply = Awaited<ReturnType<SqlDriver['run']>>;
  const project = projectAs(ids);
  return {
    call: callsOf(ids),
    reset: resetEventStore,
    observe: [observeSchemas(['public'])],
    compare({ command, outcome, message }: Executed, { results, finishedAt }: Reply): string[] {
      const [result, tables] = results;
      const read = readTables(tables);
      const events = read.get('public.events') ?? [];
      if (ids === 'text') read.set('public.events', ranked(events));
      const model = outcome.result.ok
        ? outcome.result
        : { ...outcome.result, refusal: { ...outcome.result.refusal, message: message! } };
      const differences = [
        ...compareResults(model, readStoreResult(command, result!), true),
        ...compareInstants(outcome.finishedAt, finishedAt),
        ...compareObservations(project(outcome.state), observationOf(read, keyOf), { key: keyOf, loose: [] }),
      ];
      return differences.map(
        (each) => `  ${each.where}  model ${printed(each.model)}  sql ${printed(each.sql)}`,
      );
    },
  };
}

const printed = (value: unknown) => (typeof value === 'symbol' ? 'absent' : JSON.stringify(value));
