// Long tier: it draws 1,200 samples of every release, and counts which blocks they enter.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

/** Closes a switch over all commands, or over all facts; TypeScript proves that nothing gets there. */
const closing = /^default:\s*(return )?unreachable\((command|fact)\);?$/;

test('generated traces enter every block of every transition and reach every branch that has a name', async () => {
  const script = join(import.meta.dirname, '..', 'support', 'uncovered-blocks.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script, '1200']);
  const { uncovered, unreached, unlisted, twice } = JSON.parse(stdout) as {
    uncovered: { file: string; block: string }[];
    unreached: string[];
    unlisted: string[];
    twice: string[];
  };
  expect(uncovered.some(({ block }) => closing.test(block))).toBe(true);
  expect(uncovered.filter(({ block }) => !closing.test(block))).toEqual([]);
  expect(unreached).toEqual([]);
  expect(unlisted).toEqual([]);
  expect(twice).toEqual([]);
});
