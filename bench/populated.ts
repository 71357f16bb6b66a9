/** States of the model with many runs in them, made with the model's own transitions. */
import type { PgflowCommand } from '../src/model/pgflow/0.1.20/commands.ts';
import { pgflow0120 } from '../src/model/pgflow/0.1.20/machine.ts';
import type { PgflowState } from '../src/model/pgflow/0.1.20/state.ts';

export const flow_slug = 'bench';

/** One, two beside each other, one after both, one more. */
const steps: readonly (readonly [step_slug: string, deps_slugs: string[]])[] = [
  ['fetch', []],
  ['parse', ['fetch']],
  ['check', ['fetch']],
  ['merge', ['parse', 'check']],
  ['store', ['merge']],
];
export const stepsOfFlow = steps.length;

export interface TaskName {
  readonly run_id: string;
  readonly step_slug: string;
}

/** A state and a clock to move along. */
export class Twin {
  state: PgflowState = pgflow0120.initialState;
  now = Date.UTC(2030, 0, 1);
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
    this.execute({ type: 'create_flow', flow_slug, max_attempts: 3, base_delay: 1, timeout: 3600 });
    for (const [step_slug, deps_slugs] of steps) {
      this.execute({ type: 'add_step', flow_slug, step_slug, deps_slugs });
    }
  }

  /** Throws where the command is refused. */
  execute(command: PgflowCommand, uuid = ''): readonly TaskName[] {
    const transition = pgflow0120.transition(this.state, command, { now: this.now, uuid });
    if (!transition.result.ok) throw new Error(`${command.type} was refused`);
    this.state = transition.state;
    return transition.result.rows as unknown as readonly TaskName[];
  }

  start(number: number): void {
    this.execute(startCommand(number), randomUuid(this.#random));
  }

  poll(qty: number): readonly TaskName[] {
    return this.execute(pollCommand(qty));
  }
}

export const startCommand = (number: number): PgflowCommand => ({
  type: 'start_flow',
  flow_slug,
  input: { order: number, customer: `customer ${number}` },
});

export const pollCommand = (qty: number): PgflowCommand => ({
  type: 'poll_for_tasks',
  queue_name: flow_slug,
  vt: 30,
  qty,
  max_poll_seconds: 1,
});

export const completeCommand = ({ run_id, step_slug }: TaskName): PgflowCommand => ({
  type: 'complete_task',
  run_id,
  step_slug,
  task_index: 0,
  output: { step: step_slug, done: true },
});

export const failCommand = ({ run_id, step_slug }: TaskName): PgflowCommand => ({
  type: 'fail_task',
  run_id,
  step_slug,
  task_index: 0,
  error_message: 'no answer',
});

export function randomUuid(random: () => number): string {
  const hex = (digits: number) =>
    Math.floor(random() * 16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(6)}${hex(6)}`;
}

/**
 * Runs that have started and not ended, with their messages in the queue. Those in front are a mix: some are
 * invisible for an hour, being worked on; others were and failed once, and are visible again.
 */
export function liveRuns(runs: number, random: () => number): PgflowState {
  const twin = new Twin(random);
  for (let i = 0; i < runs; i++) twin.start(i);
  for (let polled = 0; polled < runs * 0.6; polled += 10) {
    for (const task of twin.poll(10)) {
      const fate = random();
      if (fate < 0.4) twin.execute(failCommand(task));
      else if (fate < 0.6) twin.execute(completeCommand(task));
    }
  }
  return twin.state;
}

/** Runs that have completed, one after another, nothing left in the queue but all in its archive. */
export function finishedRuns(runs: number, random: () => number): PgflowState {
  const twin = new Twin(random);
  for (let i = 0; i < runs; i++) {
    twin.start(i);
    for (let left = stepsOfFlow; left > 0; ) {
      const tasks = twin.poll(10);
      if (tasks.length === 0) throw new Error('a run does not end');
      for (const task of tasks) twin.execute(completeCommand(task));
      left -= tasks.length;
    }
    twin.now += 100;
  }
  return twin.state;
}
