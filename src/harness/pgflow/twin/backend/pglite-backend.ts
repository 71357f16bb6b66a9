/**
 * The real SQL in an embedded Postgres, with the model beside it: each command is executed on both at the same
 * virtual instant, and every table is compared. Loaded with the first command, for whoever asks for it.
 */
import type { Instant } from '../../../../model/kernel/instant.ts';
import type { PgflowCommand } from '../../../../model/pgflow/0.8.1/commands.ts';
import type { PgflowState } from '../../../../model/pgflow/0.8.1/state.ts';
import { initialState } from '../../../../model/pgflow/0.8.1/state.ts';
import { transition } from '../../../../model/pgflow/0.8.1/transition.ts';
import type { QueryResult, SqlDriver } from '../../../../sql/driver.ts';
import { loadAgreement } from '../../../twin/agreement.ts';
import { cannotBeOpened, SecondBackend } from '../../../twin/second-backend.ts';
import type { FlowDefinition } from '../flow/flow.ts';
import { type Answer, type Backend, uuid } from './backend.ts';
import { inWords } from './words.ts';

type Order = NonNullable<Answer['order']>;

export class PGliteBackend implements Backend {
  #state: PgflowState;
  readonly #database: SecondBackend;

  constructor(flow: FlowDefinition, startedAt: Instant, state: PgflowState) {
    this.#state = state;
    this.#database = new SecondBackend({
      name: 'pgflow 0.8.1',
      startedAt,
      owner: 'the simulation',
      open: openDatabase,
      reset: async () => (await tools()).reset,
      prepare: async (driver) => {
        this.#state = initialState;
        for (const command of flow.commands) await this.#both(driver, command, startedAt);
      },
    });
  }

  get state(): PgflowState {
    return this.#state;
  }

  execute(command: PgflowCommand, at: Instant): Promise<Answer> {
    return this.#database.use((driver) => this.#both(driver, command, at));
  }

  async #both(driver: SqlDriver, command: PgflowCommand, at: Instant): Promise<Answer> {
    const { call, observe, orderOf, project, expectAgreement } = await tools();
    const { results, finishedAt } = await driver.run({
      at,
      uuid,
      queries: [call(command), ...observe.queries],
    });
    const tables = observe.read(results.slice(1));
    const { order, recorded } = recording(orderOf(command, tables));
    const outcome = transition(this.#state, command, { now: at, uuid, order });
    const result = observe.readResult(results[0]!);
    expectAgreement(
      command,
      { ...outcome, result: inWords(outcome.result, command), tables: project(outcome.state) },
      { result, finishedAt, tables },
      false,
    );
    this.#state = outcome.state;
    return recorded === undefined ? { result } : { result, order: recorded };
  }

  close(): Promise<void> {
    return this.#database.close();
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
    import('../../../../sql/pglite/open.ts'),
    import('../../../../sql/pgflow/install.ts'),
    import('../../../../sql/setup-error.ts'),
  ]);
  try {
    const { scripts } = await installPgflow({ release: '0.8.1', messageRecord: 'as in pgmq 1.11' });
    return await openPGlite({ scripts });
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    const others = error.message.includes('is not installed') ? ` (all that it needs: ${toInstall})` : '';
    return cannotBeOpened(`${error.message}${others}`);
  }
}

let loaded: ReturnType<typeof load> | undefined;
const tools = () => (loaded ??= load());

/** What talks to the SQL, and what compares it with the model. */
async function load() {
  const [{ callPgflow }, { observeSchemas, readTables }, { readResult }, { resetPgflow }] = await Promise.all(
    [
      import('../../../../sql/pgflow/0.8.1/calls.ts'),
      import('../../../../sql/observe.ts'),
      import('../../../../sql/result.ts'),
      import('../../../../sql/pgflow/reset.ts'),
    ],
  );
  const [{ orderOf }, { project }, { keyOf }, { observationOf }] = await Promise.all([
    import('../../0.8.1/order.ts'),
    import('../../0.8.1/projection.ts'),
    import('../../shared/keys.ts'),
    import('../../../lockstep/observation.ts'),
  ]);
  return {
    call: callPgflow,
    reset: resetPgflow,
    observe: {
      queries: [observeSchemas(['pgflow', 'pgmq', 'realtime'])],
      read: ([tables]: readonly QueryResult[]) => observationOf(readTables(tables), keyOf),
      readResult,
    },
    orderOf,
    project,
    expectAgreement: await loadAgreement({ key: keyOf, whose: 'which is a bug of pgtwin' }),
  };
}
