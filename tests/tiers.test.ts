/** The two tiers of tests: a file says by its name in which it is, and in its first line why it is in the second. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mocking as mockingFiles } from '../vitest.config.ts';

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

// Files that replace modules or globals would change them for the files that share their modules.
test('the files that replace modules have modules of their own', () => {
  const replaces = /\bvi\.(mock|doMock|hoisted|stubGlobal|resetModules)\(/;
  const mocking = files.filter(
    (file) => !isLong(file) && replaces.test(readFileSync(join(import.meta.dirname, file), 'utf8')),
  );
  expect(mocking.filter((file) => file !== 'tiers.test.ts').map((file) => `tests/${file}`)).toEqual(
    mockingFiles,
  );
});
