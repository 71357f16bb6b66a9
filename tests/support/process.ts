/** The command line as a process of its own, as it was built. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
  /** Milliseconds from the signal to the end; NaN where none was sent. */
  readonly took: number;
}

export interface ProcessOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Sent as soon as standard output has this, or this many milliseconds after the start. */
  readonly signal?: { readonly name: NodeJS.Signals; readonly when: string | number };
}

/** Starts `pgtwin` with these words, and waits for its end. */
export function startPgtwin(words: readonly string[], { env, signal }: ProcessOptions = {}): Promise<Ended> {
  const bin = join(import.meta.dirname, '../../bin/pgtwin.js');
  const child = spawn(process.execPath, [bin, ...words], { env: { ...process.env, ...env } });
  let [out, err] = ['', ''];
  let sentAt = Number.NaN;
  const send = () => {
    if (!Number.isNaN(sentAt) || !signal) return;
    sentAt = performance.now();
    child.kill(signal.name);
  };
  if (typeof signal?.when === 'number') setTimeout(send, signal.when);
  child.stdout.on('data', (data) => {
    out += data;
    if (typeof signal?.when === 'string' && out.includes(signal.when)) send();
  });
  child.stderr.on('data', (data) => {
    err += data;
  });
  return new Promise((resolve) => {
    child.on('close', (status) => resolve({ status, out, err, took: performance.now() - sentAt }));
  });
}
