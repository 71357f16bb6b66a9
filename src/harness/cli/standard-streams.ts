/** The output of the process itself: all of it is out before the process ends, and what cannot be written is known. */
import { Socket } from 'node:net';
import { Writable } from 'node:stream';
import { isReaderGone, writeAllSync } from '../../files/descriptors.ts';
import { codeOf } from '../../files/file-error.ts';
import type { Output } from './io.ts';
import { otherwise } from './output.ts';

export class StandardStream {
  readonly stream: Output;
  readonly #name: string;
  #failure: string | undefined;

  constructor(stream: Output & { readonly fd: number }) {
    this.#name = stream.fd === 1 ? 'standard output' : 'standard error';
    // Node writes to a file once, and does not look how much of it was written.
    this.stream = stream instanceof Socket ? stream : this.#writingTo(stream.fd);
    this.stream.on('error', (error) => this.#failed(error));
  }

  /** What could not be written, in one line; undefined where all was, or nobody reads it any more. */
  get failure(): string | undefined {
    return this.#failure && `${this.#name}: cannot be written (${this.#failure})`;
  }

  /** Resolves when all is out that was written so far, or cannot be. */
  flushed(): Promise<void> {
    return new Promise((resolve) => {
      this.stream.write('', () => resolve());
    });
  }

  #failed(error: unknown): void {
    // A terminal that was closed is a reader that went away.
    const isGone = isReaderGone(error) || (this.stream.isTTY === true && codeOf(error) === 'EIO');
    if (!isGone) this.#failure ??= codeOf(error);
  }

  /** What comes after something that could not be written is left out. */
  #writingTo(descriptor: number): Output {
    return new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        try {
          if (this.#failure === undefined) writeAllSync(descriptor, chunk);
        } catch (error) {
          this.#failed(error);
        }
        done();
      },
    });
  }
}

/** The status to end with, when all output is out: 2 where some of it could not be written, whatever the verdict is. */
export async function endOfOutput(
  status: number,
  stdout: StandardStream,
  stderr: StandardStream,
): Promise<number> {
  await Promise.all([stdout.flushed(), stderr.flushed()]);
  const failure = stdout.failure ?? stderr.failure;
  if (failure === undefined) return status;
  // Where it could not run anyway, a line says why.
  if (status !== 2) stderr.stream.write(`pgtwin: ${failure}; ${otherwise(status)}\n`);
  await stderr.flushed();
  return 2;
}
