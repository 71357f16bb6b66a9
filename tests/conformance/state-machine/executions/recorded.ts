/** What the npm package aws-local-stepfunctions did with random machines, as it was recorded. */
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import type { Case, Outcome } from './executing.ts';

export type Recorded = Case & { readonly outcome: Outcome };

const file = new URL('aws-local-stepfunctions.lines.gz', import.meta.url);

export async function recorded(): Promise<{
  readonly heading: Readonly<Record<string, unknown>>;
  readonly cases: readonly Recorded[];
}> {
  const lines = gunzipSync(await readFile(file))
    .toString()
    .trimEnd()
    .split('\n');
  const [heading, ...cases] = lines.map((line) => JSON.parse(line));
  return {
    heading,
    cases: cases.map(({ machine, input, seed, ...outcome }) => ({ machine, input, seed, outcome })),
  };
}
