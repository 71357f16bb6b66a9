import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../../src/harness/cli/main.ts';
import type { Services } from '../../../src/harness/contract/services.ts';
import { readAllowed } from '../../../src/harness/diff/allowed.ts';
import { readReport } from '../../../src/harness/mutants/report-format.ts';
import { openToyDriver, toyEngine } from './toy-engine.ts';

const isLinux = process.platform === 'linux';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pgtwin-'));
});
afterEach(() => rm(folder, { recursive: true }));

const at = (name: string) => join(folder, name);
const files = async () => (await readdir(folder, { recursive: true })).sort();

let opened = 0;
const wrong: Services = {
  engines: [toyEngine],
  openDriver: async () => {
    opened++;
    return openToyDriver({ bug: (sum) => (sum > 20 ? sum + 1 : sum) });
  },
};

async function pgtwin(...line: string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const { signal } = new AbortController();
  opened = 0;
  const status = await run(line, { stdout, stderr, env: {}, signal, services: wrong });
  return { status, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? ''), opened };
}

const verify = (...more: string[]) =>
  pgtwin('verify', '--engine', 'toy', '--seed', '3', '--out', at('out'), ...more);

const lostBad = 'otherwise the status would be 1 (the answer is bad)';

describe.runIf(isLinux)('output that cannot be written', () => {
  it('is 2 whatever the verdict, which is printed and told; the evidence and the other report are kept', async () => {
    const { status, out, err } = await verify('--json', '/dev/full', '--junit', at('a.xml'));
    expect(out).toContain('The SQL differs from the model (');
    expect(err).toBe(`pgtwin: /dev/full: cannot be written (ENOSPC); ${lostBad}\n`);
    expect(status).toBe(2);
    expect(await files()).toEqual([
      'a.xml',
      'out',
      expect.stringMatching(/html$/),
      expect.stringMatching(/json$/),
      expect.stringMatching(/sql$/),
    ]);
  });

  it('is told in one line where there is more than one', async () => {
    await symlink('/dev/full', at('link'));
    const { status, err } = await verify('--json', '/dev/full', '--junit', at('link'));
    const full = 'cannot be written (ENOSPC)';
    expect(err).toBe(`pgtwin: /dev/full: ${full}; ${at('link')}: ${full}; ${lostBad}\n`);
    expect(status).toBe(2);
  });

  it('is 2 for the page of a replay, after its verdict', async () => {
    await verify();
    const trace = (await files()).find((name) => name.endsWith('.json'))!;
    const { status, out, err } = await pgtwin('replay', at(trace), '--html', '/dev/full');
    expect(out).toContain('The SQL differs from the model after');
    expect(out).not.toMatch(/^page/m);
    expect(err).toBe(`pgtwin: /dev/full: cannot be written (ENOSPC); ${lostBad}\n`);
    expect(status).toBe(2);
  });

  it('is 2 for a list', async () => {
    const { status, out } = await pgtwin('deviations', '--engine', 'toy', '--json', '/dev/full');
    expect(out).toContain('counters-have-no-end');
    expect(status).toBe(2);
  });
});

describe('evidence that cannot be written', () => {
  it('is 2, after the verdict', async () => {
    await verify();
    const trace = (await files()).find((name) => name.endsWith('.json'))!;
    await rm(at('out'), { recursive: true });
    await mkdir(at(trace), { recursive: true });
    const { status, out, err } = await verify();
    expect(out).toContain('The SQL differs from the model (');
    expect(out).toContain(`the trace could not be saved: ${at(trace)}: is a directory`);
    expect(err).toBe(`pgtwin: ${at(trace)}: is a directory: name a file; ${lostBad}\n`);
    expect(status).toBe(2);
  });
});

describe('what cannot be written is refused before the work', () => {
  it.each<[string, string[], RegExp]>([
    ['a file as a directory', ['--out', 'FOLDER/file'], /FOLDER\/file: is not a directory: name another/],
    ['a directory as a file', ['--json', 'FOLDER/sub'], /FOLDER\/sub: is a directory: name a file/],
    ['below a file', ['--junit', 'FOLDER/file/a.xml'], /a\.xml: cannot be written \(ENOTDIR\)/],
  ])('%s', async (_, options, message) => {
    await writeFile(at('file'), '');
    await mkdir(at('sub'));
    const line = options.map((word) => word.replace('FOLDER', folder));
    const { status, err, opened } = await verify(...line);
    expect(err.replaceAll(folder, 'FOLDER')).toMatch(message);
    expect([status, opened]).toEqual([2, 0]);
    expect(await files()).toEqual(['file', 'sub']);
  });

  it('a page on standard output', async () => {
    const { status, err } = await pgtwin('replay', 'x.json', '--html', '-');
    expect(err).toBe('pgtwin: --html needs a file, not standard output; see pgtwin replay --help\n');
    expect(status).toBe(2);
    expect((await pgtwin('mutants', '--resume', '-')).err).toContain('--resume needs a file');
  });

  it('nothing is made for a run that does not begin', async () => {
    const { status } = await verify('--json', at('new/a.json'), '--migrations', at('none'));
    expect(status).toBe(2);
    expect(await files()).toEqual([]);
  });
});

it.runIf(isLinux)('a report on /dev/stdout stands among what else is printed there', async () => {
  const { status, out } = await pgtwin('deviations', '--engine', 'toy', '--json', '/dev/stdout');
  expect(out).toMatch(/counters-have-no-end\n[\s\S]*\n\[\n {2}\{\n/);
  expect(status).toBe(0);
});

describe('files that are read', () => {
  it('may begin with a byte order mark', async () => {
    await writeFile(at('a.json'), '\ufeff[]');
    expect(await readAllowed(at('a.json'))).toEqual([]);
    await writeFile(at('b.json'), '\ufeff{"pgtwin": "0.0.0"}');
    await expect(readReport(at('b.json'))).rejects.toThrow(/b\.json: written by pgtwin 0\.0\.0/);
  });

  it('have to be UTF-8', async () => {
    await writeFile(at('a.json'), Buffer.from('[{"function": "caf\xe9"}]', 'latin1'));
    const refused = `${at('a.json')}: is not text in UTF-8: save it in that encoding`;
    await expect(readAllowed(at('a.json'))).rejects.toThrow(refused);
    await expect(readReport(at('a.json'))).rejects.toThrow(refused);
    const { status, err } = await pgtwin('replay', at('a.json'));
    expect([status, err]).toEqual([2, `pgtwin: ${refused}\n`]);
  });

  it.runIf(isLinux)('have an end', async () => {
    const { status, err } = await pgtwin('replay', '/dev/zero');
    expect([status, err]).toEqual([2, 'pgtwin: /dev/zero: is not a regular file\n']);
  });
});
