/** The twin behind its interface: the functions, virtual time, and what can be seen. */
import { type Duration, toMilliseconds } from '../../twin/duration.ts';
import { SimulationError, shown } from '../../twin/simulation-error.ts';
import { timelineOf } from '../../twin/timeline.ts';
import { traceOf } from '../../twin/trace.ts';
import type { DagCascade } from './dag-cascade.ts';
import { Engine } from './engine/engine.ts';
import { type DagCascadeTrace, engine as name, release } from './engine/trace.ts';
import { Calls, configureIn, type Session } from './functions/calls.ts';
import type { ResolvedOptions } from './options.ts';
import { Orchestrator, type OrchestratorControl } from './routines/orchestrator.ts';
import { Rules } from './routines/rules.ts';
import { Runs } from './routines/runs.ts';
import { type RoutineStub, Stub } from './routines/stub.ts';
import { History } from './seen/history.ts';
import { flowSeen, tasksSeen } from './seen/rows.ts';
import { whatIsOpen } from './seen/stuck.ts';
import type { Timeline } from './seen/timeline.ts';

const actionOfAfter = { describe: () => 'the action of after()', advice: 'Raise options.handlerTimeout' };
/** What is shown of a timeline that may be long. */
const linesShown = 20;
/** More than any test needs, in one call of `drain` or the like: how often tasks are run, and one of them. */
const mostRuns = 100_000;
const mostRunsOfTask = 5000;

export class SimulatedDagCascade extends Calls implements DagCascade {
  readonly orchestrator: OrchestratorControl;
  readonly #engine: Engine;
  readonly #orchestrator: Orchestrator;
  readonly #rules = new Rules();
  readonly #history: History;

  constructor(options: ResolvedOptions) {
    const engine = new Engine(options, (next) => {
      const other = this.#orchestrator.next;
      // What was said to happen at that instant happens first.
      return next && other && next.at <= other.at ? undefined : other;
    });
    const session: Session = {
      execute: (command) => engine.execute(command, 'test'),
      refuse: (statement, error) => engine.refuse(statement, error),
      warn: (message) => void engine.warnings.push(message),
    };
    super(session);
    this.#engine = engine;
    this.#orchestrator = new Orchestrator(engine, this.#rules, options.routines);
    this.orchestrator = this.#orchestrator;
    this.#history = new History(engine);
    if (options.configuration !== undefined) {
      configureIn(session, options.configuration, 'options.configuration');
    }
    this.#orchestrator.start();
  }

  routine(name: string): RoutineStub {
    if (typeof name !== 'string') {
      throw new SimulationError(`the name of routine() is ${shown(name)}: expected a text`);
    }
    return new Stub(this.#rules, name, () => this.#orchestrator.calls);
  }

  get now(): Date {
    return new Date(this.#engine.now);
  }

  get elapsedMs(): number {
    return this.#engine.now - this.#engine.startedAt;
  }

  async drain(): Promise<void> {
    // What was canceled is over when the orchestrator has found the request.
    const isDrained = () => {
      const { openFlows, open } = this.#engine.state;
      return openFlows.size === 0 && open.size === 0 && !this.#orchestrator.isCalling;
    };
    if (await this.#drive(isDrained)) return;
    throw new SimulationError(
      `drain() cannot finish: ${whatIsOpen(this.#engine.state, this.#orchestrator.isRunning)}\n${this.#lastLines}`,
    );
  }

  async advance(duration: Duration): Promise<void> {
    const ms = toMilliseconds(duration, 'the duration of advance()');
    await this.#drive(
      () => false,
      () => this.#engine.now + ms,
    );
  }

  async runUntil(condition: () => boolean): Promise<void> {
    checkFunction(condition, 'the condition of runUntil()');
    if (await this.#drive(() => condition())) return;
    throw new SimulationError(
      `the condition of runUntil() is still false, and nothing else will happen\n${this.#lastLines}`,
    );
  }

  after(duration: Duration, action: () => unknown): void {
    checkFunction(action, 'the action of after()');
    const { clock, handlerTimeout } = this.#engine;
    const ms = toMilliseconds(duration, 'the duration of after()');
    clock.at(clock.now + ms, async () => {
      const settlement = clock.calls.call(action);
      const settled = await settlement.wait(handlerTimeout, actionOfAfter);
      if (!settled.ok) throw settled.error;
    });
  }

  flow(flow_id: number) {
    const { state } = this.#engine;
    const run = typeof flow_id === 'number' ? state.flows.get(flow_id) : undefined;
    if (run) return flowSeen(state, run);
    const ids = state.flows.entries().map(([id]) => id);
    const known = ids.length === 0 ? 'there is none' : `known: ${ids.slice(0, linesShown).join(', ')}`;
    throw new SimulationError(`there is no flow ${shown(flow_id)} (${known})`);
  }

  get flows() {
    const { state } = this.#engine;
    return state.flows.values().map((run) => flowSeen(state, run));
  }

  get tasks() {
    return tasksSeen(this.#engine.state);
  }

  get pools() {
    return [...this.#engine.state.trackers.values()]
      .map((row) => ({ ...row }))
      .sort((a, b) => (a.concurrency_pool < b.concurrency_pool ? -1 : 1));
  }

  get calls() {
    return this.#orchestrator.calls;
  }

  get timeline(): Timeline {
    return timelineOf(this.#history.timeline);
  }

  get warnings(): readonly string[] {
    const { state, warnings } = this.#engine;
    const isOver = state.lastFlow > 0 && state.openFlows.size === 0 && state.open.size === 0;
    // Before that, a call may still meet them.
    return [...warnings, ...(isOver ? [...this.#rules.unreached, ...this.#orchestrator.uncalled] : [])];
  }

  get trace(): DagCascadeTrace {
    return traceOf({ engine: name, release }, this.#engine.startedAt, this.#engine.log);
  }

  get #lastLines(): Timeline {
    return timelineOf(this.#history.timeline.slice(-linesShown));
  }

  /** @throws SimulationError where so many tasks are run that there is no end in sight */
  async #drive(until: () => boolean, limitOf?: () => number): Promise<boolean> {
    const { now } = this.#engine;
    const runs = new Runs();
    this.#orchestrator.runs = runs;
    let endless: string | undefined;
    const holds = await this.#engine.clock.drive(() => {
      // Where time is limited, whatever takes some of it comes to an end.
      const more = limitOf ? (this.#engine.now - now) / 100 : 0;
      const { total, most } = runs;
      if (most.count > mostRunsOfTask + more) {
        endless = `task ${most.task_id} was run ${most.count.toLocaleString('en-US')} times: it defers itself again and again`;
      } else if (total > mostRuns + more) {
        endless = `tasks were run ${total.toLocaleString('en-US')} times: flows start each other without end`;
      }
      return endless !== undefined || until();
    }, limitOf);
    if (endless === undefined) return holds;
    throw new SimulationError(`stopped, as ${endless}\n${this.#lastLines}`);
  }
}

function checkFunction(value: unknown, what: string): void {
  if (typeof value === 'function') return;
  throw new SimulationError(`${what} is ${shown(value)}: expected a function`);
}
