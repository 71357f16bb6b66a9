/** Bare PGlite in a thread of its own, from the side of the benchmark. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Query } from '../src/sql/driver.ts';
import { defaultCacheDirectory } from '../src/sql/pglite/cache-directory.ts';
import { obtainImage } from '../src/sql/pglite/image-build.ts';
import { ImageCache } from '../src/sql/pglite/image-cache.ts';
import { compilePostgres, findPackages } from '../src/sql/pglite/packages.ts';
import type { Recording } from './recording.ts';

export interface BareStatement {
  readonly text: string;
  /** PGlite wants it writable. */
  readonly params: (string | null)[];
}

export interface BareCall extends BareStatement {
  readonly at: number;
  readonly uuid: string;
  /** Statements of one transaction in its place; absent where it is one by itself. */
  readonly transaction?: readonly BareStatement[];
}

export interface BareSetup {
  readonly module: object;
  readonly image: Uint8Array;
  readonly samples: readonly { readonly startedAt: number; readonly calls: readonly BareCall[] }[];
  readonly reset: readonly Query[];
}

export type BareRequest = 'pass' | 'maintain';
export interface BareReply {
  readonly refusals: number;
}

const statementOf = ({ text, params = [] }: Query): BareStatement => ({ text, params: [...params] });

export class BarePGlite {
  readonly #worker: Worker;

  private constructor(worker: Worker) {
    this.#worker = worker;
  }

  /** Opens a database with the release installed, and hands it all calls of the recording. */
  static async open({ release, samples }: Recording): Promise<BarePGlite> {
    const packages = findPackages();
    const { scripts } = await release.installation({});
    const cache = new ImageCache(defaultCacheDirectory()!, () => undefined);
    const setup: BareSetup = {
      module: await compilePostgres(packages),
      image: await obtainImage(scripts, packages, cache),
      samples: samples.map(({ startedAt, steps }) => ({
        startedAt,
        calls: steps.map(({ at, uuid, command }) => {
          const { transaction, ...query } = release.call(command);
          const call = { at, uuid, ...statementOf(query) };
          return transaction ? { ...call, transaction: transaction.map(statementOf) } : call;
        }),
      })),
      reset: release.reset,
    };
    const worker = new Worker(new URL('./bare-worker.js', import.meta.url), {
      execArgv: [],
      workerData: setup,
      resourceLimits: { stackSizeMb: 32 },
    });
    await once(worker, 'message');
    return new BarePGlite(worker);
  }

  /** Executes every call of the recording once. */
  async pass(): Promise<{ readonly seconds: number; readonly refusals: number }> {
    const startedAt = performance.now();
    const { refusals } = await this.#ask('pass');
    return { seconds: (performance.now() - startedAt) / 1000, refusals };
  }

  async maintain(): Promise<void> {
    await this.#ask('maintain');
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  async #ask(request: BareRequest): Promise<BareReply> {
    this.#worker.postMessage(request);
    const [reply] = await once(this.#worker, 'message');
    return reply as BareReply;
  }
}
