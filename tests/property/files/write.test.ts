import { execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync, readlinkSync } from 'node:fs';
import {
  chmod,
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile as write,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkDirectory, checkKept, checkWritable } from '../../../src/files/check.ts';
import { appendToFile, writeFile } from '../../../src/files/write.ts';

const isLinux = process.platform === 'linux';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pgtwin-write-'));
});
afterEach(() => rm(folder, { recursive: true }));

const at = (name: string) => join(folder, name);
const read = (name: string) => readFile(at(name), 'utf8');
const modeOf = async (name: string) => ((await lstat(at(name))).mode & 0o7777).toString(8);
const existing = async (name: string, mode: number) => {
  await write(at(name), 'before, and longer than what comes after');
  await chmod(at(name), mode);
};

describe('a regular file', () => {
  test('is made with its directory, in the mode that new files have', async () => {
    await writeFile(at('a/b/new'), 'text');
    await write(at('plain'), '');
    expect(await read('a/b/new')).toBe('text');
    expect(await modeOf('a/b/new')).toBe(await modeOf('plain'));
    expect(await readdir(at('a/b'))).toEqual(['new']);
  });

  test.each([0o600, 0o755, 0o666])('keeps its mode: %o', async (mode) => {
    await existing('file', mode);
    const before = await stat(at('file'));
    await writeFile(at('file'), [Buffer.from('te'), Buffer.from('xt')]);
    expect([await read('file'), await modeOf('file')]).toEqual(['text', mode.toString(8)]);
    // Another file has taken its place: whoever reads the old one reads all of it.
    expect((await stat(at('file'))).ino).not.toBe(before.ino);
    expect(await readdir(folder)).toEqual(['file']);
  });

  test('that nobody may write stays as it is, whoever runs this', async () => {
    await existing('file', 0o444);
    await expect(checkWritable(at('file'))).rejects.toThrow(`${at('file')}: cannot be written (EACCES)`);
    await expect(writeFile(at('file'), 'text')).rejects.toThrow(/cannot be written \(EACCES\)$/);
    expect(await read('file')).toMatch(/^before/);
    expect(await modeOf('file')).toBe('444');
  });

  test('is written under all its names', async () => {
    await existing('file', 0o644);
    await link(at('file'), at('other'));
    await writeFile(at('file'), 'text');
    expect([await read('file'), await read('other')]).toEqual(['text', 'text']);
  });

  test('gets what is added at its end', async () => {
    await appendToFile(at('file'), 'a');
    await appendToFile(at('file'), 'b');
    expect(await read('file')).toBe('ab');
  });
});

describe('a link', () => {
  test('is followed, and stays', async () => {
    await existing('file', 0o600);
    await mkdir(at('sub'));
    await symlink('../file', at('sub/link'));
    await symlink('sub/link', at('link'));
    await writeFile(at('link'), 'text');
    expect([await read('file'), await modeOf('file')]).toEqual(['text', '600']);
    expect((await lstat(at('link'))).isSymbolicLink()).toBe(true);
    expect((await lstat(at('sub/link'))).isSymbolicLink()).toBe(true);
  });

  test('that leads to nothing yet leads to what was written', async () => {
    await mkdir(at('sub'));
    await symlink('sub/new', at('link'));
    await checkWritable(at('link'));
    expect(await readdir(at('sub'))).toEqual([]);
    await writeFile(at('link'), 'text');
    expect(await read('sub/new')).toBe('text');
    expect((await lstat(at('link'))).isSymbolicLink()).toBe(true);
  });

  test('that leads to itself is refused', async () => {
    await symlink('link', at('link'));
    await expect(checkWritable(at('link'))).rejects.toThrow(`${at('link')}: cannot be written (ELOOP)`);
  });
});

describe('what is checked before the work begins', () => {
  test('makes nothing', async () => {
    await checkWritable(at('a/b/c.json'));
    await checkKept(at('a/b/c.json'));
    await checkDirectory(at('a/b'));
    await existing('file', 0o644);
    await checkWritable(at('file'));
    expect(await readdir(folder)).toEqual(['file']);
    expect(await read('file')).toMatch(/^before/);
  });

  test.each<[string, RegExp]>([
    ['', /^"": names no file$/],
    ['sub', /sub: is a directory: name a file$/],
    ['sub/', /sub\/: is a directory: name a file$/],
    ['new/', /new\/: is a directory: name a file$/],
    ['file/below', /file\/below: cannot be written \(ENOTDIR\)$/],
    ['a'.repeat(300), /a: cannot be written \(ENAMETOOLONG\)$/],
    ['a\0b', /cannot be written \(ERR_INVALID_ARG_VALUE\)$/],
  ])('refuses %j as a file', async (name, message) => {
    await mkdir(at('sub'));
    await write(at('file'), '');
    const path = name === '' ? '' : `${folder}/${name}`;
    await expect(checkWritable(path)).rejects.toThrow(message);
    await expect(writeFile(path, '')).rejects.toThrow(message);
  });

  test('refuses a file as a directory', async () => {
    await write(at('file'), '');
    await expect(checkDirectory(at('file'))).rejects.toThrow(/file: is not a directory: name another$/);
    await expect(checkDirectory(at('file/a/b'))).rejects.toThrow(/cannot be written \(ENOTDIR\)$/);
  });

  test.runIf(isLinux)('refuses what only shows the system, which takes no new files', async () => {
    for (const path of ['/proc/new.json', '/proc/a/b/new.json', '/sys/new.json'])
      await expect(checkWritable(path)).rejects.toThrow(`${path}: cannot be written (EACCES)`);
    await expect(checkDirectory('/proc/out')).rejects.toThrow('/proc/out: cannot be written (EACCES)');
  });
});

describe.runIf(process.platform !== 'win32')('a pipe', () => {
  const pipe = () => execFileSync('mkfifo', [at('pipe')]);

  test('is not opened before the work, waits for its reader, and stays a pipe', async () => {
    pipe();
    await checkWritable(at('pipe'));
    // Larger than what a pipe holds.
    const text = 'x'.repeat(300_000);
    const writing = writeFile(at('pipe'), text);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const [got] = await Promise.all([read('pipe'), writing]);
    expect(got.length).toBe(text.length);
    expect((await lstat(at('pipe'))).isFIFO()).toBe(true);
  });

  test('whose reader goes away is no failure', async () => {
    pipe();
    const writing = writeFile(at('pipe'), 'x'.repeat(300_000));
    spawn('sh', ['-c', `head -c 1 < '${at('pipe')}'`]);
    await writing;
  });

  test('that nothing reads is not waited for when the work is interrupted', async () => {
    pipe();
    await expect(writeFile(at('pipe'), 'x', AbortSignal.abort())).rejects.toThrow(
      `${at('pipe')}: cannot be written (ENXIO, as nothing reads it)`,
    );
  });

  test('keeps no results, as these are read again', async () => {
    pipe();
    await expect(checkKept(at('pipe'))).rejects.toThrow(/pipe: is not a regular file: name another$/);
    await expect(appendToFile(at('pipe'), 'x')).rejects.toThrow(/is not a regular file/);
  });
});

describe.runIf(process.platform !== 'win32')('what is open in this process', () => {
  test('is written where it stands, one after the other', async () => {
    const descriptor = openSync(at('file'), 'w');
    await checkWritable(`/dev/fd/${descriptor}`);
    await writeFile(`/dev/fd/${descriptor}`, 'first ');
    await symlink(`/dev/fd/${descriptor}`, at('link'));
    await writeFile(at('link'), 'second');
    closeSync(descriptor);
    expect(await read('file')).toBe('first second');
    await expect(checkWritable(`/dev/fd/${descriptor}`)).rejects.toThrow(
      /cannot be written \(E(BADF|NOENT)\)/,
    );
  });

  test('for reading is refused', async () => {
    await write(at('file'), 'before');
    const descriptor = openSync(at('file'), 'r');
    const path = `/dev/fd/${descriptor}`;
    await expect(checkWritable(path)).rejects.toThrow(`${path}: cannot be written (EBADF)`);
    closeSync(descriptor);
    expect(await read('file')).toBe('before');
  });

  test.runIf(isLinux)('for the process to talk to itself is refused', async () => {
    const descriptors = await readdir('/proc/self/fd');
    const internal = descriptors.filter((number) => {
      try {
        const target = readlinkSync(`/proc/self/fd/${number}`);
        const ends = descriptors.filter((other) => {
          try {
            return readlinkSync(`/proc/self/fd/${other}`) === target;
          } catch {
            return false;
          }
        });
        return Number(number) > 2 && target.startsWith('pipe:') && ends.length > 1;
      } catch {
        return false;
      }
    });
    expect(internal.length).toBeGreaterThan(0);
    for (const number of internal)
      await expect(checkWritable(`/dev/fd/${number}`)).rejects.toThrow(/cannot be written \(EBADF\)/);
  });
});

describe.runIf(isLinux)('a device', () => {
  test('is written in place, and stays a device', async () => {
    await checkWritable('/dev/null');
    await writeFile('/dev/null', 'text');
    await checkWritable('/dev/full');
    await expect(writeFile('/dev/full', 'text')).rejects.toThrow('/dev/full: cannot be written (ENOSPC)');
    await symlink('/dev/full', at('link'));
    await expect(writeFile(at('link'), 'text')).rejects.toThrow(`${at('link')}: cannot be written (ENOSPC)`);
    expect((await lstat('/dev/full')).isCharacterDevice()).toBe(true);
    expect((await lstat('/dev/null')).isCharacterDevice()).toBe(true);
  });

  test('that is a socket is refused', async () => {
    const server = createServer().listen(at('socket'));
    await new Promise((resolve) => server.once('listening', resolve));
    await expect(checkWritable(at('socket'))).rejects.toThrow(/socket: cannot be written \(ENXIO\)/);
    server.close();
  });
});

test.runIf(isLinux)('where a directory takes no draft, the file is written in place', async () => {
  // The name of this process: a file that can be written, in a directory where nothing can be made.
  const before = await readFile('/proc/self/comm', 'utf8');
  await checkWritable('/proc/self/comm');
  await writeFile('/proc/self/comm', 'pgtwin-test');
  expect(await readFile('/proc/self/comm', 'utf8')).toBe('pgtwin-test\n');
  await writeFile('/proc/self/comm', before.trim());
});
