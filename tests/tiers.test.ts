/** The two tiers of tests: a file says by its name in which it is, and in its first line why it is in the second. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .sort();
const isLong = (file: string) => file.endsWith('.long.test.ts');
const why = (file: string) =>
  /^\/\/ Long tier: (\S.*)\.\n/.exec(readFileSync(join(import.meta.dirname, file), 'utf8'))?.[1];

test('both tiers have files', () => {
  expect(files.filter(isLong).length).toBeGreaterThan(10);
  expect(files.filter((file) => !isLong(file)).length).toBeGreaterThan(40);
});

test('a file of the long tier says why, and no other does', () => {
  expect(files.filter((file) => isLong(file) !== (why(file) !== undefined))).toEqual([]);
});
