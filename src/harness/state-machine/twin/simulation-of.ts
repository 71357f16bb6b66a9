/** The simulation behind its interface. */
import {
  isJsonata,
  type MachineJson,
} from '../../../model/state-machine/states-language/language/definition.ts';
import { statesIn } from '../../../model/state-machine/states-language/language/scopes.ts';
import { type Duration, toMilliseconds } from '../../twin/duration.ts';
import { SimulationError, shown } from '../../twin/simulation-error.ts';
import { timelineOf } from '../../twin/timeline.ts';
import { traceOf } from '../../twin/trace.ts';
import { Engine } from './engine/engine.ts';
import type { ResolvedOptions } from './options.ts';
import { type Coverage, coverageOf } from './seen/coverage.ts';
import { type Driver, type Execution, SimulatedExecution } from './seen/execution.ts';
import { whatIsOpen } from './seen/stuck.ts';
import { entryOf, isTold, type Timeline } from './seen/timeline.ts';
import type { StateMachineSimulation, StateMachineTrace } from './simulation.ts';
import type { TaskCall } from './tasks/handler.ts';
import { resultOf } from './tasks/result.ts';
import { Stub, type TaskStub } from './tasks/stub.ts';
import { ofResource, ofState, Workers } from './tasks/workers.ts';

const actionOfAfter = { describe: () => 'the action of after()', advice: 'Raise options.handlerTimeout' };
/** What is shown of a timeline that may be long. */
const linesShown = 20;

export class SimulatedStateMachine implements StateMachineSimulation {
  readonly #definition: MachineJson;
  readonly #engine: Engine;
  readonly #workers: Workers;
  readonly #executions: SimulatedExecution[] = [];

  constructor(definition: MachineJson, options: ResolvedOptions) {
    this.#definition = definition;
    const isJsonata = usesJsonata(definition);
    this.#engine = new Engine({ ...options, isJsonata }, (next) => {
      const other = this.#next;
      // What was said to happen at that instant happens first.
      return next && other && next.at <= other.at ? undefined : other;
    });
    this.#workers = new Workers(this.#engine, options.handlers);
    this.#engine.execute({ type: 'create_machine', machine: options.name, definition });
  }

  start(input: unknown = {}): Execution {
    const value = resultOf(input, 'start() was given');
    const [row] = this.#engine.execute({
      type: 'start_execution',
      machine: this.#engine.options.name,
      input: value,
    });
    const driver: Driver = {
      finish: (each) => this.#finish(each),
      cancel: (number) => this.#cancel(number),
    };
    const execution = new SimulatedExecution(this.#engine, Number(row!.execution), driver);
    this.#executions.push(execution);
    return execution;
  }

  state(name: string): TaskStub {
    const tasks = [...statesIn(this.#definition)].filter(([, { Type }]) => Type === 'Task');
    if (!tasks.some(([each]) => each === name)) {
      const known = tasks.map(([each]) => each).join(', ');
      throw new SimulationError(
        `there is no Task ${shown(name)} (${known === '' ? 'there is none' : `known: ${known}`})`,
      );
    }
    return this.#stub(ofState(name), (call) => call.state === name);
  }

  resource(name: string): TaskStub {
    const known = new Set([...statesIn(this.#definition)].flatMap(([, { Resource }]) => Resource ?? []));
    if (!known.has(name)) {
      throw new SimulationError(
        `no state has the Resource ${shown(name)} (${known.size === 0 ? 'there is none' : `known: ${[...known].join(', ')}`})`,
      );
    }
    return this.#stub(ofResource(name), (call) => call.resource === name);
  }

  #stub(subject: string, isOwn: (call: TaskCall) => boolean): TaskStub {
    return new Stub(this.#workers.rules, subject, () => this.#workers.calls.filter(isOwn));
  }

  get now(): Date {
    return new Date(this.#engine.now);
  }
  get elapsedMs(): number {
    return this.#engine.now - this.#engine.options.startedAt;
  }

  async advance(duration: Duration): Promise<void> {
    const ms = toMilliseconds(duration, 'the duration of advance()');
    await this.#engine.clock.drive(
      () => false,
      () => this.#engine.now + ms,
    );
  }

  async runUntil(condition: () => boolean): Promise<void> {
    checkFunction(condition, 'the condition of runUntil()');
    if (await this.#engine.clock.drive(() => condition())) return;
    throw new SimulationError(
      `the condition of runUntil() is still false, and nothing else will happen\n${this.#lastLines}`,
    );
  }

  after(duration: Duration, action: () => unknown): void {
    checkFunction(action, 'the action of after()');
    const { clock, options } = this.#engine;
    const ms = toMilliseconds(duration, 'the duration of after()');
    clock.at(clock.now + ms, async () => {
      const settled = await clock.calls.call(action).wait(options.handlerTimeout, actionOfAfter);
      if (!settled.ok) throw settled.error;
    });
  }

  get executions(): readonly Execution[] {
    return [...this.#executions];
  }
  get calls(): readonly TaskCall[] {
    return this.#workers.calls;
  }
  get coverage(): Coverage {
    return coverageOf(this.#definition, this.#engine.told);
  }

  get timeline(): Timeline {
    const { told, options } = this.#engine;
    return timelineOf(told.filter(isTold).map((each) => entryOf(each, options.startedAt)));
  }

  get warnings(): readonly string[] {
    const { warnings } = this.#engine;
    const isOver = this.#executions.length > 0 && this.#executions.every((each) => each.isOver);
    // Before that, a call may still meet them.
    return [...warnings, ...(isOver ? [...this.#workers.rules.unreached, ...this.#workers.uncalled] : [])];
  }

  get trace(): StateMachineTrace {
    const { commands, options } = this.#engine;
    return traceOf({ engine: 'state-machine', release: 'states-language' }, options.startedAt, commands);
  }

  get #lastLines(): Timeline {
    return timelineOf(this.timeline.slice(-linesShown));
  }

  /** What an execution has to do comes first, then what handlers have, then what is due by time. */
  get #next(): { readonly at: number; run(): void | Promise<void> } | undefined {
    const { state, now } = this.#engine;
    if (this.#hasWork) return { at: now, run: () => this.#work() };
    const call = this.#workers.next;
    const due = state.timers.least;
    if (call && call.at <= due) return call;
    return due === Number.POSITIVE_INFINITY
      ? undefined
      : { at: due, run: () => void this.#engine.execute({ type: 'tick' }) };
  }

  get #hasWork(): boolean {
    return this.#engine.hasMessages || this.#workers.hasWork;
  }

  async #work(): Promise<void> {
    await this.#engine.carryOut();
    await this.#workers.work();
  }

  async #finish(execution: Execution): Promise<void> {
    if (await this.#engine.clock.drive(() => execution.isOver)) return;
    const row = this.#engine.state.executions.get(execution.number)!;
    throw new SimulationError(`finish() cannot finish: ${whatIsOpen(row)}\n${this.#lastLines}`);
  }

  #cancel(execution: number): void {
    this.#engine.executeFor(execution, { type: 'cancel_execution', execution });
  }
}

const usesJsonata = (definition: MachineJson): boolean =>
  [...statesIn(definition)].some(([, state]) => isJsonata(definition, state));

function checkFunction(value: unknown, what: string): void {
  if (typeof value === 'function') return;
  throw new SimulationError(`${what} is ${shown(value)}: expected a function`);
}
