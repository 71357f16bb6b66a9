/** The readers of recordings in `examples`, held against our own. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, type TestContext } from 'vitest';
import { readRecording } from '../../src/harness/recording/read.ts';
import { encodeRow } from '../../src/harness/recording/values.ts';
import { findRelease } from '../../src/harness/services.ts';

const run = promisify(execFile);
const examples = join(import.meta.dirname, '..', '..', 'examples', 'recording-readers');

export interface Reader {
  readonly language: string;
  readonly program: string;
  readonly file: string;
}

export const readers: readonly Reader[] = [
  { language: 'Node', program: process.execPath, file: join(examples, 'read.mjs') },
  { language: 'Python', program: 'python3', file: join(examples, 'read.py') },
];

/** Every table after every command. Skips, and says so, where the language is not on this machine. */
export async function expectReaderAgrees(
  { language, program, file }: Reader,
  recording: string,
  skip: TestContext['skip'],
): Promise<void> {
  const isThere = await run(program, ['--version']).then(
    () => true,
    () => false,
  );
  if (!isThere) skip(`there is no ${language} on this machine`);
  const { stdout } = await run(program, [file, recording], { maxBuffer: 1 << 30 });
  const told = stdout.trimEnd().split('\n');
  let command = 0;
  for await (const each of readRecording(recording, (engine, release) => findRelease(engine, release))) {
    for (const { tables } of each.answers()) {
      const wanted = [...tables].map(([name, rows]) => [name, rows.map(encodeRow).map(inOrder).sort()]);
      const found = Object.entries(JSON.parse(told[command]!) as Record<string, object[]>);
      expect(found.map(([name, rows]) => [name, rows.map(inOrder).sort()])).toEqual(wanted);
      command++;
    }
  }
  expect(told.length).toBe(command);
}

/** Whatever the order of its members. */
const inOrder = (row: object) =>
  JSON.stringify(row, (_, value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
