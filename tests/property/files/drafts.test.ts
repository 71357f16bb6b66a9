import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile as write } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newDraft } from '../../../src/files/drafts.ts';
import { writeFile } from '../../../src/files/write.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pgtwin-drafts-'));
});
afterEach(() => rm(folder, { recursive: true }));

const sample = newDraft('.');
const [, host = ''] = /^\.pgtwin-(\w+)-/.exec(basename(sample.path))!;
await sample.remove();
const named = (pid: number, of = host) => `.pgtwin-${of}-${pid}-0123456789ab.tmp`;
const gone = () => spawnSync(process.execPath, ['-e', '']).pid;

/** What is left of these after the next write into their directory. */
async function left(names: readonly string[], ageMs = 0): Promise<string[]> {
  const changed = new Date(Date.now() - ageMs);
  for (const name of names) {
    await write(join(folder, name), '');
    await utimes(join(folder, name), changed, changed);
  }
  await writeFile(join(folder, 'a'), '');
  return (await readdir(folder)).filter((name) => name !== 'a');
}

const day = 24 * 3_600_000;

test('a draft of a process that is gone is removed by the next write, that of one that runs is not', async () => {
  const running = named(process.ppid);
  expect(await left([named(gone()), running])).toEqual([running]);
});

test('a draft of a process that had the id of this one is removed, one of this process is not', async () => {
  expect(await left([named(process.pid)])).toEqual([named(process.pid)]);
  expect(await left([named(process.pid)], process.uptime() * 1000 + 5000)).toEqual([]);
});

test('what this process is writing stays, however old it looks', async () => {
  const draft = newDraft(folder);
  const name = basename(draft.path);
  expect(await left([name], 2 * day)).toEqual([name]);
  await draft.remove();
  expect(await readdir(folder)).toEqual(['a']);
});

test('a draft of another machine is removed after a day, as nobody knows whether its process runs', async () => {
  const other = named(gone(), '00000000');
  expect(await left([other])).toEqual([other]);
  expect(await left([other], 2 * day)).toEqual([]);
});

test('what is not ours is never removed', async () => {
  const pid = gone();
  const names = [
    `.pgtwin-${host}-${pid}-0123456789ab.tmp.bak`,
    `x.pgtwin-${host}-${pid}-0123456789ab.tmp`,
    `.pgtwin-${host}-${pid}-0123.tmp`,
    `.pgtwin-${host}-0-0123456789ab.tmp`,
    `report.json.${pid}.tmp`,
  ];
  await mkdir(join(folder, named(pid)));
  expect(await left(names, 2 * day)).toEqual([...names, named(pid)].sort());
});
