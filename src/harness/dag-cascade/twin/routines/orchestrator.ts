/** The orchestrator in virtual time: it works whenever something has changed, and when the state itself says so. */
import {
  type Connection,
  type DagCascadeState,
  type FlowTaskData,
  isFlowTask,
  type Task,
} from '../../../../model/dag-cascade/state.ts';
import type { Instant } from '../../../../model/kernel/instant.ts';
import { copyOf } from '../../../twin/json.ts';
import { SimulationError } from '../../../twin/simulation-error.ts';
import { messageOfThrown } from '../../../twin/user-line.ts';
import type { Engine } from '../engine/engine.ts';
import { dueAt, isSame } from './due.ts';
import type { CallbackArguments, Routine, RoutineCall } from './routine.ts';
import type { Rules } from './rules.ts';
import { RunningCall } from './running-call.ts';
import { Runs } from './runs.ts';
import { statementOf } from './statement.ts';
import { endOf } from './task-end.ts';

/** More than that, and flows start each other without end. */
const deepest = 100;

/** A task whose statement is to be executed, over that connection. */
interface Begun {
  readonly connectionName: string;
  readonly connection: Connection;
  readonly task: Task;
}

/** The orchestrator, as a test has it in hand. */
export interface OrchestratorControl {
  readonly isRunning: boolean;
  /** It does nothing any more. What runs in the background goes on. */
  stop(): void;
  /** Surprise: tasks that run or have yielded fail, and every flow that is not finished is canceled. */
  start(): void;
  /** Stops it and starts it again, at the same instant. */
  restart(): void;
}

export class Orchestrator implements OrchestratorControl {
  readonly #engine: Engine;
  readonly #rules: Rules;
  readonly #routines: ReadonlyMap<string, Routine>;
  /** By connection. */
  readonly #running = new Map<string, RunningCall>();
  readonly #counts = new Map<string, number>();
  readonly #calls: RunningCall[] = [];
  #isRunning = false;
  /** Whether anything has changed since its last round. */
  #isDue = false;
  /** When the state itself has something to do next; undefined: to be worked out. */
  #dueAt: Instant | undefined;
  /** Of tasks, since somebody began to count. */
  runs = new Runs();

  constructor(engine: Engine, rules: Rules, routines: ReadonlyMap<string, Routine>) {
    this.#engine = engine;
    this.#rules = rules;
    this.#routines = routines;
    engine.onCommand = (before) => this.#hasChanged(before);
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  stop(): void {
    if (!this.#isRunning) return;
    this.#isRunning = false;
    this.#engine.note({ type: 'orchestrator stopped' });
  }

  start(): void {
    if (this.#isRunning) return;
    this.#engine.execute({ type: 'start_orchestrator' }, 'orchestrator');
    this.#isRunning = true;
    this.#isDue = true;
  }

  restart(): void {
    this.stop();
    this.start();
  }

  /** Every call so far, in order. */
  get calls(): readonly RoutineCall[] {
    return this.#calls.map(({ record }) => record);
  }

  /** Of each function that was handed over and whose routine was never called: as with rules, a misspelt name would go unnoticed. */
  get uncalled(): string[] {
    return [...this.#routines.keys()]
      .filter((name) => !this.#counts.has(name))
      .map((name) => `options.routines.${name} was never called`);
  }

  get isCalling(): boolean {
    return this.#running.size > 0;
  }

  /** Who goes on first, and when: a call comes before the next round, so that a round finds all that has ended by then. */
  get next(): { readonly at: Instant; run(): Promise<void> } | undefined {
    let first: RunningCall | undefined;
    for (const call of this.#running.values()) {
      if (call.next < (first?.next ?? Number.POSITIVE_INFINITY)) first = call;
    }
    const round = this.#nextRound;
    if (first && first.next <= round) return { at: first.next, run: () => first.act() };
    return round === Number.POSITIVE_INFINITY ? undefined : { at: round, run: () => this.#work() };
  }

  get #nextRound(): Instant {
    if (!this.#isRunning) return Number.POSITIVE_INFINITY;
    if (this.#isDue) return this.#engine.now;
    this.#dueAt ??= dueAt(this.#engine.state, this.#engine.now);
    return this.#dueAt;
  }

  #hasChanged(before: DagCascadeState): void {
    const { state } = this.#engine;
    for (const [name, call] of this.#running) {
      if (!call.isOver && state.connections.get(name) === call.called.connection) continue;
      this.#running.delete(name);
      call.cancel();
    }
    if (isSame(before, state)) return;
    this.#isDue = true;
    this.#dueAt = undefined;
  }

  /** One round, and what it sends into the background. */
  async #work(): Promise<void> {
    const before = this.#engine.state;
    this.#isDue = false;
    this.#dueAt = undefined;
    try {
      this.#engine.execute({ type: 'do_work' }, 'orchestrator');
    } catch (error) {
      throw new SimulationError(`the orchestrator fails: ${messageOfThrown(error)}`, { cause: error });
    }
    // It goes on until a round changes nothing.
    this.#isDue = !isSame(before, this.#engine.state);
    for (const begun of this.#begun()) await this.#begin(begun);
  }

  /** Those that run and that nobody has called yet, in the order in which they were sent. */
  #begun(): Begun[] {
    const { state } = this.#engine;
    return state.workers
      .values()
      .flatMap(({ name, task_id }) => {
        const connection = state.connections.get(name);
        const task = task_id === null ? undefined : state.tasks.get(task_id);
        if (!task || !connection?.is_busy || this.#running.has(name)) return [];
        return [{ connectionName: name, connection, task }];
      })
      .sort(
        ({ task: a }, { task: b }) =>
          a.priority - b.priority || a.entered - b.entered || a.task_id - b.task_id,
      );
  }

  async #begin(begun: Begun): Promise<void> {
    const { task, connection, connectionName } = begun;
    // What was called before it may have canceled it.
    if (this.#engine.state.connections.get(connectionName) !== connection) return;
    if (!isFlowTask(task.task_data)) return;
    this.runs.add(task.task_id);
    const statement = statementOf(task.query);
    switch (statement.type) {
      case 'empty':
        this.#engine.execute(endOf(task.task_id, undefined), 'background');
        return;
      case 'flow':
        return this.#createFlow(task, task.task_data, statement.flow, statement.force_priority);
      case 'call':
        return this.#call({ ...begun, data: task.task_data, routine: statement.routine });
    }
  }

  #createFlow(task: Task, data: FlowTaskData, flow: string, force_priority: number | null): void {
    this.#checkDepth(data.flow_id, flow);
    let failure: { readonly error: unknown } | undefined;
    try {
      this.#engine.execute(
        {
          type: 'create_flow',
          from: 'elsewhere',
          _flow: flow,
          _arguments: data.step_arguments,
          _parent_task_id: task.task_id,
          ...(force_priority === null ? {} : { _force_priority: force_priority }),
        },
        'background',
      );
    } catch (error) {
      failure = { error };
    }
    this.#engine.execute(endOf(task.task_id, failure), 'background');
  }

  async #call(begun: Begun & { readonly data: FlowTaskData; readonly routine: string }): Promise<void> {
    const { task, data, routine, connection, connectionName } = begun;
    const { flow_id, node, step_arguments } = data;
    const call = (this.#counts.get(routine) ?? 0) + 1;
    this.#counts.set(routine, call);
    const [row] = this.#engine.execute({ type: 'args', _flow_id: flow_id }, 'background');
    const args: CallbackArguments = {
      flow_id,
      flow: this.#engine.state.flows.get(flow_id)?.flow ?? '',
      flow_arguments: copyOf(row!.args),
      node,
      step_arguments: copyOf(step_arguments),
      task_id: task.task_id,
    };
    const plan = this.#rules.of(routine, { ...args, call });
    const found = this.#routines.get(routine);
    if (plan.replacement === undefined && found === undefined) throw this.#missing(routine, args);
    const number = this.#calls.length + 1;
    const called = { number, call, routine, args, task, connection, connectionName };
    const running = new RunningCall(this.#engine, called, plan);
    this.#calls.push(running);
    this.#running.set(connectionName, running);
    await running.begin(found);
  }

  #missing(routine: string, { node, flow_id }: CallbackArguments): SimulationError {
    const known = [...this.#routines.keys()].sort();
    return new SimulationError(
      `node ${node} of flow ${flow_id} calls the routine "${routine}", which is not there: add it to options.routines (${
        known.length === 0 ? 'there is none' : `known: ${known.join(', ')}`
      }), or replace it with routine('${routine}').returns()`,
    );
  }

  #checkDepth(flow_id: number, flow: string): void {
    let depth = 0;
    let parent: number | null | undefined = flow_id;
    while (parent != null && depth <= deepest) {
      depth++;
      parent = this.#engine.state.flows.get(parent)?.parent_flow_id;
    }
    if (depth <= deepest) return;
    throw new SimulationError(
      `flow ${flow} is started ${deepest} flows deep: steps_to_flow starts flows without end`,
    );
  }
}
