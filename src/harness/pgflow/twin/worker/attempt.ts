/** A task in the hands of a worker. */
import type { Instant } from '../../../../model/kernel/instant.ts';
import type { Row } from '../../../../model/kernel/transition.ts';
import { copyOf } from '../../../twin/json.ts';
import type { OpenCall } from '../../../twin/open-calls.ts';
import type { Described, Settlement } from '../../../twin/settlement.ts';
import type { WatchedSignal } from '../../../twin/watched-signal.ts';
import type { Plan } from '../faults/plans.ts';
import type { StepDefinition } from '../flow/flow.ts';
import type { AttemptKey } from '../log/log.ts';
import type { World } from './world.ts';

/**
 * A message as the worker's client reads it. Surprise: whatever its types say, a bigint is a string there and a
 * timestamp a Date.
 */
export function messageForClient({ msg_id, read_ct, enqueued_at, last_read_at, vt, message }: Row): object {
  const date = (instant: unknown) => (typeof instant === 'number' ? new Date(instant) : null);
  return {
    msg_id: String(msg_id),
    read_ct,
    enqueued_at: date(enqueued_at),
    last_read_at: date(last_read_at),
    vt: date(vt),
    message: copyOf(message),
    headers: null,
  };
}

const advice =
  'Replace the handler with returns() or runs(), give it a fake in place of what it waits for, or raise options.handlerTimeout';
const adviceBeyond =
  'takes() is over, but it does not shorten what the handler does in real time. Replace the handler with returns() or runs(), give it a fake in place of what it waits for, or raise options.handlerTimeout';

export class Attempt implements Described {
  readonly key: AttemptKey;
  readonly step: StepDefinition;
  /** Number of the run, from 1. */
  readonly run: number;
  /** Number of the worker, from 1. */
  readonly worker: number;
  /** When the database was told. */
  readonly startedAt: Instant;
  readonly #task: Row;
  readonly #message: Row;
  plan: Plan | undefined;
  settlement: Settlement | undefined;
  /** The signal of the shutdown, once its handler has taken it from its context. */
  shutdown: WatchedSignal | undefined;
  /** As long as it has not settled. */
  open: OpenCall | undefined;
  /** What was read along with it. */
  batch: { remaining: number } | undefined;

  constructor(world: World, worker: number, task: Row, message: Row) {
    const { run_id, step_slug, task_index } = task as unknown as AttemptKey;
    const states = world.state.runs.get(run_id)!.step_states;
    const state = states.find((each) => each.step_slug === step_slug)!;
    this.key = { run_id, step_slug, task_index, attempt: state.tasks[task_index]!.attempts_count };
    this.step = world.flow.steps.get(step_slug)!;
    this.run = world.numberOf(run_id);
    this.worker = worker;
    this.startedAt = world.now;
    this.#task = task;
    this.#message = message;
  }

  get msg_id(): number {
    return this.#task.msg_id as number;
  }

  get input(): unknown {
    return this.#task.input;
  }

  /** When its message was sent. */
  get enqueuedAt(): Instant {
    return this.#message.enqueued_at as Instant;
  }

  rawMessage(): object {
    return messageForClient(this.#message);
  }

  stepTask(input: unknown): object {
    const { flow_slug, run_id, step_slug, task_index } = this.#task;
    return { flow_slug, run_id, step_slug, input, msg_id: String(this.msg_id), task_index };
  }

  /** What to do where its handler does not settle. */
  get advice(): string {
    return this.plan?.isLimited ? adviceBeyond : advice;
  }

  describe(): string {
    const { step_slug, task_index, attempt } = this.key;
    const element = this.step.isMap ? `, element ${task_index}` : '';
    return `the handler of step "${step_slug}" (run ${this.run}${element}, attempt ${attempt})`;
  }
}

/**
 * The tasks that were started with their messages. The SQL promises no order of its rows, nor one of the messages
 * of steps that became ready at once, so they are put into one that is the same everywhere: what was sent first, then
 * by run, by step as the flow defines them, by element.
 */
export function inOrder(
  world: World,
  worker: number,
  tasks: readonly Row[],
  messages: readonly Row[],
): readonly Attempt[] {
  if (tasks.length === 0) return [];
  const byId = new Map(messages.map((message) => [message.msg_id, message]));
  const attempts = tasks.map((task) => new Attempt(world, worker, task, byId.get(task.msg_id)!));
  if (attempts.length === 1) return attempts;
  return attempts.sort(
    (a, b) =>
      a.enqueuedAt - b.enqueuedAt ||
      a.run - b.run ||
      a.step.index - b.step.index ||
      a.key.task_index - b.key.task_index,
  );
}
