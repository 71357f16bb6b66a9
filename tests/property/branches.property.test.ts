import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

/** Closes a switch over all commands; TypeScript proves that nothing gets there. */
const closing = /^default:\s*return unreachable\(command\);?$/;

test('generated traces enter every block of every transition', async () => {
  const script = join(import.meta.dirname, '..', 'support', 'uncovered-blocks.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script, '1000']);
  const uncovered = JSON.parse(stdout) as { file: string; block: string }[];
  expect(uncovered.some(({ block }) => closing.test(block))).toBe(true);
  expect(uncovered.filter(({ block }) => !closing.test(block))).toEqual([]);
});
