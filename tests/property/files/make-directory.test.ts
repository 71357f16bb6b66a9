import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeDirectory } from '../../../src/files/make-directory.ts';

test('a directory is made with its parents, and made again without complaint', async () => {
  const root = await mkdtemp(join(tmpdir(), 'pgtwin-'));
  const path = join(root, 'a', 'b');
  await makeDirectory(path);
  await makeDirectory(path);
  expect((await stat(path)).isDirectory()).toBe(true);
  await rm(root, { recursive: true });
});

test('a file in the way is an error', async () => {
  const root = await mkdtemp(join(tmpdir(), 'pgtwin-'));
  await writeFile(join(root, 'file'), '');
  await expect(makeDirectory(join(root, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeDirectory(join(root, 'file', 'below'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  await rm(root, { recursive: true });
});

const isLinux = process.platform === 'linux';
const whyNot = isLinux ? '' : ': skipped, as only Linux has such a parent';
test.runIf(isLinux)(`a parent that takes no entries is an error, at once${whyNot}`, async () => {
  await expect(makeDirectory('/proc/nowhere/below')).rejects.toMatchObject({ code: 'ENOENT' });
});
