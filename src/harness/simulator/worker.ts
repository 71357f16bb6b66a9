/**
 * The published worker of 0.8.1 in virtual time. It reads a batch, starts the tasks behind it, works on all of them
 * (a limited number at a time), and reads again only when the last of them is done.
 */
import type { Instant } from '../../model/kernel/instant.ts';
import { Attempt, inOrder } from './attempt.ts';
import { copyOf } from './json.ts';
import type { CrashPoint } from './log.ts';
import type { ResolvedWorkerConfig } from './options.ts';
import { report } from './report.ts';
import { Settlement } from './settlement.ts';
import type { World } from './world.ts';

export type WorkerStatus = 'starting' | 'running' | 'deprecated' | 'stopping' | 'stopped' | 'dead';

/** All that were read together. */
interface Batch {
  remaining: number;
}

const heartbeatInterval = 5000;

export class SimulatedWorker {
  readonly number: number;
  readonly id: string;
  readonly config: ResolvedWorkerConfig;
  status: WorkerStatus = 'starting';

  readonly #world: World;
  readonly #shutdown = new AbortController();
  readonly #workerConfig: object;
  /** Since when it looks at the queue, in the grid of its poll interval; undefined while it works on a batch. */
  #origin: Instant | undefined;
  /** When the poll ends that was under way as the worker was asked to stop. */
  #lastPollEnds: Instant | undefined;
  #lastHeartbeat: Instant = 0;
  #isDeprecated = false;
  readonly #running = new Set<Attempt>();
  #waiting: Attempt[] = [];
  /** Of those that wait, the first that still does. */
  #next = 0;
  #batch: Batch | undefined;

  constructor(world: World, number: number, config: ResolvedWorkerConfig) {
    this.#world = world;
    this.number = number;
    this.id = `00000000-0000-4000-9000-${number.toString(16).padStart(12, '0')}`;
    this.config = config;
    const env = (world.context.env ?? {}) as object;
    this.#workerConfig = deepFreeze({ ...config, maxPgConnections: 4, env: copyOf(env) });
  }

  get shutdownSignal(): AbortSignal {
    return this.#shutdown.signal;
  }

  /** Whether it looks at the queue, again and again. */
  get isPolling(): boolean {
    return this.#origin !== undefined;
  }

  /** Whether it may still read messages. */
  get isAlive(): boolean {
    return this.status === 'starting' || this.status === 'running';
  }

  async start(): Promise<void> {
    if (this.status !== 'starting') return;
    const world = this.#world;
    const { number, id } = this;
    const queue_name = world.flow.slug;
    await world.rows({ type: 'insert_worker', worker_id: id, queue_name, function_name: `${queue_name}_worker` });
    this.status = 'running';
    world.note({ type: 'worker', worker: number, what: 'started' });
    this.#nextRound();
  }

  /** One turn of the main loop, up to its poll. */
  #nextRound(): void {
    this.#batch = undefined;
    if (this.status === 'stopping') return this.#stopIfDone();
    if (this.status !== 'running') return;
    const { now, isReachable } = this.#world;
    if (isReachable && now - this.#lastHeartbeat >= heartbeatInterval) {
      this.#lastHeartbeat = now;
      if (this.#isDeprecated) return this.#leaveLoop();
    }
    this.#origin = now;
    if (this.#isDeprecated) this.#leaveLoopAtHeartbeat();
  }

  /** When it will look at the queue next, if something is visible there from that instant on; Infinity if never. */
  nextLook(visibleFrom: Instant): Instant {
    if (this.#origin === undefined) return Number.POSITIVE_INFINITY;
    const { now, reachableFrom } = this.#world;
    const from = Math.max(visibleFrom, now, reachableFrom);
    const { pollIntervalMs } = this.config;
    const look = this.#origin + Math.ceil((from - this.#origin) / pollIntervalMs) * pollIntervalMs;
    return this.#lastPollEnds !== undefined && look >= this.#lastPollEnds ? Number.POSITIVE_INFINITY : look;
  }

  /** The tasks that it started by looking. */
  async look(): Promise<number> {
    const world = this.#world;
    const { batchSize, visibilityTimeout } = this.config;
    const flow_slug = world.flow.slug;
    const read = world.rows({ type: 'pgmq.read', queue_name: flow_slug, vt: visibilityTimeout, qty: batchSize });
    const messages = read instanceof Promise ? await read : read;
    this.#keepHeartbeats();
    this.#origin = undefined;
    const msg_ids = messages.map(({ msg_id }) => msg_id as number);
    const started = world.rows({ type: 'start_tasks', flow_slug, msg_ids, worker_id: this.id });
    const tasks = started instanceof Promise ? await started : started;
    const attempts = inOrder(world, this.number, tasks, messages);
    for (const attempt of attempts) world.takesOff(attempt);

    if (this.status === 'stopping') {
      // Surprise: it was started all the same, and in this release nobody starts it a second time.
      for (const attempt of attempts) this.#strand(attempt, 'its worker was stopping, and threw away what it had read');
      this.#lastPollEnds = undefined;
      this.#stopIfDone();
    } else if (attempts.length === 0) this.#nextRound();
    else {
      this.#batch = { remaining: attempts.length };
      for (const attempt of attempts) {
        attempt.batch = this.#batch;
        this.#waiting.push(attempt);
      }
      this.#fill();
    }
    return attempts.length;
  }

  /** Begins as many as may be worked on at the same time. */
  #fill(): void {
    while (this.#running.size < this.config.maxConcurrent) {
      const attempt = this.#waiting[this.#next];
      if (attempt === undefined) break;
      this.#next++;
      if (this.#shutdown.signal.aborted) {
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
    this.#running.add(attempt);
    const plan = world.planOf(attempt);
    attempt.plan = plan;
    if (plan.crash === 'before') return world.crash(this, 'before', attempt);
    if (attempt.startedAt !== world.now) {
      world.note({ type: 'called late', worker: this.number, task: attempt.key });
    }
    if (plan.deliveredTwice) world.deliverAgain(attempt.msg_id);
    const { outcome } = plan;
    const input = copyOf(attempt.input);
    attempt.settlement = new Settlement(() => {
      if (outcome?.type === 'returns') return outcome.value;
      if (outcome?.type === 'throws') throw outcome.error;
      const handler = outcome?.handler ?? attempt.step.handler;
      return handler(input, this.#contextOf(attempt, input));
    });
    if (plan.crash === 'during') {
      world.after(Math.floor(plan.takes / 2), () => this.#crashIfRunning('during', attempt));
    } else world.after(plan.takes, () => this.#end(attempt));
  }

  #crashIfRunning(when: CrashPoint, attempt: Attempt): void {
    if (this.#running.has(attempt)) this.#world.crash(this, when, attempt);
  }

  #contextOf(attempt: Attempt, input: unknown): object {
    return {
      env: {},
      shutdownSignal: this.#shutdown.signal,
      rawMessage: attempt.rawMessage(),
      stepTask: attempt.stepTask(input),
      workerConfig: this.#workerConfig,
      ...this.#world.context,
    };
  }

  /** The handler is done, as far as virtual time goes. */
  async #end(attempt: Attempt): Promise<void> {
    if (!this.#running.has(attempt)) return;
    const settlement = attempt.settlement!;
    const world = this.#world;
    const settled = settlement.settled ?? (await settlement.wait(world.handlerTimeout, attempt.describe()));
    if (attempt.plan!.crash === 'after') return this.#crashIfRunning('after', attempt);
    const reported = report(world, this.number, attempt, settled);
    const left = reported instanceof Promise ? await reported : reported;
    if (!this.#running.delete(attempt)) return;
    if (left !== undefined) this.#strand(attempt, left.cause);
    else world.lands(attempt);
    const { batch } = attempt;
    batch!.remaining -= 1;
    this.#fill();
    // Surprise: a report that could not be delivered ends the batch for the main loop, which reads on beside the rest.
    const isOver = batch!.remaining === 0 || left?.endsBatch === true;
    if (isOver && this.#batch === batch && batch !== undefined) this.#nextRound();
  }

  #strand(attempt: Attempt, cause: string): void {
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
    this.#shutdown.abort();
    if (this.#origin !== undefined) {
      const round = this.#roundLength();
      this.#lastPollEnds = this.#origin + (Math.floor((world.now - this.#origin) / round) + 1) * round;
      world.at(this.#lastPollEnds, () => {
        this.#origin = undefined;
        this.#stopIfDone();
      });
    } else this.#stopIfDone();
  }

  #stopIfDone(): void {
    if (this.status !== 'stopping' || this.#origin !== undefined) return;
    if (this.#running.size > 0 || this.#next < this.#waiting.length) return;
    this.status = 'stopped';
    this.#world.note({ type: 'worker', worker: this.number, what: 'stopped' });
  }

  /** At once, without a word to anybody; what it worked on stays as it is. */
  die(cause: string): void {
    if (this.status === 'stopped' || this.status === 'dead') return;
    this.status = 'dead';
    this.#origin = undefined;
    for (const attempt of [...this.#running, ...this.#waiting.slice(this.#next)]) {
      this.#strand(attempt, cause);
    }
    this.#running.clear();
    this.#waiting = [];
    this.#next = 0;
  }

  /** Its row says so; it finds out by its next heartbeat, and then reads no more. */
  deprecated(): void {
    this.#isDeprecated = true;
    if (this.#origin !== undefined) this.#leaveLoopAtHeartbeat();
  }

  #leaveLoop(): void {
    this.#origin = undefined;
    this.status = 'deprecated';
    this.#world.note({ type: 'worker', worker: this.number, what: 'deprecated' });
  }

  #leaveLoopAtHeartbeat(): void {
    const origin = this.#origin!;
    this.#world.at(this.#heartbeatFrom(this.#world.now), () => {
      if (this.#origin === origin && this.status === 'running') this.#leaveLoop();
    });
  }

  /** How long a poll lasts that finds nothing: whole intervals, at least the seconds asked for. */
  #roundLength(): number {
    const { maxPollSeconds, pollIntervalMs } = this.config;
    return Math.ceil((maxPollSeconds * 1000) / pollIntervalMs) * pollIntervalMs;
  }

  /** While it polls in vain, heartbeats are sent between polls: the first one at or after the instant. */
  #heartbeatFrom(instant: Instant): Instant {
    const origin = this.#origin!;
    const round = this.#roundLength();
    const first = origin + Math.max(1, Math.ceil((this.#lastHeartbeat + heartbeatInterval - origin) / round)) * round;
    const between = Math.ceil(heartbeatInterval / round) * round;
    return first + Math.max(0, Math.ceil((instant - first) / between)) * between;
  }

  /** The last heartbeat that was sent by now, though nothing happened at that instant. */
  #keepHeartbeats(): void {
    if (this.#origin === undefined) return;
    const round = this.#roundLength();
    const between = Math.ceil(heartbeatInterval / round) * round;
    const next = this.#heartbeatFrom(this.#world.now + 1);
    if (next - between > this.#origin) this.#lastHeartbeat = next - between;
  }
}

function deepFreeze<T extends object>(value: T): T {
  for (const item of Object.values(value)) if (typeof item === 'object' && item !== null) deepFreeze(item);
  return Object.freeze(value);
}
