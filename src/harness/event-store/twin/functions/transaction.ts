/** Several statements in one transaction, in which `NOW()` stands still; the first that is refused undoes them all. */
import type { EventStoreStatement } from '../../../../model/event-store/commands.ts';
import type { Row } from '../../../../model/kernel/transition.ts';
import type { PostgresError } from '../../../twin/database-error.ts';
import { type Described, Settlement } from '../../../twin/settlement.ts';
import { SimulationError } from '../../../twin/simulation-error.ts';
import type { Database } from '../database/database.ts';
import { rollback } from '../database/rollback.ts';
import { aborted, errorOf } from '../database/words.ts';
import { Calls } from './calls.ts';
import type { EventStoreFunctions } from './functions.ts';

/** The limit of handlers is that of a transaction, too. */
const described: Described = {
  describe: () => 'the function of transaction()',
  advice: 'Call nothing in it but what its argument has, or raise options.handlerTimeout',
};

type Body<T> = (transaction: EventStoreFunctions) => T | Promise<T>;

/** Statements are looked ahead to one by one, and carried out together at the end. */
export function transact<T>(database: Database, body: Body<T>): Promise<T> {
  return database.alone('transaction()', () => execute(database, body));
}

async function execute<T>(database: Database, body: Body<T>): Promise<T> {
  const at = database.now;
  let { state } = database;
  const commands: EventStoreStatement[] = [];
  let refused: PostgresError | undefined;
  let isOver = false;

  const checkOpen = (type: string) => {
    if (isOver) throw new SimulationError(`${type} comes too late: its transaction is over`);
    if (refused) throw aborted();
  };
  const session = {
    ids: database.options.ids,
    warn: (message: string) => void database.warnings.push(message),
    async refuse(type: EventStoreStatement['type'], error: PostgresError): Promise<never> {
      checkOpen(type);
      // No command says it, so that another one undoes what came before it.
      commands.push(rollback);
      refused = error;
      throw error;
    },
    async execute(statement: EventStoreStatement): Promise<readonly Row[]> {
      checkOpen(statement.type);
      const outcome = database.preview(state, statement, at);
      state = outcome.state;
      commands.push(statement);
      if (outcome.result.ok) return outcome.result.rows;
      refused = errorOf(outcome.result.refusal, statement, database.options.ids);
      throw refused;
    },
  };
  const end = async () => {
    isOver = true;
    const last = commands.at(-1);
    if (last) await database.perform({ type: 'transaction', commands }, last, undefined, at);
  };

  let value: T;
  try {
    const settlement = new Settlement(() => body(new Calls(session)));
    const settled = await settlement.wait(database.options.handlerTimeout, described);
    if (!settled.ok) throw settled.error;
    value = settled.value as T;
  } catch (error) {
    if (!refused && commands.length > 0) commands.push(rollback);
    await end();
    throw error;
  }
  await end();
  // COMMIT of a transaction in which something was refused is a ROLLBACK, whoever caught the error.
  if (refused) throw refused;
  return value;
}
