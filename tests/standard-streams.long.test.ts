// Long tier: it starts the command itself, again and again.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const main = new URL('../src/harness/cli/main.ts', import.meta.url).href;
const program = `const { main } = await import(${JSON.stringify(main)}); await main();`;

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pgtwin-streams-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** In a shell that knows the command. */
function shell(script: string) {
  const command = `"${process.execPath}" --import tsx --input-type=module -e '${program}' pgtwin`;
  const child = spawn('bash', ['-c', `pgtwin() { ${command} "$@"; }; ${script}`], {
    cwd: join(import.meta.dirname, '..'),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk) => out.push(chunk));
  child.stderr.on('data', (chunk) => err.push(chunk));
  return new Promise<{ status: number | null; out: string; err: string }>((resolve) => {
    child.on('close', (status) =>
      resolve({ status, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }),
    );
  });
}

const good = 'otherwise the status would be 0 (the answer is good)';

describe.runIf(process.platform === 'linux')('a standard stream', () => {
  test.each<[string, string, number, string]>([
    [
      'output that is full',
      'pgtwin deviations > /dev/full',
      2,
      `pgtwin: standard output: cannot be written (ENOSPC); ${good}\n`,
    ],
    ['output that is full, for a report', 'pgtwin deviations --json - 2> /dev/null > /dev/full', 2, ''],
    ['errors that are full', 'pgtwin deviations --json - 2> /dev/full > /dev/null', 2, ''],
    ['errors that are full, where nothing is written there', 'pgtwin deviations 2> /dev/full', 0, ''],
    ['output whose reader went away', 'set -o pipefail; pgtwin deviations | true', 0, ''],
    ['errors whose reader went away', 'pgtwin deviations --json - 2> >(true) > /dev/null; exit $?', 0, ''],
    ['a reader that went away from what could not run', 'pgtwin nothing 2> >(true); exit $?', 2, ''],
  ])('%s', async (_, script, status, line) => {
    const ended = await shell(script);
    expect([ended.status, ended.err]).toEqual([status, line]);
  });

  test('that is slow gets all of it', async () => {
    const { out } = await shell('pgtwin deviations --json - 2> /dev/null | (sleep 2; cat)');
    const direct = await shell(`pgtwin deviations --json - 2> /dev/null > ${folder}/a.json`);
    expect(direct.status).toBe(0);
    expect(out).toBe(await readFile(join(folder, 'a.json'), 'utf8'));
    expect(JSON.parse(out).length).toBeGreaterThan(10);
  });

  test('that is a process substitution or a descriptor gets the report in place', async () => {
    const { out, status } = await shell(
      `pgtwin deviations --json >(cat > ${folder}/a.json) > /dev/null && sleep 0.5 &&
       pgtwin deviations --json /dev/fd/3 3> ${folder}/b.json > /dev/null &&
       pgtwin deviations --json /dev/fd/1 2> /dev/null | tail -1`,
    );
    expect([status, out]).toEqual([0, ']\n']);
    const [a, b] = [readFile(join(folder, 'a.json'), 'utf8'), readFile(join(folder, 'b.json'), 'utf8')];
    expect(await a).toBe(await b);
  });
});

test.runIf(process.platform === 'linux')('a trace may come through a pipe', async () => {
  const { status, err } = await shell(`echo '{}' | pgtwin replay /dev/stdin; pgtwin replay <(echo '{}')`);
  expect(err).toMatch(/^pgtwin: \/dev\/stdin: [^\n]*\npgtwin: \/dev\/fd\/\d+: [^\n]*\n$/);
  expect(err).not.toMatch(/not JSON|regular file/);
  expect(status).toBe(2);
});
