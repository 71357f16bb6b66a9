/** What is left of a thing in the process that it was in. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const present = () => ({
  timers: process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length,
  listeners: process.eventNames().map((name) => [String(name), process.listenerCount(name)]),
  globals: Reflect.ownKeys(globalThis).map(String),
});
type Present = ReturnType<typeof present>;

/** Of a script beside this, in a process of its own, since a test runner has timers of its own that come and go. */
export async function leftBehind(
  script: string,
): Promise<{ readonly before: Present; readonly after: Present }> {
  const file = join(import.meta.dirname, script);
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', file]);
  return JSON.parse(stdout);
}

/** The rejections that nobody handles while something is done, and for a moment after. */
export async function unhandledDuring(act: () => Promise<void>): Promise<readonly unknown[]> {
  const unhandled: unknown[] = [];
  const note = (error: unknown) => unhandled.push(error);
  process.on('unhandledRejection', note);
  try {
    await act();
    await new Promise((resolve) => setTimeout(resolve, 20));
  } finally {
    process.off('unhandledRejection', note);
  }
  return unhandled;
}
