/** Whoever carries out tasks: they read the queue, call the handlers, and answer. */
import type { Instant } from '../../../../model/kernel/instant.ts';
import type { Jsonb } from '../../../../model/kernel/jsonb.ts';
import {
  type Execution,
  initialState,
} from '../../../../model/state-machine/states-language/executing/state.ts';
import { Rules } from '../../../twin/rules.ts';
import { SimulationError } from '../../../twin/simulation-error.ts';
import type { Engine } from '../engine/engine.ts';
import type { TaskCall, TaskHandler } from './handler.ts';
import type { CallOfRule, Replacement } from './rules.ts';
import { RunningTask } from './running-task.ts';

/** Seconds: nobody else reads a task, however long it takes. */
const vt = 2_000_000_000;

interface Read {
  readonly execution: number;
  readonly task_id: string;
  readonly resource: string;
  readonly input: Jsonb;
}

export const ofState = (state: string): string => `state "${state}"`;
export const ofResource = (resource: string): string => `resource "${resource}"`;

export class Workers {
  readonly rules = new Rules<CallOfRule, Replacement>();
  readonly #engine: Engine;
  readonly #handlers: ReadonlyMap<string, TaskHandler>;
  /** By the id of their task. */
  readonly #running = new Map<string, RunningTask>();
  readonly #tasks: RunningTask[] = [];
  #seen = initialState.tasks;
  readonly #counts = new Map<string, number>();
  /** Names in the options that a task had. */
  readonly #used = new Set<string>();

  constructor(engine: Engine, handlers: ReadonlyMap<string, TaskHandler>) {
    this.#engine = engine;
    this.#handlers = handlers;
  }

  /** Every call so far, in order. */
  get calls(): readonly TaskCall[] {
    return this.#tasks.map(({ record }) => record);
  }

  /** Of each handler in the options that was never called: a misspelt name would go unnoticed. */
  get uncalled(): string[] {
    return [...this.#handlers.keys()]
      .filter((name) => !this.#used.has(name))
      .map((name) => `options.handlers["${name}"] was never called`);
  }

  /** The call that goes on first. */
  get next(): { readonly at: Instant; run(): Promise<void> } | undefined {
    let first: RunningTask | undefined;
    for (const task of this.#running.values()) {
      if (task.next < (first?.next ?? Number.POSITIVE_INFINITY)) first = task;
    }
    return first && { at: first.next, run: () => first.act() };
  }

  /** Whether tasks came or went since they were looked at. */
  get hasWork(): boolean {
    return this.#engine.state.tasks !== this.#seen;
  }

  /** Lets go of tasks for which nobody waits any more, and takes on new ones. */
  async work(): Promise<void> {
    this.#seen = this.#engine.state.tasks;
    for (const [id, task] of this.#running) {
      if (!task.isOver && this.#engine.state.tasks.has(id)) continue;
      this.#running.delete(id);
      task.cancel();
    }
    if (this.#engine.state.tasks.size === this.#running.size) return;
    const read = this.#engine.execute({
      type: 'read_tasks',
      vt,
      qty: 2_000_000_000,
    }) as unknown as readonly Read[];
    for (const task of read) await this.#begin(task);
  }

  async #begin({ execution, task_id, resource, input }: Read): Promise<void> {
    const task = this.#engine.state.tasks.get(task_id);
    // What was called before it may have ended its execution.
    if (!task) return;
    const own = this.#engine.state.executions.get(execution)!;
    const { state_name: state, attempts, part_id } = own.entered.get(task.activity_id)!;
    const call = (this.#counts.get(state) ?? 0) + 1;
    this.#counts.set(state, call);
    const index = indexOf(own, part_id);
    const asked = {
      state,
      resource,
      attempt: attempts,
      call,
      execution,
      input,
      ...(index !== undefined && { index }),
    };
    const plan = this.rules.of([ofState(state), ofResource(resource)], asked);
    const found = this.#handlerOf(state, resource);
    if (plan.replacement === undefined && !found) throw this.#missing(state, resource);
    const running = new RunningTask(this.#engine, { ...asked, task_id }, plan);
    this.#tasks.push(running);
    this.#running.set(task_id, running);
    await running.begin(found);
  }

  #handlerOf(state: string, resource: string): TaskHandler | undefined {
    const name = [state, resource].find((each) => this.#handlers.has(each));
    if (name === undefined) return undefined;
    this.#used.add(name);
    return this.#handlers.get(name);
  }

  #missing(state: string, resource: string): SimulationError {
    const known = [...this.#handlers.keys()].sort();
    return new SimulationError(
      `nobody carries out the task of state "${state}" (${resource}): add a handler to options.handlers by one of these names (${
        known.length === 0 ? 'there is none' : `known: ${known.join(', ')}`
      }), or say what comes of it: state('${state}').returns(...)`,
    );
  }
}

/** Of the nearest iteration around it. */
function indexOf({ parts, entered }: Execution, part_id: string | null): number | undefined {
  for (let id = part_id; id !== null; ) {
    const part = parts.get(id)!;
    if (part.kind === 'iteration') return part.index;
    id = entered.get(part.activity_id)!.part_id;
  }
  return undefined;
}
