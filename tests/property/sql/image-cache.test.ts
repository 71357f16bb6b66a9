import { mkdtemp, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultCacheDirectory } from '../../../src/sql/pglite/cache-directory.ts';
import { ImageCache } from '../../../src/sql/pglite/image-cache.ts';

describe('the images that are kept', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pgtwin-cache-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const cache = () =>
    new ImageCache(folder, (line) => {
      throw new Error(line);
    });
  const image = (text: string) => new Uint8Array(Buffer.from(text));
  const read = async (key: string) => {
    const found = await cache().read(key);
    return found && Buffer.from(found).toString();
  };

  test('are told from each other: one under the name of another is none', async () => {
    await cache().write('a', image('first'));
    await cache().write('b', image('second'));
    expect([await read('a'), await read('b')]).toEqual(['first', 'second']);
    await rename(join(folder, 'a.image'), join(folder, 'c'));
    await rename(join(folder, 'b.image'), join(folder, 'a.image'));
    await rename(join(folder, 'c'), join(folder, 'b.image'));
    expect([await read('a'), await read('b')]).toEqual([undefined, undefined]);
  });

  test('are not read by whoever distrusts them', async () => {
    const distrusting = cache();
    await distrusting.write('a', image('first'));
    expect(distrusting.hasRead).toBe(false);
    expect(await distrusting.read('a')).toBeDefined();
    expect(distrusting.hasRead).toBe(true);
    distrusting.distrust();
    expect(await distrusting.read('a')).toBeUndefined();
  });

  test('are the last that were used; what else lies there stays', async () => {
    for (let i = 0; i < 26; i++) {
      await cache().write(`k${i}`, image('x'));
      const usedAt = new Date(1_700_000_000_000 + i * 1000);
      await utimes(join(folder, `k${i}.image`), usedAt, usedAt);
    }
    await writeFile(join(folder, 'notes.txt'), '');
    await cache().write('new', image('x'));
    const names = await readdir(folder);
    expect(names).toHaveLength(25);
    expect(names).not.toContain('k2.image');
    expect(names).toEqual(expect.arrayContaining(['k3.image', 'new.image', 'notes.txt']));
  });
});

describe('the directory of the cache', () => {
  const unknown = (): string => {
    throw new Error('no such user');
  };

  test.each<[string, Record<string, string>, string, string | undefined]>([
    ['linux', { HOME: '/home/a' }, '/', '/home/a/.cache/pgtwin'],
    ['linux', { HOME: '/home/a', XDG_CACHE_HOME: '/var/a' }, '/', '/var/a/pgtwin'],
    ['linux', { HOME: '/home/a', XDG_CACHE_HOME: 'a' }, '/', '/home/a/.cache/pgtwin'],
    ['linux', { HOME: '' }, '/home/b', '/home/b/.cache/pgtwin'],
    ['linux', {}, '/home/b', '/home/b/.cache/pgtwin'],
    ['linux', { HOME: '.' }, '/home/b', '/home/b/.cache/pgtwin'],
    ['linux', { HOME: '' }, '', undefined],
    ['linux', { HOME: '', PGTWIN_CACHE: 'here' }, '', 'here'],
    ['darwin', { HOME: '/Users/a' }, '/', '/Users/a/Library/Caches/pgtwin'],
    ['darwin', { HOME: '' }, '', undefined],
    ['win32', { LOCALAPPDATA: 'C:\\a' }, '', 'C:\\a\\pgtwin\\Cache'],
    ['win32', { USERPROFILE: 'C:\\a' }, '', 'C:\\a\\AppData\\Local\\pgtwin\\Cache'],
    ['win32', { LOCALAPPDATA: '' }, '', undefined],
  ])('on %s with %j, where the user has %j, is %s', (platform, environment, home, directory) => {
    expect(defaultCacheDirectory(environment, platform, () => home)).toBe(directory);
  });

  test('is none for a user that the system does not know', () => {
    expect(defaultCacheDirectory({}, 'linux', unknown)).toBeUndefined();
    expect(defaultCacheDirectory({ HOME: '/home/a' }, 'linux', unknown)).toBe('/home/a/.cache/pgtwin');
  });
});
