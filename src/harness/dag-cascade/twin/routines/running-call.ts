/**
 * A call of a routine under way. It goes on until it has settled, sleeps, or waits for something else; the last it gets real time
 * for, before virtual time goes on. It is over when it ends, or when the database no longer waits for it.
 */
import type { Connection, Task } from '../../../../model/dag-cascade/state.ts';
import type { Instant } from '../../../../model/kernel/instant.ts';
import { PostgresError } from '../../../twin/database-error.ts';
import { type Duration, toMilliseconds } from '../../../twin/duration.ts';
import { copyOf } from '../../../twin/json.ts';
import { OpenCall } from '../../../twin/open-calls.ts';
import { type Described, Settlement } from '../../../twin/settlement.ts';
import { SimulationError } from '../../../twin/simulation-error.ts';
import { messageOfThrown } from '../../../twin/user-line.ts';
import { withThrown } from '../../../twin/with-thrown.ts';
import type { Engine } from '../engine/engine.ts';
import { Calls } from '../functions/calls.ts';
import type { CallbackArguments, Routine, RoutineCall, RoutineContext } from './routine.ts';
import type { Plan } from './rules.ts';
import { endOf } from './task-end.ts';

interface Sleep {
  readonly until: Instant;
  readonly wake: () => void;
  readonly cancel: (error: PostgresError) => void;
}

/** What is known of it before it begins. */
export interface Called {
  /** From 1, of all calls. */
  readonly number: number;
  /** From 1, of this routine. */
  readonly call: number;
  readonly routine: string;
  readonly args: CallbackArguments;
  readonly task: Task;
  /** Its worker's: another one, or none, is a sign that nobody waits for it any more. */
  readonly connectionName: string;
  readonly connection: Connection;
}

export class RunningCall implements Described {
  readonly called: Called;
  readonly advice =
    'Let it sleep() in virtual time, give it a fake in place of what it waits for, or raise options.handlerTimeout';
  readonly #engine: Engine;
  readonly #plan: Plan;
  readonly #at: Instant;
  readonly #sleeps = new Set<Sleep>();
  #settlement: Settlement | undefined;
  #open: OpenCall | undefined;
  #hasReturned = false;
  /** It was waited for in real time, and that was too short. */
  #wasTooSlow = false;
  /** Tells whoever waits that it sleeps or has returned. */
  #rests: () => void = () => {};
  /** It has settled, and ends then. */
  #endsAt: Instant | undefined;
  #endedAt: Instant | undefined;
  #outcome: RoutineCall['outcome'] = 'running';
  #thrown: { readonly error: unknown } | undefined;

  constructor(engine: Engine, called: Called, plan: Plan) {
    this.#engine = engine;
    this.called = called;
    this.#plan = plan;
    this.#at = engine.now;
  }

  describe(): string {
    const { routine, call, args } = this.called;
    return `the routine "${routine}" (call ${call}, node ${args.node} of flow ${args.flow_id}, task ${args.task_id})`;
  }

  get isOver(): boolean {
    return this.#outcome !== 'running';
  }

  /** As a test sees it. */
  get record(): RoutineCall {
    const { routine, call, args } = this.called;
    const error = this.#thrown && messageOfThrown(this.#thrown.error);
    const record = {
      routine,
      call,
      ...args,
      at: new Date(this.#at),
      atMs: this.#at - this.#engine.startedAt,
      endedAt: this.#endedAt === undefined ? null : new Date(this.#endedAt),
      outcome: this.#outcome,
      error,
    };
    return this.#thrown ? withThrown(record, this.#thrown.error) : record;
  }

  /** When it goes on: Infinity where something else decides that. */
  get next(): Instant {
    if (this.isOver) return Number.POSITIVE_INFINITY;
    if (this.#endsAt !== undefined) return this.#endsAt;
    let first = Number.POSITIVE_INFINITY;
    for (const { until } of this.#sleeps) first = Math.min(first, until);
    return first;
  }

  /** Calls it, or what the test has in its place. */
  async begin(routine: Routine | undefined): Promise<void> {
    const { replacement } = this.#plan;
    const { calls } = this.#engine.clock;
    // The time of its task ends it, or whoever cancels it.
    if (replacement?.type === 'hangs') return;
    if (replacement?.type === 'returns') this.#settlement = new Settlement(() => undefined);
    else if (replacement?.type === 'throws') {
      this.#settlement = new Settlement(() => {
        throw replacement.error;
      });
    } else {
      const called = replacement?.routine ?? routine!;
      this.#settlement = calls.call(async () => {
        try {
          // Its own: what it does to it changes nothing in the database.
          await called(copyOf(this.called.args), this.#context());
        } finally {
          this.#hasReturned = true;
          this.#rests();
        }
      });
    }
    await this.#goOn();
  }

  /** Its sleep is over, or what it takes. */
  async act(): Promise<void> {
    if (this.#endsAt !== undefined) return this.#end();
    this.#forget();
    const next = this.next;
    const [sleep] = [...this.#sleeps].filter(({ until }) => until === next);
    this.#sleeps.delete(sleep!);
    this.#engine.clock.calls.goOn();
    sleep!.wake();
    await this.#goOn();
  }

  /** Nobody waits for it any more. */
  cancel(): void {
    if (this.isOver) return;
    this.#forget();
    this.#outcome = 'canceled';
    this.#endedAt = this.#engine.now;
    if (this.#wasTooSlow && this.#sleeps.size === 0) this.#warnIfLate();
    for (const { cancel } of this.#sleeps) cancel(canceled());
    this.#sleeps.clear();
    this.#rests();
  }

  /** A routine that hangs by accident looks like a time limit that a test is about. */
  #warnIfLate(): void {
    const { routine, task } = this.called;
    const isTimeUp = task.times_up !== null && this.#engine.now > task.times_up;
    if (!isTimeUp) return;
    this.#engine.warnings.push(
      `${this.describe()} has not settled after ${this.#engine.handlerTimeout} ms of real time (options.handlerTimeout). So virtual time ` +
        `went on, and its task failed when its time was up. ${this.advice}. If it is to hang, say so: routine('${routine}').hangs()`,
    );
  }

  async #goOn(): Promise<void> {
    const settlement = this.#settlement!;
    if (!settlement.settled && !this.#hasReturned && this.#sleeps.size === 0 && !this.isOver) {
      const rests = new Promise<void>((resolve) => {
        this.#rests = resolve;
      });
      const rested = await new Settlement(() => rests).within(this.#engine.handlerTimeout);
      this.#wasTooSlow = rested === undefined;
    }
    // The promise of the call settles behind its last line.
    while (this.#hasReturned && !settlement.settled) await null;
    if (this.isOver) return;
    if (settlement.settled) return this.#settled();
    this.#open = new OpenCall(settlement, this, () => this.#settled());
    this.#engine.clock.calls.open(this.#open, { hadTime: true });
  }

  async #settled(): Promise<void> {
    this.#forget();
    if (this.isOver) return;
    this.#sleeps.clear();
    const ends = this.#at + (this.#plan.takes ?? 0);
    if (ends > this.#engine.now) this.#endsAt = ends;
    else this.#end();
  }

  #end(): void {
    const settled = this.#settlement!.settled!;
    const { args, number } = this.called;
    this.#endedAt = this.#engine.now;
    this.#outcome = settled.ok ? 'returned' : 'threw';
    if (!settled.ok) this.#thrown = settled;
    this.#engine.execute(endOf(args.task_id, settled.ok ? undefined : settled), number);
  }

  #forget(): void {
    if (this.#open) this.#engine.clock.calls.delete(this.#open);
    this.#open = undefined;
  }

  #context(): RoutineContext {
    const check = () => this.#check();
    const engine = this.#engine;
    const { number, call } = this.called;
    const functions = new Calls({
      execute: (command) => {
        check();
        return engine.execute(command, number);
      },
      refuse: (statement, error) => engine.refuse(statement, error),
      warn: (message) => void engine.warnings.push(message),
    });
    return Object.defineProperties(functions as Calls & RoutineContext, {
      sleep: { value: (duration: Duration) => this.#sleep(duration) },
      now: { get: () => new Date(engine.now) },
      call: { value: call },
    });
  }

  /** @throws PostgresError where nobody waits for it any more */
  #check(): void {
    if (this.#outcome === 'canceled') throw canceled();
    if (this.isOver || this.#settlement?.settled) {
      throw new SimulationError(
        `${this.describe()} has ended: what it calls after that has no session. Await everything before it returns`,
      );
    }
  }

  async #sleep(duration: Duration): Promise<void> {
    const ms = toMilliseconds(duration, 'the duration of sleep()');
    this.#check();
    await new Promise<void>((wake, cancel) => {
      this.#sleeps.add({ until: this.#engine.now + ms, wake, cancel });
      this.#rests();
    });
  }
}

const canceled = () => new PostgresError('canceling statement due to user request', '57014');
