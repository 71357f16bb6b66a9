/** The main thread's end of a database's thread: a request, its reply, and what happens when the thread dies. */
import { Worker } from 'node:worker_threads';
import { DriverError } from '../driver.ts';
import type { Reply, Request } from './messages.ts';

/** Postgres recurses on this stack before its own limit stops it; at the usual 4 MB the thread would die first. */
const stackSizeMb = 32;

interface Pending {
  resolve(reply: Reply): void;
  reject(error: DriverError): void;
}

export class Thread {
  readonly #worker = startWorker();
  readonly #pending: Pending[] = [];
  #broken: DriverError | undefined;

  constructor() {
    this.#worker.on('message', (reply: Reply) => this.#receive(reply));
    this.#worker.on('error', (error) => this.#break(error.message));
    this.#worker.on('exit', (status) => this.#break(`the thread ended with status ${status}`));
    this.#worker.unref();
  }

  /** @throws DriverError where the thread is gone, or goes before it has answered. */
  request<Type extends Reply['type']>(
    request: Request,
    _reply: Type,
    transfer: readonly ArrayBuffer[] = [],
  ): Promise<Reply & { type: Type }> {
    if (this.#broken) return Promise.reject(this.#broken);
    return new Promise((resolve, reject) => {
      // First, as it throws where the request cannot be copied; then no reply is to be waited for.
      this.#worker.postMessage(request, transfer);
      this.#pending.push({ resolve: resolve as Pending['resolve'], reject });
      // A thread that works keeps the process alive, one that waits does not.
      this.#worker.ref();
    });
  }

  /** Ends the thread at once; what it has not answered is rejected. */
  async end(): Promise<void> {
    this.#break('it was closed');
    await this.#worker.terminate();
  }

  #receive(reply: Reply): void {
    // What was on its way when the thread was ended.
    if (this.#broken) return;
    if (reply.type === 'broken') {
      this.#break(reply.message);
      return;
    }
    this.#pending.shift()?.resolve(reply);
    if (this.#pending.length === 0) this.#worker.unref();
  }

  #break(reason: string): void {
    this.#broken ??= new DriverError(`the database's thread does not answer: ${reason}`);
    for (const pending of this.#pending.splice(0)) pending.reject(this.#broken);
    this.#worker.unref();
  }
}

function startWorker(): Worker {
  const file = import.meta.url.endsWith('.ts') ? './worker-from-source.mjs' : './worker.js';
  // No options of this process: what is loaded into it for tests or debugging has no place in there.
  return new Worker(new URL(file, import.meta.url), { execArgv: [], resourceLimits: { stackSizeMb } });
}
