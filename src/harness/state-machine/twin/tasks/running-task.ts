/** A task that somebody carries out, until it ends or nobody waits for it any more. */
import type { Instant } from '../../../../model/kernel/instant.ts';
import { type Duration, toMilliseconds } from '../../../twin/duration.ts';
import { copyOf } from '../../../twin/json.ts';
import type { Described, Settled } from '../../../twin/settlement.ts';
import { TimedCall } from '../../../twin/timed-call.ts';
import { withThrown } from '../../../twin/with-thrown.ts';
import type { Engine } from '../engine/engine.ts';
import { type TaskCall, TaskCanceled, type TaskContext, TaskFailure, type TaskHandler } from './handler.ts';
import { failureOf, holdable, resultOf } from './result.ts';
import type { CallOfRule, Plan } from './rules.ts';

/** What is known of it before it begins. */
export interface Asked extends CallOfRule {
  readonly task_id: string;
}

export class RunningTask implements Described {
  readonly asked: Asked;
  readonly advice =
    'Let it sleep() in virtual time, give it a fake in place of what it waits for, or raise options.handlerTimeout';
  readonly #engine: Engine;
  readonly #plan: Plan;
  readonly #timed: TimedCall;
  #ended: { readonly output: unknown } | { readonly error: string; readonly cause: string } | undefined;

  constructor(engine: Engine, asked: Asked, plan: Plan) {
    this.#engine = engine;
    this.asked = asked;
    this.#plan = plan;
    const { clock, options } = engine;
    this.#timed = new TimedCall({
      ...{ clock, handlerTimeout: options.handlerTimeout, subject: this, takes: plan.takes ?? 0 },
      onEnd: (settled) => this.#end(settled),
    });
  }

  describe(): string {
    const { state, attempt, execution, index } = this.asked;
    const item = index === undefined ? '' : `, item ${index}`;
    return `the handler of state "${state}" (execution ${execution}${item}, attempt ${attempt})`;
  }

  get isOver(): boolean {
    return this.#timed.isOver;
  }

  /** As a test sees it. */
  get record(): TaskCall {
    const { task_id: _, ...asked } = this.asked;
    const { at, endedAt, outcome, thrown } = this.#timed;
    const record: TaskCall = {
      ...asked,
      at: new Date(at),
      atMs: at - this.#engine.options.startedAt,
      endedAt: endedAt === undefined ? null : new Date(endedAt),
      outcome,
      ...this.#ended,
    };
    return thrown ? withThrown(record, thrown.error) : record;
  }

  /** When it goes on: Infinity where something else decides that. */
  get next(): Instant {
    return this.#timed.next;
  }

  /** Calls the handler, or what the test has in its place. */
  async begin(handler: TaskHandler | undefined): Promise<void> {
    const { replacement } = this.#plan;
    switch (replacement?.type) {
      case 'hangs':
        return;
      case 'returns':
        return this.#timed.beginWith({ ok: true, value: replacement.value });
      case 'throws':
        return this.#timed.beginWith({ ok: false, error: replacement.error });
      case 'fails': {
        const error = new TaskFailure(replacement.error, replacement.cause);
        return this.#timed.beginWith({ ok: false, error });
      }
    }
    const called = replacement?.handler ?? handler!;
    // Its own: what it does to it changes nothing in the execution.
    await this.#timed.begin(() => called(copyOf(this.asked.input), this.#context()));
  }

  /** Its sleep is over, or what it takes. */
  act(): Promise<void> {
    return this.#timed.act();
  }

  /** Nobody waits for it any more. */
  cancel(): void {
    if (!this.isOver && this.#timed.isLate) this.#warn();
    this.#timed.cancel(() => this.#canceled());
  }

  /** A handler that hangs by accident looks like a time limit that a test is about. */
  #warn(): void {
    const { state } = this.asked;
    this.#engine.warnings.push(
      `${this.describe()} has not settled after ${this.#engine.options.handlerTimeout} ms of real time (options.handlerTimeout). So virtual ` +
        `time went on, until nobody waited for it. ${this.advice}. If it is to hang, say so: state('${state}').hangs()`,
    );
  }

  #end(settled: Settled): void {
    const { task_id, execution } = this.asked;
    if (settled.ok) {
      const output = resultOf(settled.value, `${this.describe()} returned`);
      this.#ended = { output };
      this.#engine.executeFor(execution, { type: 'complete_task', task_id, output });
      return;
    }
    const { error, cause } = failureOf(settled.error);
    holdable([error, cause], `${this.describe()} threw`);
    this.#ended = { error, cause };
    this.#engine.executeFor(execution, { type: 'fail_task', task_id, error, cause });
  }

  #context(): TaskContext {
    const { input: _, task_id: token, ...asked } = this.asked;
    const engine = this.#engine;
    return {
      ...asked,
      token,
      get now() {
        return new Date(engine.now);
      },
      sleep: async (duration: Duration) => {
        const ms = toMilliseconds(duration, 'the duration of sleep()');
        this.#check();
        await this.#timed.sleep(ms);
      },
      heartbeat: () => {
        this.#check();
        engine.execute({ type: 'heartbeat', task_id: token });
      },
    };
  }

  /** @throws TaskCanceled where nobody waits for it any more */
  #check(): void {
    if (this.isOver || this.#timed.hasSettled) throw this.#canceled();
  }

  #canceled(): TaskCanceled {
    return new TaskCanceled(`${this.describe()}: nobody waits for it any more`);
  }
}
