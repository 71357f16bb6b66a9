/** A call of a routine under way, until it ends or the database no longer waits for it. */
import type { Connection, Task } from '../../../../model/dag-cascade/state.ts';
import type { Instant } from '../../../../model/kernel/instant.ts';
import { PostgresError } from '../../../twin/database-error.ts';
import { type Duration, toMilliseconds } from '../../../twin/duration.ts';
import { copyOf } from '../../../twin/json.ts';
import type { Described, Settled } from '../../../twin/settlement.ts';
import { SimulationError } from '../../../twin/simulation-error.ts';
import { TimedCall } from '../../../twin/timed-call.ts';
import { messageOfThrown } from '../../../twin/user-line.ts';
import { withThrown } from '../../../twin/with-thrown.ts';
import type { Engine } from '../engine/engine.ts';
import { Calls } from '../functions/calls.ts';
import type { CallbackArguments, Routine, RoutineCall, RoutineContext } from './routine.ts';
import type { Plan } from './rules.ts';
import { endOf } from './task-end.ts';

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
  readonly #timed: TimedCall;

  constructor(engine: Engine, called: Called, plan: Plan) {
    this.#engine = engine;
    this.called = called;
    this.#plan = plan;
    const { clock, handlerTimeout } = engine;
    const onEnd = (settled: Settled) => this.#end(settled);
    this.#timed = new TimedCall({ clock, handlerTimeout, subject: this, takes: plan.takes ?? 0, onEnd });
  }

  describe(): string {
    const { routine, call, args } = this.called;
    return `the routine "${routine}" (call ${call}, node ${args.node} of flow ${args.flow_id}, task ${args.task_id})`;
  }

  get isOver(): boolean {
    return this.#timed.isOver;
  }

  /** As a test sees it. */
  get record(): RoutineCall {
    const { routine, call, args } = this.called;
    const { at, endedAt, outcome, thrown } = this.#timed;
    const record = {
      routine,
      call,
      ...args,
      at: new Date(at),
      atMs: at - this.#engine.startedAt,
      endedAt: endedAt === undefined ? null : new Date(endedAt),
      outcome,
      error: thrown && messageOfThrown(thrown.error),
    };
    return thrown ? withThrown(record, thrown.error) : record;
  }

  /** When it goes on: Infinity where something else decides that. */
  get next(): Instant {
    return this.#timed.next;
  }

  /** Calls it, or what the test has in its place. */
  async begin(routine: Routine | undefined): Promise<void> {
    const { replacement } = this.#plan;
    // The time of its task ends it, or whoever cancels it.
    if (replacement?.type === 'hangs') return;
    if (replacement?.type === 'returns') return this.#timed.beginWith({ ok: true, value: undefined });
    if (replacement?.type === 'throws') return this.#timed.beginWith({ ok: false, error: replacement.error });
    const called = replacement?.routine ?? routine!;
    // Its own: what it does to it changes nothing in the database.
    await this.#timed.begin(() => called(copyOf(this.called.args), this.#context()));
  }

  /** Its sleep is over, or what it takes. */
  act(): Promise<void> {
    return this.#timed.act();
  }

  /** Nobody waits for it any more. */
  cancel(): void {
    if (this.isOver) return;
    if (this.#timed.isLate) this.#warnIfLate();
    this.#timed.cancel(canceled);
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

  #end(settled: Settled): void {
    const { args, number } = this.called;
    this.#engine.execute(endOf(args.task_id, settled.ok ? undefined : settled), number);
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
    if (this.#timed.outcome === 'canceled') throw canceled();
    if (this.isOver || this.#timed.hasSettled) {
      throw new SimulationError(
        `${this.describe()} has ended: what it calls after that has no session. Await everything before it returns`,
      );
    }
  }

  async #sleep(duration: Duration): Promise<void> {
    const ms = toMilliseconds(duration, 'the duration of sleep()');
    this.#check();
    await this.#timed.sleep(ms);
  }
}

const canceled = () => new PostgresError('canceling statement due to user request', '57014');
