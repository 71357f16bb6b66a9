/**
 * The published worker of 0.8.1 in virtual time. It reads a batch, starts the tasks behind it, works on all of them
 * (a limited number at a time), and reads again only when the last of them is done.
 */
import type { Instant } from '../../../../model/kernel/instant.ts';
import type { PgflowCommand } from '../../../../model/pgflow/0.8.1/commands.ts';
import { OpenCall } from '../../../twin/open-calls.ts';
import { type Attempt, inOrder } from './attempt.ts';
import type { ResolvedWorkerConfig } from './config.ts';
import { type CallingWorker, callHandler, frozenConfig } from './handler-call.ts';
import { Polling } from './polling.ts';
import { report } from './report.ts';
import type { World } from './world.ts';

export type WorkerStatus = 'starting' | 'running' | 'deprecated' | 'stopping' | 'stopped' | 'dead';

export class SimulatedWorker {
  readonly number: number;
  readonly id: string;
  readonly config: ResolvedWorkerConfig;
  status: WorkerStatus = 'starting';

  readonly #world: World;
  readonly #polling: Polling;
  #isShuttingDown = false;
  readonly #calling: CallingWorker;
  readonly #read: PgflowCommand;
  #isDeprecated = false;
  readonly #running = new Set<Attempt>();
  #waiting: Attempt[] = [];
  /** Of those that wait, the first that still does. */
  #next = 0;
  /** What the main loop waits for: all that were read together. */
  #batch: { remaining: number } | undefined;

  constructor(world: World, number: number, config: ResolvedWorkerConfig) {
    this.#world = world;
    this.number = number;
    this.id = `00000000-0000-4000-9000-${number.toString(16).padStart(12, '0')}`;
    this.config = config;
    this.#polling = new Polling(config);
    this.#calling = {
      config: frozenConfig(world, config),
      isShuttingDown: () => this.#isShuttingDown,
    };
    const { visibilityTimeout: vt, batchSize: qty } = config;
    this.#read = { type: 'pgmq.read', queue_name: world.flow.slug, vt, qty };
  }

  /** Whether it looks at the queue, again and again. */
  get isPolling(): boolean {
    return this.#polling.since !== undefined;
  }

  /** Whether it will read messages, now or later. */
  get willRead(): boolean {
    return this.status === 'starting' || this.status === 'running' || this.isPolling;
  }

  async start(): Promise<void> {
    if (this.status !== 'starting') return;
    const queue_name = this.#world.flow.slug;
    await this.#world.rows({
      type: 'insert_worker',
      worker_id: this.id,
      queue_name,
      function_name: `${queue_name}_worker`,
    });
    this.status = 'running';
    this.#world.note({ type: 'worker', worker: this.number, what: 'started' });
    this.#nextRound();
  }

  /** One turn of the main loop, up to its poll. */
  #nextRound(): void {
    this.#batch = undefined;
    if (this.status !== 'running') return;
    const { now, isReachable } = this.#world;
    if (isReachable && this.#polling.sendsHeartbeat(now) && this.#isDeprecated) {
      this.#leaveLoop();
      return;
    }
    this.#polling.begin(now);
    if (this.#isDeprecated) this.#leaveLoopAtHeartbeat();
  }

  /** When it will look at the queue next, if something is visible there from that instant on; Infinity if never. */
  nextLook(visibleFrom: Instant): Instant {
    const { now, reachableFrom } = this.#world;
    return this.#polling.lookFrom(Math.max(visibleFrom, now, reachableFrom));
  }

  /** Gives how many tasks it started. */
  async look(): Promise<number> {
    const world = this.#world;
    const read = world.rows(this.#read);
    const messages = read instanceof Promise ? await read : read;
    this.#polling.end(world.now);
    const msg_ids = messages.map(({ msg_id }) => msg_id as number);
    const flow_slug = world.flow.slug;
    const started = world.rows({ type: 'start_tasks', flow_slug, msg_ids, worker_id: this.id });
    const tasks = started instanceof Promise ? await started : started;
    const attempts = inOrder(world, this.number, tasks, messages);
    for (const attempt of attempts) world.takesOff(attempt);

    if (this.status === 'stopping') {
      // Surprise: they were started all the same, and in this release nobody starts them a second time.
      for (const attempt of attempts) {
        this.#strand(attempt, 'its worker was stopping, and threw away what it had read');
      }
      this.#stopIfDone();
    } else if (attempts.length === 0) this.#nextRound();
    else this.#workOn(attempts);
    return attempts.length;
  }

  #workOn(attempts: readonly Attempt[]): void {
    this.#batch = { remaining: attempts.length };
    for (const attempt of attempts) {
      attempt.batch = this.#batch;
      this.#waiting.push(attempt);
    }
    this.#fill();
  }

  /** Begins as many as may be worked on at the same time. */
  #fill(): void {
    while (this.#running.size < this.config.maxConcurrent) {
      const attempt = this.#waiting[this.#next];
      if (attempt === undefined) break;
      this.#next++;
      if (this.#isShuttingDown) {
        this.#strand(attempt, 'its worker was stopping (AbortError), which is not reported as a failure');
      } else this.#begin(attempt);
    }
    if (this.#next === this.#waiting.length) {
      this.#waiting = [];
      this.#next = 0;
    }
    this.#stopIfDone();
  }

  #begin(attempt: Attempt): void {
    const world = this.#world;
    const plan = world.planOf(attempt);
    attempt.plan = plan;
    this.#running.add(attempt);
    if (plan.crash === 'before') {
      world.crash(this, 'before', attempt);
      return;
    }
    if (attempt.startedAt !== world.now) {
      world.note({ type: 'called late', worker: this.number, task: attempt.key });
    }
    if (plan.deliveredTwice) world.deliverAgain(attempt.msg_id);
    const settlement = callHandler(world, attempt, this.#calling);
    attempt.settlement = settlement;
    if (plan.crash === 'during') {
      world.after(Math.floor(plan.takes / 2), () => {
        if (this.#running.has(attempt)) world.crash(this, 'during', attempt);
      });
      return;
    }
    world.after(plan.takes, () => this.#due(attempt));
    if (settlement.settled) return;
    attempt.open = new OpenCall(settlement, attempt, () => this.#end(attempt));
    world.calls.add(attempt.open);
  }

  /** Virtual time has come to where the handler is to end. */
  #due(attempt: Attempt): void | Promise<void> {
    if (!this.#running.has(attempt)) return;
    const { settlement, plan, open } = attempt;
    if (settlement!.settled) return this.#end(attempt);
    if (!plan!.isLimited) return this.#world.calls.open(open!, { hadTime: false });
    const { handlerTimeout } = this.#world;
    return settlement!.wait(handlerTimeout, attempt).then(() => this.#end(attempt));
  }

  /** The handler has settled. */
  async #end(attempt: Attempt): Promise<void> {
    if (!this.#running.has(attempt)) return;
    const world = this.#world;
    const settled = attempt.settlement!.settled!;
    this.#forget(attempt);
    if (attempt.plan!.crash === 'after') {
      world.crash(this, 'after', attempt);
      return;
    }
    const reported = report(world, this.number, attempt, settled);
    const left = reported instanceof Promise ? await reported : reported;
    this.#running.delete(attempt);
    if (left === undefined) world.lands(attempt);
    else this.#strand(attempt, left.cause);

    const batch = attempt.batch!;
    batch.remaining -= 1;
    this.#fill();
    // Surprise: a report that could not be delivered ends the batch for the main loop, which reads on beside the rest.
    const isOver = batch.remaining === 0 || left?.endsBatch === true;
    if (isOver && this.#batch === batch) this.#nextRound();
  }

  #forget({ open }: Attempt): void {
    if (open) this.#world.calls.delete(open);
  }

  #strand(attempt: Attempt, cause: string): void {
    this.#forget(attempt);
    this.#world.lands(attempt);
    const wasCalled = attempt.settlement !== undefined;
    this.#world.note({ type: 'stranded', worker: this.number, task: attempt.key, cause, wasCalled });
  }

  /** Gracefully: what runs may end and is reported, what waits is given up, and a poll under way goes on to its end. */
  stop(): void {
    if (this.status === 'starting') this.status = 'stopped';
    if (this.status !== 'running' && this.status !== 'deprecated') return;
    const world = this.#world;
    this.status = 'stopping';
    world.note({ type: 'worker', worker: this.number, what: 'stopping' });
    this.#isShuttingDown = true;
    for (const { open, shutdown } of this.#running) {
      shutdown?.abort();
      // What they do about it they may do in real time.
      if (open && shutdown?.isUsed) world.calls.rouse(open, () => shutdown.isNoticed);
    }
    if (this.isPolling) {
      world.at(this.#polling.endAfterThis(world.now), () => {
        this.#polling.end(world.now);
        this.#stopIfDone();
      });
    } else this.#stopIfDone();
  }

  #stopIfDone(): void {
    if (this.status !== 'stopping' || this.isPolling) return;
    if (this.#running.size > 0 || this.#next < this.#waiting.length) return;
    this.status = 'stopped';
    this.#world.note({ type: 'worker', worker: this.number, what: 'stopped' });
  }

  /** At once, without a word to anybody; what it worked on stays as it is. */
  die(cause: string): void {
    if (this.status === 'stopped' || this.status === 'dead') return;
    this.status = 'dead';
    this.#polling.end(this.#world.now);
    const abandoned = [...this.#running, ...this.#waiting.slice(this.#next)];
    this.#running.clear();
    this.#waiting = [];
    this.#next = 0;
    for (const attempt of abandoned) this.#strand(attempt, cause);
  }

  /** Its row says so; it finds out by its next heartbeat, and then reads no more. */
  deprecated(): void {
    this.#isDeprecated = true;
    if (this.isPolling && this.status === 'running') this.#leaveLoopAtHeartbeat();
  }

  #leaveLoop(): void {
    this.#polling.end(this.#world.now);
    this.status = 'deprecated';
    this.#world.note({ type: 'worker', worker: this.number, what: 'deprecated' });
  }

  #leaveLoopAtHeartbeat(): void {
    const { since } = this.#polling;
    this.#world.at(this.#polling.heartbeatFrom(this.#world.now), () => {
      if (this.#polling.since === since && this.status === 'running') this.#leaveLoop();
    });
  }
}
