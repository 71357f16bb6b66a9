/**
 * The database at work. The model runs along on every backend, and whatever happens next is read off its state; a
 * backend with SQL executes each command there as well, and both must agree.
 */
import type { EventStoreCommand, EventStoreStatement } from '../../../../model/event-store/commands.ts';
import {
  type EventStoreMachine,
  eventStoreText,
  eventStoreUuid,
} from '../../../../model/event-store/machine.ts';
import type { EventStoreState } from '../../../../model/event-store/state.ts';
import type { Instant } from '../../../../model/kernel/instant.ts';
import type { Row } from '../../../../model/kernel/transition.ts';
import { Clockwork, type Otherwise } from '../../../twin/clockwork.ts';
import type { PostgresError } from '../../../twin/database-error.ts';
import { OpenCalls } from '../../../twin/open-calls.ts';
import { Settlement } from '../../../twin/settlement.ts';
import { SimulationError } from '../../../twin/simulation-error.ts';
import { Deliveries } from './deliveries.ts';
import type { Entry, Note } from './log.ts';
import type { ResolvedOptions } from './options.ts';
import { SqlBackend } from './sql-backend.ts';
import { errorOf } from './words.ts';

export type Outcome = ReturnType<EventStoreMachine['transition']>;

/** Nothing here draws one. */
const uuid = '00000000-0000-4000-8000-000000000000';

export const machineOf = ({ ids }: Pick<ResolvedOptions, 'ids'>): EventStoreMachine =>
  ids === 'uuid' ? eventStoreUuid : eventStoreText;

const ignore = () => undefined;

/** Whoever waits for something to be read in a view. */
export interface Watcher {
  readonly view: string;
  /** Told before the state changes in which it has been waiting. */
  waitedUntil(instant: Instant): void;
}

/** The one view of which a statement changes the locks; nothing where it may be all of them. */
function viewOf(command: EventStoreCommand): string | null | undefined {
  switch (command.type) {
    case 'stream_events':
      return command.v_view_name;
    case 'ack_event':
    case 'nack_event':
    case 'schedule_nack_event':
    case 'register_view':
      return command.v_view;
    default:
      return undefined;
  }
}

export class Database {
  readonly options: ResolvedOptions;
  readonly clock: Clockwork;
  readonly log: Entry[] = [];
  readonly warnings: string[] = [];
  readonly deliveries = new Deliveries();
  readonly watchers: Watcher[] = [];
  /** How many events were appended by handlers, of what they were given. */
  followUps = 0;
  isHandling = false;
  readonly #machine: EventStoreMachine;
  readonly #sql: SqlBackend | undefined;
  #state: EventStoreState;
  /** The transaction that is open: everybody else waits for its end, as there is one connection. */
  #open: Promise<void> | undefined;

  constructor(options: ResolvedOptions, otherwise: Otherwise) {
    this.options = options;
    this.#machine = machineOf(options);
    this.#state = this.#machine.initialState;
    this.#sql = options.backend === 'pglite' ? new SqlBackend(options) : undefined;
    this.clock = new Clockwork(options.startedAt, new OpenCalls(options.handlerTimeout), otherwise);
  }

  get now(): Instant {
    return this.clock.now;
  }
  get state(): EventStoreState {
    return this.#state;
  }

  /** @throws PostgresError where it is refused. */
  async execute(statement: EventStoreStatement, consumer?: number): Promise<readonly Row[]> {
    while (this.#open) await this.#released(this.#open, statement.type);
    const { error, rows } = await this.perform(statement, statement, consumer);
    if (error) throw error;
    return rows;
  }

  /** A statement that no command says, as a parameter of it cannot be read. It takes its time all the same. */
  async refuse(statement: EventStoreStatement['type'], error: PostgresError): Promise<never> {
    while (this.#open) await this.#released(this.#open, statement);
    const { code, message } = error;
    this.note({ type: 'refused', statement, text: `${code} ${message}` });
    this.clock.now += this.options.statementTakes;
    throw error;
  }

  /** What the command comes to without being carried out. */
  preview(state: EventStoreState, command: EventStoreCommand, now: Instant): Outcome {
    return this.#machine.transition(state, command, { now, uuid });
  }

  /**
   * Carries it out, then lets so much time pass as its statements take. The words of a refusal are those for `statement`.
   * @throws SimulationError where SQL and model disagree.
   */
  async perform(
    command: EventStoreCommand,
    statement: EventStoreStatement,
    consumer?: number,
    at: Instant = this.now,
  ): Promise<{ readonly rows: readonly Row[]; readonly error: PostgresError | undefined }> {
    const view = viewOf(command);
    for (const watcher of this.watchers) {
      if (view === undefined || view === watcher.view) watcher.waitedUntil(at);
    }
    const outcome = this.preview(this.#state, command, at);
    const { result } = outcome;
    if (this.isHandling) this.followUps += outcome.state.events.size - this.#state.events.size;
    this.#state = outcome.state;
    this.log.push({ atMs: at - this.options.startedAt, command, consumer });
    const count = command.type === 'transaction' ? command.commands.length : 1;
    this.clock.now += this.options.statementTakes * count;
    if (result.ok) this.deliveries.note(command, result.rows);
    const error = result.ok ? undefined : errorOf(result.refusal, statement, this.options.ids);
    if (this.#sql) {
      await this.#sql.confirm({ command, at, outcome, message: error?.message });
      // A handler may go on by this, which has taken real time.
      this.clock.calls.goOn();
    }
    return { rows: result.ok ? result.rows : [], error };
  }

  note(note: Note): void {
    this.log.push({ atMs: this.now - this.options.startedAt, note });
  }

  /** Nobody else has a turn until `act` has settled. @throws SimulationError where its own turn does not come. */
  async alone<T>(who: string, act: () => Promise<T>): Promise<T> {
    while (this.#open) await this.#released(this.#open, who);
    // Not at once: whoever is called by it has to find it open.
    const running = Promise.resolve().then(act);
    this.#open = running.then(ignore, ignore);
    try {
      return await running;
    } finally {
      this.#open = undefined;
    }
  }

  /** Waits in real time. */
  async #released(open: Promise<void>, who: string): Promise<void> {
    const { handlerTimeout } = this.options;
    const settlement = new Settlement(() => open);
    if (await settlement.within(handlerTimeout)) return;
    throw new SimulationError(
      `${who} has waited ${handlerTimeout} ms for a transaction that is still open: inside transaction(), call it on the argument of the function`,
    );
  }

  async close(): Promise<void> {
    await this.#sql?.close();
  }
}
