/** A sample that broke instead of agreeing or diverging. */
import type { Trace } from '../contract/trace.ts';

/** Something broke during a sample that is no divergence: a bug in the model, or the driver. Its cause says what. */
export class SampleError extends Error {
  override readonly name = 'SampleError';
  override readonly cause: unknown;
  /** Null where it was not drawn. */
  readonly seed: number | null;
  readonly sample: number;
  /** Nothing if it broke while it was being generated. */
  readonly trace: Trace<unknown> | undefined;
  /** The line that replays the trace, once it is written to a file. */
  replay: string | undefined;
  constructor(seed: number | null, sample: number, trace: Trace<unknown> | undefined, cause: unknown) {
    super(
      `sample ${sample}${seed === null ? '' : ` of seed ${seed}`}: ${cause instanceof Error ? cause.message : cause}`,
    );
    this.seed = seed;
    this.sample = sample;
    this.trace = trace;
    this.cause = cause;
  }
}
