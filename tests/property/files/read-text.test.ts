import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm, symlink, truncate, writeFile as write } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readText } from '../../../src/files/read-text.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pgtwin-read-'));
});
afterEach(() => rm(folder, { recursive: true }));

const at = (name: string) => join(folder, name);

describe('a text', () => {
  test('loses its byte order mark', async () => {
    await write(at('a'), '\ufeffé');
    expect(await readText(at('a'))).toBe('é');
  });

  test('that is no UTF-8 is refused', async () => {
    await write(at('a'), Buffer.from([0x22, 0xe9, 0x22, 0x0a]));
    await expect(readText(at('a'))).rejects.toThrow(
      `${at('a')}: is not text in UTF-8: save it in that encoding`,
    );
  });

  test('that may have been cut has to be UTF-8 up to its last line', async () => {
    await write(at('a'), Buffer.from([0xc3, 0xa9, 0x0a, 0xc3]));
    expect(await readText(at('a'), { mayBeCut: true })).toBe('é\n\ufffd');
    await write(at('a'), Buffer.from([0xe9, 0x0a, 0xc3]));
    await expect(readText(at('a'), { mayBeCut: true })).rejects.toThrow(/is not text in UTF-8/);
  });

  test('that is too large is refused before it is read', async () => {
    await write(at('a'), '');
    await truncate(at('a'), 64_000_001);
    await expect(readText(at('a'))).rejects.toThrow(`${at('a')}: has 65 MB, and at most 64 MB are read`);
  });

  test('that is not there, or is a directory, is refused', async () => {
    await expect(readText(at('a'))).rejects.toThrow(`${at('a')}: there is no such file`);
    await symlink('a', at('link'));
    await expect(readText(at('link'))).rejects.toThrow(`${at('link')}: there is no such file`);
    await expect(readText(folder)).rejects.toThrow(`${folder}: cannot be read (EISDIR)`);
  });
});

describe.runIf(process.platform !== 'win32')('a pipe', () => {
  const pipe = () => execFileSync('mkfifo', [at('pipe')]);
  const mayBePipe = { mayBePipe: true };

  test('is refused without being opened, unless it may be one', async () => {
    pipe();
    await expect(readText(at('pipe'))).rejects.toThrow(`${at('pipe')}: is not a regular file`);
  });

  test('is read when somebody writes it, even later', async () => {
    pipe();
    const reading = readText(at('pipe'), mayBePipe);
    const writing = spawn('sh', ['-c', `sleep 0.1; { echo one; sleep 0.1; echo two; } > '${at('pipe')}'`]);
    expect(await reading).toBe('one\ntwo\n');
    expect(writing.pid).toBeDefined();
  });

  test('that stays silent is given up', async () => {
    pipe();
    await expect(readText(at('pipe'), { ...mayBePipe, patienceMs: 50 })).rejects.toThrow(
      `${at('pipe')}: nothing came from it for 0.05 s`,
    );
  });

  test('is not waited for when the work is interrupted', async () => {
    pipe();
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    const reading = readText(at('pipe'), { ...mayBePipe, signal: controller.signal });
    await expect(reading).rejects.toThrow(`${at('pipe')}: was not read, as this was interrupted`);
    const { signal } = controller;
    await expect(readText(at('pipe'), { ...mayBePipe, signal })).rejects.toThrow(/interrupted/);
  });

  test('that does not end is given up', async () => {
    pipe();
    const endless = spawn('sh', ['-c', `exec yes > '${at('pipe')}'`]);
    await expect(readText(at('pipe'), mayBePipe)).rejects.toThrow(
      `${at('pipe')}: has more than 64 MB, and at most 64 MB are read`,
    );
    await new Promise((resolve) => endless.once('exit', resolve));
  });
});

describe.runIf(process.platform === 'linux')('a device', () => {
  test.each(['/dev/zero', '/dev/urandom', '/dev/null'])('is refused: %s', async (device) => {
    const refused = `${device}: is not a regular file`;
    await expect(readText(device)).rejects.toThrow(refused);
    await expect(readText(device, { mayBePipe: true })).rejects.toThrow(refused);
  });
});
