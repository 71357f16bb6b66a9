/**
 * `npm run fuzz:kills -- --count 200 --seed N`: kills commands at random moments, which share a cache and a directory of results, and
 * starts each again. Ends with 1 where one that follows a kill does not end as it should, or something is left behind.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';

const { values } = parseArgs({
  options: { count: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
});
const [count, seed] = [Number(values.count), Number(values.seed)];
const root = join(import.meta.dirname, '../..');
const folder = await mkdtemp(join(tmpdir(), 'pgtwin-kills-'));
const [cache, out] = [join(folder, 'cache'), join(folder, 'out')];

const commands: readonly (readonly string[])[] = [
  [
    'verify',
    '--samples',
    '3',
    '--workers',
    '1',
    '--json',
    join(out, 'verify.json'),
    '--junit',
    join(out, 'verify.xml'),
  ],
  [
    'verify',
    '--intended',
    'stalled-tasks-are-never-retried',
    '--samples',
    '40',
    '--workers',
    '1',
    '--out',
    out,
  ],
  [
    'diff',
    '--from',
    '0.1.20',
    '--to',
    '0.1.20',
    '--samples',
    '2',
    '--json',
    join(out, 'diff.json'),
    '--out',
    out,
  ],
  ['deviations', '--json', join(out, 'deviations.json')],
];
/** Of the whole commands. */
const statuses = [0, 1, 0, 0];
const longestMs = 6000;

function start(
  words: readonly string[],
  killAfterMs?: number,
): Promise<{ status: number | null; err: string }> {
  const env = { ...process.env, PGTWIN_CACHE: cache };
  const child = spawn(process.execPath, [join(root, 'bin/pgtwin.js'), ...words], { env });
  let err = '';
  child.stderr.on('data', (data) => {
    err += data;
  });
  child.stdout.resume();
  if (killAfterMs !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, err })));
}

/** Files that no command has promised. */
async function leftovers(): Promise<string[]> {
  const names = await Promise.all([cache, out].map((path) => readdir(path).catch((): string[] => [])));
  return names.flat().filter((name) => !/\.(image|json|xml|sql|html)$/.test(name));
}

const kills = fc.sample(
  fc.record({
    which: fc.nat({ max: commands.length - 1 }),
    afterMs: fc.nat({ max: longestMs }),
    forgets: fc.nat({ max: 9 }),
  }),
  { numRuns: count, seed },
);
let [killed, faults] = [0, 0];
const complain = (line: string) => {
  faults++;
  console.log(line);
};
for (const [i, { which, afterMs, forgets }] of kills.entries()) {
  // Now and then the databases are built from nothing.
  if (forgets === 0) await rm(cache, { recursive: true, force: true });
  const { status } = await start(commands[which]!, afterMs);
  if (status === null) killed++;
  const again = await start(commands[which]!);
  if (again.status !== statuses[which]) {
    complain(`after kill ${i + 1} of ${commands[which]![0]}: status ${again.status}: ${again.err}`);
  }
}
for (const [which, words] of commands.entries()) {
  const { status, err } = await start(words);
  if (status !== statuses[which]) complain(`in the end, ${words[0]}: status ${status}: ${err}`);
}
for (const name of await leftovers()) complain(`left behind: ${name}`);
await rm(folder, { recursive: true });
console.log(`${killed} of ${count} were killed, the others had ended; seed ${seed}; ${faults} faults`);
process.exitCode = faults > 0 ? 1 : 0;
