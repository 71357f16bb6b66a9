/** The main thread's end of a database's thread: a request, its reply, and what happens when the thread dies. */
import { Worker } from 'node:worker_threads';
import { DriverError, firstLine, InterruptedError, StatementLimitError } from '../driver.ts';
import { progressLength, type Reply, type Request } from './messages.ts';
import { statementLimit } from './statement-limit.ts';

/** Postgres recurses on this stack before its own limit stops it; at the usual 4 MB the thread would die first. */
const stackSizeMb = 32;
/** Milliseconds that a request may go on when its caller was interrupted. */
const graceMs = 400;
/** Milliseconds that a thread has to end by itself. */
const endingMs = 5_000;

export interface RequestOptions {
  readonly transfer?: readonly ArrayBuffer[];
  /** Names the statement of the request at this position, for an error. */
  readonly nameOf?: (index: number) => string;
}

interface Pending extends RequestOptions {
  resolve(reply: Reply): void;
  reject(error: DriverError): void;
}

export class Thread {
  readonly #progress = new Int32Array(new SharedArrayBuffer(4 * progressLength));
  readonly #worker = startWorker(this.#progress);
  readonly #exited = new Promise<void>((resolve) => this.#worker.once('exit', () => resolve()));
  readonly #pending: Pending[] = [];
  readonly #signal: AbortSignal | undefined;
  #watch: NodeJS.Timeout | undefined;
  #broken: DriverError | undefined;

  constructor(signal?: AbortSignal) {
    this.#worker.on('message', (reply: Reply) => this.#receive(reply));
    this.#worker.on('error', (error) => this.#break(this.#death(error.message)));
    this.#worker.on('exit', (status) => this.#break(this.#death(`the thread ended with status ${status}`)));
    this.#worker.unref();
    this.#signal = signal;
    if (signal?.aborted) this.#interrupt();
    else signal?.addEventListener('abort', this.#interrupt);
  }

  /**
   * Throws DriverError where the thread is gone, or goes before it has answered; {@link StatementLimitError} where a statement goes on
   * past its limit, and {@link InterruptedError} where one goes on although the signal was aborted.
   */
  request<Type extends Reply['type']>(
    request: Request,
    _reply: Type,
    options: RequestOptions = {},
  ): Promise<Reply & { type: Type }> {
    if (this.#broken) return Promise.reject(this.#broken);
    return new Promise((resolve, reject) => {
      // First, as it throws where the request cannot be copied; then no reply is to be waited for.
      this.#worker.postMessage(request, options.transfer ?? []);
      this.#pending.push({ ...options, resolve: resolve as Pending['resolve'], reject });
      // A thread that works keeps the process alive, one that waits does not.
      this.#worker.ref();
      this.#watch ??= this.#watchStatements();
    });
  }

  /** What has not been answered is rejected. A thread that is at work is ended at once, any other ends by itself. */
  async end(): Promise<void> {
    const isBusy = this.#pending.length > 0;
    this.#break(this.#death('it was closed'));
    if (!isBusy) {
      this.#worker.ref();
      this.#worker.postMessage({ type: 'end' } satisfies Request);
      if (await within(endingMs, this.#exited)) return;
    }
    await this.#worker.terminate();
  }

  #receive(reply: Reply): void {
    // What was on its way when the thread was ended.
    if (this.#broken) return;
    if (reply.type === 'broken') {
      this.#break(this.#death(reply.message));
      return;
    }
    this.#pending.shift()?.resolve(reply);
    if (this.#pending.length === 0) this.#rest();
  }

  #rest(): void {
    this.#worker.unref();
    clearInterval(this.#watch);
    this.#watch = undefined;
  }

  #break(error: DriverError): void {
    this.#broken ??= error;
    this.#signal?.removeEventListener('abort', this.#interrupt);
    for (const pending of this.#pending.splice(0)) pending.reject(this.#broken);
    this.#rest();
  }

  #death(reason: string): DriverError {
    return new DriverError(
      `the database's thread does not answer: ${reason}${this.#underWay(' while it executed ')}`,
    );
  }

  /** The statement that is executed, behind these words; nothing where none is. */
  #underWay(words: string): string {
    const name = this.#pending[0]?.nameOf?.(Atomics.load(this.#progress, 1));
    return name === undefined ? '' : `${words}${firstLine(name)}`;
  }

  readonly #interrupt = (): void => {
    setTimeout(() => {
      if (this.#pending.length > 0 && !this.#broken) {
        this.#breakOff(new InterruptedError(`interrupted${this.#underWay(' while the database executed ')}`));
      }
      // Whatever is asked for later is not begun.
      this.#broken ??= new InterruptedError('interrupted');
    }, graceMs).unref();
  };

  #watchStatements(): NodeJS.Timeout {
    const { ms, text } = statementLimit();
    const every = Math.min(1000, ms);
    let [begun, spent, lookedAt] = [Atomics.load(this.#progress, 0), 0, performance.now()];
    const look = () => {
      // No more than one wait counts: while this thread was held up itself, the answer may have come.
      spent += Math.min(performance.now() - lookedAt, 2 * every);
      lookedAt = performance.now();
      const now = Atomics.load(this.#progress, 0);
      const isUnnamed = this.#pending[0]?.nameOf === undefined;
      if (now !== begun || isUnnamed) [begun, spent] = [now, 0];
      if (spent < ms) return;
      this.#breakOff(
        new StatementLimitError(
          `a statement was ended after ${text} of real time${this.#underWay(': ')}; if it needs more, set PGTWIN_STATEMENT_LIMIT, for example to 5m`,
        ),
      );
    };
    return setInterval(look, every).unref();
  }

  #breakOff(error: DriverError): void {
    this.#break(error);
    void this.#worker.terminate();
  }
}

function startWorker(progress: Int32Array): Worker {
  const file = import.meta.url.endsWith('.ts') ? './worker-from-source.mjs' : './worker.js';
  // No options of this process: what is loaded into it for tests or debugging has no place in there.
  return new Worker(new URL(file, import.meta.url), {
    ...{ execArgv: [], resourceLimits: { stackSizeMb }, workerData: progress },
  });
}

async function within(ms: number, promise: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms).unref();
  });
  const isInTime = await Promise.race([promise.then(() => true), late]);
  clearTimeout(timer);
  return isInTime;
}
