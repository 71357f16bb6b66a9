/** A consumer of a view: it streams, handles and acknowledges in virtual time, and dies where the test says so. */
import type { Instant } from '../../../../model/kernel/instant.ts';
import type { Row } from '../../../../model/kernel/transition.ts';
import type { Duration } from '../../../twin/duration.ts';
import { OpenCall } from '../../../twin/open-calls.ts';
import type { Settlement } from '../../../twin/settlement.ts';
import { messageOfThrown } from '../../../twin/user-line.ts';
import type { Database, Watcher } from '../database/database.ts';
import type { CrashPoint, Note } from '../database/log.ts';
import { eventOf } from '../functions/rows.ts';
import type { Delivery, Handler, ResolvedConsumeOptions } from './consume-options.ts';
import type { Consumer, ConsumerStatus } from './consumer.ts';
import { type Fault, Faults, type Plan } from './faults.ts';
import { acknowledge, giveBack } from './give-back.ts';
import { advice, adviceBeyond, callHandler, described } from './handler-call.ts';

/** The event that it has in hand. */
interface Work {
  readonly row: Row;
  readonly delivery: Delivery;
  readonly plan: Plan;
  readonly settlement: Settlement;
}

/** What it does next, and when. */
type Phase =
  /** It looks for events: first then, and every interval after that. */
  | { readonly is: 'idle'; readonly from: Instant }
  /** It goes on with what it has read: as soon as others let it, whose turn may come before. */
  | { readonly is: 'reading'; readonly from: Instant }
  | { readonly is: 'handling'; readonly until: Instant; readonly work: Work }
  | { readonly is: 'down'; readonly until: Instant };

export class SimulatedConsumer implements Consumer, Watcher {
  readonly number: number;
  readonly view: string;
  readonly #database: Database;
  readonly #handler: Handler;
  readonly #options: ResolvedConsumeOptions;
  readonly #faults = new Faults();
  #status: ConsumerStatus = 'running';
  #phase: Phase;
  /** What it has read and not begun, last one first. */
  #batch: Row[] = [];
  #readAt: Instant = 0;
  /** The handler that it waits for. */
  #open: OpenCall | undefined;
  /** Grows when it dies, so that what was under way knows that it is nobody's any more. */
  #lives = 0;
  /** Told of every event that it did not acknowledge. */
  onFailure: ((consumer: SimulatedConsumer, row: Row, cause: string, thrown?: unknown) => void) | undefined;

  constructor(
    database: Database,
    number: number,
    view: string,
    handler: Handler,
    options: ResolvedConsumeOptions,
  ) {
    this.#database = database;
    this.number = number;
    this.view = view;
    this.#handler = handler;
    this.#options = options;
    this.#phase = { is: 'idle', from: database.now };
    database.watchers.push(this);
    this.#note('started');
  }

  get status(): ConsumerStatus {
    return this.#status;
  }

  /** Whether it has events in hand. */
  get isBusy(): boolean {
    return this.#phase.is === 'reading' || this.#phase.is === 'handling';
  }

  /** What the test has said and no delivery has met. */
  get unreached(): string[] {
    return this.#faults.unreached.map((rule) => `consumer ${this.number} of ${this.view}: ${rule}`);
  }

  crashes(when: CrashPoint): Fault {
    return this.#faults.add().crashes(when);
  }
  throws(error: unknown): Fault {
    return this.#faults.add().throws(error);
  }
  takes(duration: Duration): Fault {
    return this.#faults.add().takes(duration);
  }

  kill(): void {
    if (this.#status === 'stopped' || this.#status === 'crashed') return;
    this.#note('killed');
    const inHand = this.#phase.is === 'handling' ? [this.#phase.work.row] : [];
    this.#die([...inHand, ...this.#batch], 'it was killed');
  }

  stop(): void {
    if (this.#status === 'running') {
      this.#note('stopping');
      this.#status = 'stopping';
      if (this.#phase.is === 'idle') this.#stopped();
    } else if (this.#status === 'crashed') this.#stopped();
  }

  start(): void {
    if (this.#status === 'running') return;
    if (this.#status === 'stopping') {
      this.#status = 'running';
      return;
    }
    this.#note('restarted');
    this.#status = 'running';
    this.#phase = { is: 'idle', from: this.#database.now };
  }

  /**
   * When its turn is, as things are: before now, where it was kept waiting by others; Infinity where it waits for
   * something that is not in sight.
   */
  get next(): Instant {
    const phase = this.#phase;
    switch (phase.is) {
      case 'idle':
        // Looks that would find nothing change nothing, so they are not executed.
        return this.#lookAfter(phase.from, this.#readableFrom);
      case 'reading':
        return phase.from;
      default:
        return phase.until;
    }
  }

  async act(): Promise<void> {
    const phase = this.#phase;
    switch (phase.is) {
      case 'idle':
        return this.#look();
      case 'reading':
        return this.#handle();
      case 'handling':
        return this.#report(phase.work);
      case 'down':
        this.start();
    }
  }

  /** What is locked until an instant can be read from the next on. */
  get #readableFrom(): Instant {
    return (this.#database.state.subscriptions.get(this.view)?.locks.least ?? Infinity) + 1;
  }

  /** Of the looks from the first one on, every interval, that which is not before the instant. */
  #lookAfter(first: Instant, instant: Instant): Instant {
    const { every } = this.#options;
    return first + Math.max(0, Math.ceil((instant - first) / every)) * every;
  }

  /** Where it looked in vain meanwhile, what comes now is for its next look. */
  waitedUntil(instant: Instant): void {
    if (this.#phase.is !== 'idle') return;
    const { from } = this.#phase;
    if (from >= instant) return;
    const next = this.#lookAfter(from, Math.min(instant, this.#readableFrom));
    if (next > from) this.#phase = { is: 'idle', from: next };
  }

  async #look(): Promise<void> {
    const life = this.#lives;
    this.#readAt = this.#database.now;
    this.#phase = { is: 'reading', from: this.#readAt };
    const { limit: v_limit, seconds: v_seconds, every } = this.#options;
    const rows = await this.#database.execute(
      { type: 'stream_events', v_view_name: this.view, v_limit, v_seconds },
      this.number,
    );
    if (life !== this.#lives) return;
    this.#batch = [...rows].reverse();
    if (rows.length === 0) this.#rest(this.#readAt + every);
    else this.#phase = { is: 'reading', from: this.#database.now };
  }

  #rest(from: Instant): void {
    if (this.#status === 'stopping') this.#stopped();
    else this.#phase = { is: 'idle', from };
  }

  async #handle(): Promise<void> {
    const life = this.#lives;
    const row = this.#batch.pop()!;
    const delivery = this.#deliveryOf(row);
    const plan = this.#faults.of({
      delivery: delivery.number,
      offset: row.offset as number,
      event: row.event as string,
      decider_id: row.decider_id as string,
    });
    if (plan.crash === 'before') return this.#crash('before', row);
    const settlement = await callHandler(this.#database, this.#handler, row, delivery, plan);
    if (life !== this.#lives) {
      this.onFailure?.(this, row, 'it was killed');
      return;
    }
    const work = { row, delivery, plan, settlement };
    const { takes = 0 } = plan;
    if (settlement.settled && takes === 0) return this.#report(work);
    if (!settlement.settled) this.#waitFor(work);
    const { now } = this.#database;
    const until = !settlement.settled && plan.takes === undefined ? Number.POSITIVE_INFINITY : now + takes;
    this.#phase = { is: 'handling', until, work };
  }

  /** It goes on by something that happens later. */
  #waitFor(work: Work): void {
    const { settlement, row, delivery, plan } = work;
    const subject = described(row, delivery, advice);
    const call = new OpenCall(settlement, subject, () => this.#report(work));
    this.#open = call;
    const { calls } = this.#database.clock;
    if (plan.takes === undefined) calls.open(call, { hadTime: true });
    else calls.add(call);
  }

  #forget(): void {
    if (this.#open) this.#database.clock.calls.delete(this.#open);
    this.#open = undefined;
  }

  async #report({ row, delivery, plan, settlement }: Work): Promise<void> {
    const { handlerTimeout } = this.#database.options;
    const settled =
      settlement.settled ?? (await settlement.wait(handlerTimeout, described(row, delivery, adviceBeyond)));
    this.#forget();
    if (plan.crash === 'after') return this.#crash('after', row);
    const life = this.#lives;
    this.#phase = { is: 'reading', from: this.#database.now };
    if (settled.ok) await acknowledge(this.#database, this, row);
    else await this.#failed(row, delivery, settled.error);
    if (life !== this.#lives) return;
    if (this.#batch.length === 0) this.#rest(this.#database.now);
    else this.#phase = { is: 'reading', from: this.#database.now };
  }

  async #failed(row: Row, delivery: Delivery, error: unknown): Promise<void> {
    const remedy = this.#options.onError(error, eventOf(row), delivery);
    const message = messageOfThrown(error);
    const { number: consumer, view } = this;
    this.#database.note({
      type: 'failed',
      consumer,
      view,
      row,
      error: message,
      thrown: error,
      isLeft: remedy === 'leave',
    });
    if (remedy === 'ack') return acknowledge(this.#database, this, row);
    this.onFailure?.(this, row, message, error);
    await giveBack(this.#database, this, row, remedy);
  }

  #crash(when: CrashPoint, row: Row): void {
    this.#database.note({ type: 'crashed', consumer: this.number, view: this.view, when, row });
    this.#die([row, ...this.#batch], `its consumer crashed ${when} handling it`);
  }

  #die(lost: readonly Row[], cause: string): void {
    this.#forget();
    this.#lives++;
    this.#batch = [];
    this.#status = 'crashed';
    const { restartAfter } = this.#options;
    this.#phase = {
      is: 'down',
      until: restartAfter === false ? Infinity : this.#database.now + restartAfter,
    };
    for (const row of lost) this.onFailure?.(this, row, cause);
  }

  #stopped(): void {
    this.#note('stopped');
    this.#status = 'stopped';
    this.#phase = { is: 'down', until: Infinity };
  }

  #deliveryOf(row: Row): Delivery {
    const { view, number: consumer } = this;
    const number = this.#database.deliveries.count(view, row);
    return { view, consumer, number, readAt: new Date(this.#readAt) };
  }

  #note(what: Extract<Note, { type: 'consumer' }>['what']): void {
    this.#database.note({ type: 'consumer', consumer: this.number, view: this.view, what });
  }
}
