/** The event store behind its interface: the functions, virtual time, and whoever consumes. */
import { eventRow } from '../../../model/event-store/outcome.ts';
import { viewRow } from '../../../model/event-store/register-view.ts';
import { checkObject, wholeNumber } from '../../twin/checks.ts';
import { type Duration, toMilliseconds } from '../../twin/duration.ts';
import { SimulationError, shown } from '../../twin/simulation-error.ts';
import { timelineOf } from '../../twin/timeline.ts';
import { traceOf } from '../../twin/trace.ts';
import { thrownText } from '../../twin/user-line.ts';
import { type ConsumeOptions, type Handler, resolveConsumeOptions } from './consumer/consume-options.ts';
import type { Consumer } from './consumer/consumer.ts';
import { type DrainOptions, drain, drive, firstOf } from './consumer/drive.ts';
import { SimulatedConsumer } from './consumer/simulated-consumer.ts';
import { Database } from './database/database.ts';
import type { ResolvedOptions } from './database/options.ts';
import type { EventStoreTrace } from './database/trace.ts';
import type { EventStore } from './event-store.ts';
import { Calls } from './functions/calls.ts';
import type { EventStoreFunctions } from './functions/functions.ts';
import { deciderEventOf, eventOf, lockOf, viewOf } from './functions/rows.ts';
import { transact } from './functions/transaction.ts';
import { History } from './seen/history.ts';
import type { Timeline } from './seen/timeline.ts';

const actionOfAfter = { describe: () => 'the action of after()', advice: 'Raise options.handlerTimeout' };
/** What is shown of a timeline that may be long. */
const linesShown = 20;

export class SimulatedEventStore extends Calls implements EventStore {
  readonly #database: Database;
  readonly #history: History;
  readonly #consumers: SimulatedConsumer[];

  constructor(options: ResolvedOptions) {
    const consumers: SimulatedConsumer[] = [];
    const database = new Database(options, (next) => {
      const { consumer, at } = firstOf(consumers);
      // What was said to happen at that instant happens first.
      if (!consumer || (next && next.at <= at)) return undefined;
      return { at, run: () => consumer.act() };
    });
    super({
      ids: options.ids,
      execute: (statement) => database.execute(statement),
      refuse: (type, error) => database.refuse(type, error),
      warn: (message) => void database.warnings.push(message),
    });
    this.#database = database;
    this.#consumers = consumers;
    this.#history = new History(database);
  }

  transaction<T>(body: (transaction: EventStoreFunctions) => T | Promise<T>): Promise<T> {
    checkFunction(body, 'the argument of transaction()');
    return transact(this.#database, body);
  }

  get now(): Date {
    return new Date(this.#database.now);
  }

  get elapsedMs(): number {
    return this.#database.now - this.#database.options.startedAt;
  }

  async advance(duration: Duration): Promise<void> {
    const ms = toMilliseconds(duration, 'the duration of advance()');
    await drive(
      this.#database,
      () => false,
      () => this.#database.now + ms,
    );
  }

  async runUntil(condition: () => boolean): Promise<void> {
    checkFunction(condition, 'the condition of runUntil()');
    if (await drive(this.#database, () => condition())) return;
    throw new SimulationError(
      `the condition of runUntil() is still false, and nothing else will happen\n${this.timeline}`,
    );
  }

  after(duration: Duration, action: () => unknown): void {
    checkFunction(action, 'the action of after()');
    const { clock, options } = this.#database;
    const ms = toMilliseconds(duration, 'the duration of after()');
    clock.at(clock.now + ms, async () => {
      const settlement = clock.calls.call(action);
      const settled = await settlement.wait(options.handlerTimeout, actionOfAfter);
      if (!settled.ok) throw settled.error;
    });
  }

  consume<Data>(view: string, handler: Handler<Data>, options: ConsumeOptions<Data> = {}): Consumer {
    const views = [...this.#database.state.subscriptions.keys()].sort();
    if (!views.includes(view)) {
      const known = views.length === 0 ? 'there is none' : `known: ${views.join(', ')}`;
      throw new SimulationError(
        `the view of consume() is ${shown(view)}: expected a registered view (${known})`,
      );
    }
    checkFunction(handler, 'the handler of consume()');
    const resolved = resolveConsumeOptions(options);
    const number = this.#consumers.length + 1;
    const consumer = new SimulatedConsumer(this.#database, number, view, handler as Handler, resolved);
    this.#consumers.push(consumer);
    return consumer;
  }

  async drain(options: DrainOptions = {}): Promise<void> {
    checkObject(options, 'the options of drain()');
    for (const name of Object.keys(options)) {
      if (name !== 'attempts')
        throw new SimulationError(`${name} is not an option of drain(): expected attempts`);
    }
    const attempts = wholeNumber(options.attempts ?? 100, 'attempts of drain()', 1, 1_000_000);
    const stuck = await drain(this.#database, this.#consumers, attempts);
    if (stuck === undefined) return;
    const last = timelineOf(this.#history.timeline.slice(-linesShown));
    const { reason, thrown } = stuck;
    const text = thrownText(thrown);
    const message = `drain() cannot finish: ${reason}\n${last}${text === undefined ? '' : `\n\nthe handler threw ${text}`}`;
    throw thrown === undefined
      ? new SimulationError(message)
      : new SimulationError(message, { cause: thrown });
  }

  get consumers(): readonly Consumer[] {
    return [...this.#consumers];
  }

  get deciders() {
    const rows = [...this.#database.state.deciders.values()].flat();
    return inOrder(rows, 'decider', 'event', 'event_version').map((row) => deciderEventOf({ ...row }));
  }

  get events() {
    const rows = [...this.#database.state.events.values()];
    return inOrder(rows, 'offset').map((row) => eventOf(eventRow(row)));
  }

  get views() {
    const rows = [...this.#database.state.subscriptions.values()].map(({ view }) => view);
    return inOrder(rows, 'view').map((row) => viewOf(viewRow(row)));
  }

  get locks() {
    const rows = [...this.#database.state.subscriptions.values()].flatMap(({ locks }) => locks.values());
    return inOrder(rows, 'view', 'decider_id').map((row) => lockOf({ ...row }));
  }

  get timeline(): Timeline {
    return timelineOf(this.#history.timeline);
  }

  get warnings(): readonly string[] {
    const isOver = this.#database.deliveries.total > 0 && !this.#consumers.some(({ isBusy }) => isBusy);
    // Before that, a delivery may still meet them.
    const unreached = isOver ? this.#consumers.flatMap((consumer) => consumer.unreached) : [];
    return [...this.#database.warnings, ...unreached];
  }

  get trace(): EventStoreTrace {
    const { log, options } = this.#database;
    return traceOf({ engine: 'event-store', release: options.ids }, options.startedAt, log);
  }

  close(): Promise<void> {
    return this.#database.close();
  }
}

/** Sorts in place, by these columns. */
function inOrder<Row>(rows: Row[], ...columns: readonly (keyof Row)[]): Row[] {
  return rows.sort((a, b) => {
    const column = columns.find((each) => a[each] !== b[each]);
    if (column === undefined) return 0;
    return a[column] < b[column] ? -1 : 1;
  });
}

function checkFunction(value: unknown, what: string): void {
  if (typeof value === 'function') return;
  throw new SimulationError(`${what} is ${shown(value)}: expected a function`);
}
