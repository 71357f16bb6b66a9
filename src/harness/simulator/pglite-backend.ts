/**
 * The real SQL in an embedded Postgres, with the model beside it: each command is executed on both at the same
 * virtual instant, and every table is compared. Loaded with the first command, for whoever asks for it.
 */
import type { Instant } from '../../model/kernel/instant.ts';
import type { PgflowCommand } from '../../model/pgflow/0.8.1/commands.ts';
import type { PgflowState } from '../../model/pgflow/0.8.1/state.ts';
import { initialState } from '../../model/pgflow/0.8.1/state.ts';
import { transition } from '../../model/pgflow/0.8.1/transition.ts';
import type { SqlDriver } from '../../sql/driver.ts';
import { type Answer, type Backend, uuid } from './backend.ts';
import type { FlowDefinition } from './flow.ts';
import { SimulationError } from './simulation-error.ts';

type Order = NonNullable<Answer['order']>;

/** Databases that no simulation uses at the moment; opening one takes a second and some hundred megabytes. */
const idle: SqlDriver[] = [];

export class PGliteBackend implements Backend {
  #state: PgflowState;
  readonly #flow: FlowDefinition;
  readonly #startedAt: Instant;
  #opening: Promise<SqlDriver> | undefined;
  #isClosed = false;
  /** A command that came to no good end leaves a database that nobody else should get. */
  #isSound = true;

  constructor(flow: FlowDefinition, startedAt: Instant, state: PgflowState) {
    this.#flow = flow;
    this.#startedAt = startedAt;
    this.#state = state;
  }

  get state(): PgflowState {
    return this.#state;
  }

  async execute(command: PgflowCommand, at: Instant): Promise<Answer> {
    if (this.#isClosed)
      throw new SimulationError('the simulation was closed: its database is another one by now');
    this.#opening ??= this.#open();
    this.#isSound = false;
    const answer = await this.#both(await this.#opening, command, at);
    this.#isSound = true;
    return answer;
  }

  async #open(): Promise<SqlDriver> {
    const { queriesToReset } = await tools();
    const driver = idle.pop() ?? (await openDatabase());
    // The clock starts anew, and nothing is left of another simulation.
    const { results } = await driver.run({
      at: this.#startedAt,
      restartClock: true,
      queries: queriesToReset,
    });
    for (const result of results.flatMap((each) => (each.kind === 'expanded' ? each.sets : [each]))) {
      if (result.kind === 'failure')
        throw new SimulationError(`the database cannot be reset: ${result.message}`);
    }
    this.#state = initialState;
    for (const command of this.#flow.commands) await this.#both(driver, command, this.#startedAt);
    return driver;
  }

  async #both(driver: SqlDriver, command: PgflowCommand, at: Instant): Promise<Answer> {
    const { call, observe, orderOf, compare } = await tools();
    const reply = await driver.run({ at, uuid, queries: [call(command), ...observe.queries] });
    const observation = observe.read(reply.results.slice(1));
    const { order, recorded } = recording(orderOf(command, observation));
    const outcome = transition(this.#state, command, { now: at, uuid, order });
    const { result, differences } = compare(command, outcome, reply, observation);
    if (differences.length > 0) {
      throw new SimulationError(
        `the SQL and the model disagree, which is a bug of pgtwin\nafter ${JSON.stringify(command)}\n${differences.slice(0, 10).join('\n')}`,
      );
    }
    this.#state = outcome.state;
    return recorded === undefined ? { result } : { result, order: recorded };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const driver = await this.#opening?.catch(() => undefined);
    this.#opening = undefined;
    if (driver === undefined) return;
    if (this.#isSound) idle.push(driver);
    else await driver.close();
  }
}

/** Notes what was chosen, so that a replay of the log can choose the same without the database. */
function recording(order: Order): { order: Order; recorded: Order } {
  const chosen = new Map<string, readonly string[]>();
  return {
    order: (members, what) => {
      const answer = order(members, what);
      if (members.length > 1) chosen.set(`${what} ${members.join(' ')}`, answer);
      return answer;
    },
    recorded: (members, what) => chosen.get(`${what} ${members.join(' ')}`) ?? members,
  };
}

const toInstall =
  'npm install -D @electric-sql/pglite@0.5.8 @electric-sql/pglite-pgmq@0.0.6 @pgflow/core@0.8.1';

async function openDatabase(): Promise<SqlDriver> {
  const [{ openPGlite }, { installPgflow }, { SetupError }] = await Promise.all([
    import('../../sql/pglite/open.ts'),
    import('../../sql/pgflow/install.ts'),
    import('../../sql/setup-error.ts'),
  ]);
  try {
    const { scripts } = await installPgflow({ release: '0.8.1', messageRecord: 'as in pgmq 1.11' });
    return await openPGlite({ scripts });
  } catch (error) {
    if (error instanceof SetupError) {
      const others = error.message.includes('is not installed') ? ` (all that it needs: ${toInstall})` : '';
      throw new SimulationError(`the backend 'pglite' cannot be opened: ${error.message}${others}`);
    }
    throw error;
  }
}

let loaded: Promise<Awaited<ReturnType<typeof load>>> | undefined;
const tools = () => (loaded ??= load());

/** What talks to the SQL, and what compares it with the model. */
async function load() {
  const [{ callPgflow }, { observeSchemas, readTables }, { readResult }, { resetPgflow }] = await Promise.all(
    [
      import('../../sql/pgflow/0.8.1/calls.ts'),
      import('../../sql/observe.ts'),
      import('../../sql/result.ts'),
      import('../../sql/pgflow/reset.ts'),
    ],
  );
  const [
    { orderOf },
    { project },
    { keyOf },
    { observationOf },
    { compareInstants, compareObservations, compareResults },
  ] = await Promise.all([
    import('../pgflow/0.8.1/order.ts'),
    import('../pgflow/0.8.1/projection.ts'),
    import('../pgflow/keys.ts'),
    import('../observation.ts'),
    import('../comparison.ts'),
  ]);
  type Observation = ReturnType<typeof observationOf>;
  type Reply = Awaited<ReturnType<SqlDriver['run']>>;
  type Outcome = ReturnType<typeof transition>;
  return {
    call: callPgflow,
    queriesToReset: resetPgflow,
    observe: {
      queries: [observeSchemas(['pgflow', 'pgmq', 'realtime'])],
      read: ([tables]: Reply['results']): Observation => observationOf(readTables(tables), keyOf),
    },
    orderOf,
    compare(_: PgflowCommand, model: Outcome, { results, finishedAt }: Reply, observation: Observation) {
      const result = readResult(results[0]!);
      const differences = [
        ...compareResults(model.result, result, false),
        ...compareInstants(model.finishedAt, finishedAt),
        ...compareObservations(project(model.state), observation, { key: keyOf, loose: [] }),
      ];
      return {
        result,
        differences: differences.map(
          (each) => `  ${each.where}  model ${printed(each.model)}  sql ${printed(each.sql)}`,
        ),
      };
    },
  };
}

const printed = (value: unknown) => (typeof value === 'symbol' ? 'absent' : JSON.stringify(value));
