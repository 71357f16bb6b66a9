/** A third twin, of the smallest engine, made of nothing but what all twins share. */
import { afterEach, expect, it } from 'vitest';
import { type StockCommand, stockMachine } from '../../examples/smallest-engine/model.ts';
import { callStock, installStock, observeStock, resetStock } from '../../examples/smallest-engine/sql.ts';
import { observationOf } from '../../src/harness/lockstep/observation.ts';
import { loadAgreement } from '../../src/harness/twin/agreement.ts';
import { checkObject, wholeNumber } from '../../src/harness/twin/checks.ts';
import { Clockwork } from '../../src/harness/twin/clockwork.ts';
import { PostgresError } from '../../src/harness/twin/database-error.ts';
import { type Duration, toMilliseconds } from '../../src/harness/twin/duration.ts';
import { type CommandEntry, isCommand, type NoteEntry } from '../../src/harness/twin/log.ts';
import { OpenCalls } from '../../src/harness/twin/open-calls.ts';
import { SecondBackend } from '../../src/harness/twin/second-backend.ts';
import { SimulationError } from '../../src/harness/twin/simulation-error.ts';
import { timelineOf } from '../../src/harness/twin/timeline.ts';
import { traceOf } from '../../src/harness/twin/trace.ts';
import { readTables } from '../../src/sql/observe.ts';
import { openPGlite } from '../../src/sql/pglite/open.ts';
import { readResult } from '../../src/sql/result.ts';

const startedAt = Date.UTC(2030, 0, 1);
const key = () => ['name'];

class StockTwin {
  readonly #clock = new Clockwork(startedAt, new OpenCalls(2000), () => undefined);
  readonly #log: (CommandEntry<StockCommand> | NoteEntry<string>)[] = [];
  readonly #sql: SecondBackend | undefined;
  #stock = stockMachine.initialState;

  constructor(options: { readonly sql?: boolean; readonly schema?: string } = {}) {
    checkObject(options, 'options');
    const open = async () => openPGlite(await installStock(options.schema));
    this.#sql = options.sql
      ? new SecondBackend({
          name: `stock ${options.schema}`,
          startedAt,
          owner: 'the stock',
          open,
          reset: async () => resetStock,
        })
      : undefined;
  }

  async execute(command: StockCommand): Promise<number> {
    wholeNumber(command.amount, 'amount', -9, 9);
    const at = this.#clock.now;
    const outcome = stockMachine.transition(this.#stock, command, { now: at, uuid: '' });
    this.#stock = outcome.state;
    this.#log.push({ atMs: at - startedAt, command });
    await this.#confirm(command, at, outcome);
    if (!outcome.result.ok) {
      const { message = 'refused', sqlstate, constraint } = outcome.result.refusal;
      throw new PostgresError(message, sqlstate, { constraint });
    }
    return outcome.result.rows[0]![command.type] as number;
  }

  async #confirm(command: StockCommand, at: number, outcome: ReturnType<typeof stockMachine.transition>) {
    await this.#sql?.use(async (driver) => {
      const expectAgreement = await loadAgreement({ key, whose: 'so it is another schema' });
      const { results, finishedAt } = await driver.run({
        at,
        queries: [callStock(command), ...observeStock],
      });
      const rows = [...outcome.state].map(([name, amount]) => ({ name, amount }));
      expectAgreement(
        command,
        { ...outcome, tables: observationOf([['stock.items', rows]], key) },
        { result: readResult(results[0]!), finishedAt, tables: observationOf(readTables(results[1]), key) },
        true,
      );
    });
  }

  after(duration: Duration, command: StockCommand): void {
    this.#clock.at(this.#clock.now + toMilliseconds(duration, 'the duration of after()'), async () => {
      await this.execute(command);
    });
  }

  async advance(duration: Duration): Promise<void> {
    const ms = toMilliseconds(duration, 'the duration of advance()');
    await this.#clock.drive(
      () => false,
      () => this.#clock.now + ms,
    );
    this.#log.push({ atMs: this.#clock.now - startedAt, note: 'time has passed' });
  }

  get timeline() {
    const lines = this.#log.map((entry) => ({
      at: entry.atMs,
      text: isCommand(entry) ? stockMachine.describe(entry.command) : (entry as NoteEntry<string>).note,
    }));
    return timelineOf(lines);
  }

  get trace() {
    return traceOf({ engine: 'stock', release: '1' }, startedAt, this.#log);
  }

  close = () => this.#sql?.close();
}

const open: StockTwin[] = [];
const twinOf = (...options: ConstructorParameters<typeof StockTwin>) => {
  const twin = new StockTwin(...options);
  open.push(twin);
  return twin;
};
afterEach(async () => {
  for (const twin of open.splice(0)) await twin.close();
});

it.each([false, true])(
  'plays a scenario in virtual time, the same on the SQL as without (%s)',
  async (sql) => {
    const twin = twinOf({ sql });
    expect(await twin.execute({ type: 'put', name: 'a', amount: 3 })).toBe(3);
    twin.after('30d', { type: 'take', name: 'a', amount: 2 });
    await twin.advance('31d');
    await expect(twin.execute({ type: 'take', name: 'a', amount: 2 })).rejects.toMatchObject({
      code: '23514',
      constraint: 'items_amount_check',
    });
    await expect(twin.execute({ type: 'take', name: 'b', amount: 1 })).rejects.toThrow('no item b');
    expect(`${twin.timeline}`).toBe(
      [
        "    +0.000s  stock.put(name => 'a', amount => 3)",
        "+2592000.000s  stock.take(name => 'a', amount => 2)",
        '+2678400.000s  time has passed',
        "+2678400.000s  stock.take(name => 'a', amount => 2)",
        "+2678400.000s  stock.take(name => 'b', amount => 1)",
      ].join('\n'),
    );
    expect(twin.trace).toMatchObject({
      engine: 'stock',
      release: '1',
      startedAt: '2030-01-01T00:00:00.000Z',
    });
    expect(twin.trace.commands.map(({ at }) => at)).toEqual([0, 2_592_000_000, 2_678_400_000, 2_678_400_000]);
  },
);

it('refuses what it cannot do, naming the argument', async () => {
  const twin = twinOf();
  await expect(twin.execute({ type: 'put', name: 'a', amount: 1.5 })).rejects.toThrow(SimulationError);
  await expect(twin.execute({ type: 'put', name: 'a', amount: 10 })).rejects.toThrow(
    'amount is 10: expected',
  );
});
