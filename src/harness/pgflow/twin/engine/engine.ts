/** One simulation at work: its workers, its database, and the log of what happened between them. */
import type { Instant } from '../../../../model/kernel/instant.ts';
import type { Row } from '../../../../model/kernel/transition.ts';
import type { PgflowCommand } from '../../../../model/pgflow/0.8.1/commands.ts';
import type { PgflowState } from '../../../../model/pgflow/0.8.1/state.ts';
import type { Event } from '../../../twin/agenda.ts';
import { Clockwork } from '../../../twin/clockwork.ts';
import { OpenCalls } from '../../../twin/open-calls.ts';
import { SimulationError, shown } from '../../../twin/simulation-error.ts';
import type { Answer, Backend } from '../backend/backend.ts';
import { rowsOf, unreachable } from '../backend/database.ts';
import { type Plan, Plans } from '../faults/plans.ts';
import { fateOf, type ScheduledAttempt } from '../faults/schedule.ts';
import type { FlowDefinition } from '../flow/flow.ts';
import type { AttemptKey, CrashPoint, Entry, Note, Stranded } from '../log/log.ts';
import type { Attempt } from '../worker/attempt.ts';
import type { ResolvedWorkerConfig } from '../worker/config.ts';
import { SimulatedWorker } from '../worker/worker.ts';
import type { World } from '../worker/world.ts';
import type { ResolvedOptions } from './options.ts';
import { QueueWatch } from './queue-watch.ts';
import { RunNumbers } from './run-numbers.ts';
import type { Waiting } from './waiting.ts';

/** A value that the database stores differently from what the handler returned, or a rule that no attempt has met. */
export interface Warning {
  /** 0: of a rule for any run. */
  readonly run: number;
  readonly step: string;
  readonly index: number;
  /** 0: of a rule for any attempt. */
  readonly attempt: number;
  /** `$.at: a Date became a string` */
  readonly message: string;
  /** Of a rule, where it was written: `tests/order.test.ts:12:5`. */
  readonly place?: string;
}

export class Engine implements World {
  readonly flow: FlowDefinition;
  readonly options: ResolvedOptions;
  readonly clock: Clockwork;
  readonly calls: OpenCalls;
  readonly log: Entry[] = [];
  readonly plans = new Plans();
  readonly runs = new RunNumbers();
  readonly workers: SimulatedWorker[] = [];
  readonly warnings: Warning[] = [];
  readonly queue: QueueWatch;
  /** Calls of clients, which are no workers of the simulation. */
  readonly waiting = new Set<Waiting>();
  /** The tasks that clients started and that no client has reported yet, by name. */
  readonly startedByClients = new Map<string, AttemptKey>();
  reachableFrom: Instant;
  /** Grows whenever a run may have come to a standstill. */
  doubts = 0;

  readonly #backend: Backend;
  /** Attempts that somebody works on, by run; a run without any is left out. */
  readonly #inFlight = new Map<string, number>();
  /** By run, in order. */
  readonly #stranded = new Map<string, Stranded[]>();
  /** Those that may still look at the queue. */
  #atWork: SimulatedWorker[] = [];

  constructor(flow: FlowDefinition, backend: Backend, options: ResolvedOptions) {
    this.flow = flow;
    this.options = options;
    this.#backend = backend;
    this.calls = new OpenCalls(options.handlerTimeout);
    this.clock = new Clockwork(options.startedAt, this.calls, (next) => this.#beforeEvent(next));
    this.reachableFrom = options.startedAt;
    this.queue = new QueueWatch(flow.slug);
    for (let i = 0; i < options.workers; i++) this.addWorker(options.worker);
  }

  get now(): Instant {
    return this.clock.now;
  }
  get startedAt(): Instant {
    return this.options.startedAt;
  }
  get state(): PgflowState {
    return this.#backend.state;
  }
  get context(): Readonly<Record<string, unknown>> {
    return this.options.context;
  }
  get handlerTimeout(): number {
    return this.options.handlerTimeout;
  }
  get handlers(): 'real' | 'stubbed' {
    return this.options.handlers;
  }
  get isReachable(): boolean {
    return this.now >= this.reachableFrom;
  }

  rows(command: PgflowCommand, thrown?: unknown): readonly Row[] | Promise<readonly Row[]> {
    if (!this.isReachable) throw unreachable();
    const answer = this.#backend.execute(command, this.now);
    return answer instanceof Promise
      ? answer.then((each) => this.#keep(command, each, thrown))
      : this.#keep(command, answer, thrown);
  }

  #keep(command: PgflowCommand, { result, order }: Answer, thrown: unknown): readonly Row[] {
    const atMs = this.now - this.startedAt;
    if (thrown !== undefined) this.log.push({ atMs, command, ...(order && { order }), thrown });
    else this.log.push(order === undefined ? { atMs, command } : { atMs, command, order });
    return rowsOf(result, command);
  }

  note(note: Note): void {
    this.log.push({ atMs: this.now - this.startedAt, note });
    this.doubts++;
    if (note.type !== 'stranded') return;
    const { run_id } = note.task;
    const ofRun = this.#stranded.get(run_id);
    if (ofRun) ofRun.push(note);
    else this.#stranded.set(run_id, [note]);
  }

  /** Attempts at tasks of the run that nobody works on any more, and that nobody told the database. */
  strandedIn(run_id: string): readonly Stranded[] {
    return this.#stranded.get(run_id) ?? [];
  }

  warn({ run_id, step_slug, task_index, attempt }: AttemptKey, losses: readonly string[]): void {
    const where = { run: this.numberOf(run_id), step: step_slug, index: task_index, attempt };
    for (const message of losses) this.warnings.push({ ...where, message });
  }

  at(instant: Instant, run: Event['run']): void {
    this.clock.at(instant, run);
  }

  after(ms: number, run: Event['run']): void {
    this.clock.at(this.now + ms, run);
  }

  numberOf(run_id: string): number {
    return this.runs.numberOf(run_id);
  }

  /** @throws SimulationError where the schedule says what cannot be. */
  planOf(attempt: Attempt): Plan {
    const { run, key, worker } = attempt;
    const asked: ScheduledAttempt = {
      run,
      step: key.step_slug,
      index: key.task_index,
      attempt: key.attempt,
      worker,
    };
    return this.plans.of(asked, fateOf(this.options.schedule, asked));
  }

  takesOff({ key: { run_id } }: Pick<Attempt, 'key'>): void {
    this.#inFlight.set(run_id, (this.#inFlight.get(run_id) ?? 0) + 1);
  }

  lands({ key: { run_id } }: Pick<Attempt, 'key'>): void {
    const left = this.#inFlight.get(run_id)! - 1;
    if (left === 0) this.#inFlight.delete(run_id);
    else this.#inFlight.set(run_id, left);
  }

  isWorkedOn(run_id: string): boolean {
    return this.#inFlight.has(run_id);
  }

  deliverAgain(msg_id: number): void {
    this.after(0, () => this.#run({ type: 'pgmq.set_vt', queue_name: this.flow.slug, msg_id, vt: 0 }));
  }

  #run(command: PgflowCommand): void | Promise<void> {
    const rows = this.rows(command);
    if (rows instanceof Promise) return rows.then(() => undefined);
  }

  addWorker(config: ResolvedWorkerConfig): SimulatedWorker {
    const worker = new SimulatedWorker(this, this.workers.length + 1, config);
    this.workers.push(worker);
    this.#atWork.push(worker);
    this.at(this.now, () => this.#startWorker(worker));
    return worker;
  }

  #startWorker(worker: SimulatedWorker): void | Promise<void> {
    // It is started again and again until it comes up.
    if (!this.isReachable) return this.at(this.reachableFrom, () => this.#startWorker(worker));
    return worker.start();
  }

  crash(worker: SimulatedWorker, when: CrashPoint, attempt: Attempt): void {
    this.note({ type: 'crashed', worker: worker.number, when, task: attempt.key });
    worker.die(`its worker crashed ${when} the handler's work`);
    const { replaceCrashedWorkers: delay } = this.options;
    if (delay !== false) this.after(delay, () => void this.addWorker(worker.config));
  }

  deprecate(worker: SimulatedWorker): void | Promise<void> {
    const done = this.#run({ type: 'deprecate_worker', worker_id: worker.id });
    if (done instanceof Promise) return done.then(() => worker.deprecated());
    worker.deprecated();
  }

  close(): Promise<void> {
    return this.#backend.close();
  }

  /** What comes before the next event: a look of a worker at the queue, or of a client. */
  #beforeEvent(next: Event | undefined): { at: Instant; run(): void | Promise<void> } | undefined {
    let first: { at: Instant; run(): void | Promise<void> } | undefined = this.#nextLook(next);
    for (const waiting of this.waiting) {
      const at = waiting.nextTurn();
      if (at >= ((first ?? next)?.at ?? Number.POSITIVE_INFINITY)) continue;
      const run = () => {
        this.waiting.delete(waiting);
        return waiting.take();
      };
      first = { at, run };
    }
    return first;
  }

  /** The next look at the queue, where it comes before the next event. */
  #nextLook(next: Event | undefined): { at: Instant; run(): Promise<void> } | undefined {
    let at = next === undefined ? Number.POSITIVE_INFINITY : next.at;
    let visibleFrom: Instant | undefined;
    const first: SimulatedWorker[] = [];
    let gone = 0;
    for (const worker of this.#atWork) {
      if (worker.status === 'dead' || worker.status === 'stopped') gone++;
      if (!worker.isPolling) continue;
      visibleFrom ??= this.queue.visibleFrom(this.state);
      const look = worker.nextLook(visibleFrom);
      // What else happens at that instant happens first.
      if (look >= at && (first.length === 0 || look > at)) continue;
      if (look < at) first.length = 0;
      at = look;
      first.push(worker);
    }
    if (gone > 0)
      this.#atWork = this.#atWork.filter(({ status }) => status !== 'dead' && status !== 'stopped');
    return first.length === 0 ? undefined : { at, run: () => this.#look(this.#chosen(first)) };
  }

  #chosen(workers: readonly SimulatedWorker[]): SimulatedWorker {
    if (workers.length === 1) return workers[0]!;
    const position = this.options.schedule.looksFirst?.(workers.map(({ number }) => number)) ?? 0;
    // Any other name is one of the list itself.
    const worker = Number.isInteger(position) ? workers[position] : undefined;
    if (worker) return worker;
    throw new SimulationError(
      `schedule.looksFirst returned ${shown(position)}: expected a position in a list of ${workers.length}`,
    );
  }

  async #look(worker: SimulatedWorker): Promise<void> {
    const tasks = await worker.look();
    this.queue.looked(tasks);
    if (tasks === 0) this.doubts++;
  }
}
