/**
 * `npm run fuzz:kills -- --count 200 --seed N`: kills commands at random moments, which share a cache and a directory of results, and
 * starts each again. Ends with 1 where one that follows a kill does not end as it should, or something is left behind.
 */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
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
const [cache, out, temporary] = [join(folder, 'cache'), join(folder, 'out'), join(folder, 'tmp')];
await mkdir(temporary);

const results = (name: string) => ['--json', join(out, `${name}.json`), '--out', out];
const trace = join(
  root,
  'tests/conformance/pgflow/traces/a-run-is-read-whole-and-deleted-when-it-is-completed.json',
);
/** Each with the status that it ends with when nobody kills it. */
const commands: readonly { readonly words: readonly string[]; readonly status: number }[] = [
  {
    words: [
      'verify',
      '--samples',
      '3',
      '--workers',
      '1',
      ...results('verify'),
      '--junit',
      join(out, 'v.xml'),
    ],
    status: 0,
  },
  {
    // With this seed the fifth sample shows it.
    words: 'verify --intended stalled-tasks-are-never-retried --seed 11 --samples 40 --workers 1 --out'
      .split(' ')
      .concat(out),
    status: 1,
  },
  { words: ['diff', '--from', '0.1.20', '--to', '0.1.20', '--samples', '2', ...results('diff')], status: 0 },
  { words: ['replay', trace, '--html', join(out, 'replay.html')], status: 0 },
  { words: ['deviations', '--json', join(out, 'deviations.json')], status: 0 },
];

/** Ends with `null` as its status where it was killed. */
async function start(words: readonly string[], killAfterMs?: number) {
  const env = { ...process.env, PGTWIN_CACHE: cache, TMPDIR: temporary };
  const begun = performance.now();
  const child = spawn(process.execPath, [join(root, 'bin/pgtwin.js'), ...words], { env });
  let err = '';
  child.stderr.on('data', (data) => {
    err += data;
  });
  child.stdout.resume();
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearTimeout(timer);
  return { status, err, ms: performance.now() - begun };
}

let faults = 0;
function complain(line: string): void {
  faults++;
  console.log(line);
}

/** Of each kind of file that is written at once: how a whole one ends. */
const ends: Readonly<Record<string, RegExp>> = {
  json: /[\]}]\n$/,
  xml: /<\/testsuites>\n$/,
  html: /<\/html>\n$/,
  sql: /\n$/,
};

/** A command that was killed leaves whole files behind, and drafts; the next one removes these. */
async function checkFiles(when: string, { mayHaveDrafts }: { mayHaveDrafts: boolean }): Promise<void> {
  for (const name of await readdir(out).catch((): string[] => [])) {
    const kind = name.split('.').at(-1)!;
    const end = ends[kind];
    if (!end) {
      if (!(mayHaveDrafts && kind === 'tmp')) complain(`${when}: left behind: ${name}`);
      continue;
    }
    const text = await readFile(join(out, name), 'utf8');
    if (!end.test(text)) complain(`${when}: ${name} is half-written: ${text.length} characters`);
    else if (kind === 'json') JSON.parse(text);
  }
  for (const name of await readdir(cache).catch((): string[] => [])) {
    if (!name.endsWith('.image') && !mayHaveDrafts) complain(`${when}: left in the cache: ${name}`);
  }
  for (const name of await readdir(temporary)) complain(`${when}: left for the system to remove: ${name}`);
  for (const each of await processes()) complain(`${when}: process ${each} still runs`);
}

/** Of ours, by their environment; only Linux says so. */
async function processes(): Promise<string[]> {
  const found: string[] = [];
  for (const id of await readdir('/proc').catch((): string[] => [])) {
    if (!/^\d+$/.test(id) || Number(id) === process.pid) continue;
    const environment = await readFile(`/proc/${id}/environ`, 'utf8').catch(() => '');
    // Of a process that ended there is no longer a program.
    const program = await readlink(`/proc/${id}/exe`).catch(() => undefined);
    if (program !== undefined && environment.includes(cache)) found.push(id);
  }
  return found;
}

/** How long each takes as a whole, with the database to be built and without. */
const durations: number[] = [];
for (const { words, status } of commands) {
  const whole = await start(words);
  if (whole.status !== status) complain(`before, ${words[0]}: status ${whole.status}: ${whole.err}`);
  durations.push(whole.ms);
}

const drawn = fc.sample(
  fc.record({
    which: fc.nat({ max: commands.length - 1 }),
    // In thousandths of its duration.
    moment: fc.nat({ max: 999 }),
    forgets: fc.nat({ max: 9 }),
  }),
  { numRuns: 3 * count, seed, unbiased: true },
);
let [killed, tried] = [0, 0];
for (const { which, moment, forgets } of drawn) {
  if (killed === count) break;
  tried++;
  const { words, status } = commands[which]!;
  // Now and then the databases are built from nothing.
  if (forgets === 0) await rm(cache, { recursive: true, force: true });
  const afterMs = Math.round((moment / 1000) * durations[which]!);
  const when = `kill ${tried}, ${words[0]} after ${afterMs} ms`;
  const first = await start(words, afterMs);
  if (tried % 25 === 0) console.log(`${killed} of ${count} killed`);
  if (first.status === null) killed++;
  else if (first.status !== status) complain(`${when}: ended before with ${first.status}: ${first.err}`);
  await checkFiles(when, { mayHaveDrafts: true });
  const again = await start(words);
  if (again.status !== status) complain(`${when}: started again, status ${again.status}: ${again.err}`);
  if (again.status === 0 && again.err !== '') complain(`${when}: started again, it said: ${again.err}`);
}
for (const { words, status } of commands) {
  const last = await start(words);
  if (last.status !== status) complain(`in the end, ${words[0]}: status ${last.status}: ${last.err}`);
}
await checkFiles('in the end', { mayHaveDrafts: false });
await rm(folder, { recursive: true });
console.log(`${killed} of ${tried} were killed, the others had ended; seed ${seed}; ${faults} faults`);
process.exitCode = faults > 0 ? 1 : 0;
