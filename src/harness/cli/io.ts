/** Where a command reads and writes: the terminal, or what a test puts in its place. */
import pc from 'picocolors';
import type { Services } from '../contract/services.ts';
import type { Colors } from '../report/text.ts';

export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborts on Ctrl-C. */
  readonly signal: AbortSignal;
  /** The engines and the database; by default the real ones. */
  readonly services?: Services;
}

export type Output = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** Whether a stream is a terminal that may be coloured and redrawn. */
export function isLively(stream: Output, env: Io['env']): boolean {
  return stream.isTTY === true && isUnset(env.NO_COLOR) && isUnset(env.CI) && env.TERM !== 'dumb';
}

// Both variables count as soon as they hold anything at all.
const isUnset = (value: string | undefined) => value === undefined || value === '';

export function colorsFor(stream: Output, env: Io['env']): Colors {
  return pc.createColors(isLively(stream, env));
}

/** The command line is wrong. Ends the command with status 2, this line, and the help to look at. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
