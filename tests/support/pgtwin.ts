/** The command line, with the databases that it has by itself. */
import { PassThrough } from 'node:stream';
import { run } from '../../src/harness/cli/main.ts';

export async function pgtwin(...line: string[]) {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const { signal } = new AbortController();
  const status = await run(line, { stdout, stderr, env: {}, signal });
  return { status, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') };
}
