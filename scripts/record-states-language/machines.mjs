/**
 * Records what the npm package aws-local-stepfunctions does with random machines:
 * `node --import tsx scripts/record-states-language/machines.mjs --into DIR --out FILE [--machines N] [--seed N]`.
 * It is installed in DIR, outside of this repository, with a Node that it can run on. Nothing of it is kept here.
 */
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { wholeNumber } from '../recording/file.mjs';
import { Random } from '../recording/random.mjs';
import { drawCase } from './drawing.mjs';

const original = { name: 'aws-local-stepfunctions', version: '3.0.0', license: 'MIT' };
const node = 'node@22';

const text = { type: 'string' };
const { values } = parseArgs({ options: { into: text, out: text, machines: text, seed: text } });
if (!values.into || !values.out)
  throw new Error('name --into DIR, outside of this repository, and --out FILE');
const seed = wholeNumber(values.seed, 1);
const count = wholeNumber(values.machines, 2000, 1);
const folder = installed(values.into);
const executable = join(folder, 'node_modules', '.bin', 'node');

const random = new Random(seed);
const child = spawn(executable, ['program.mjs'], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
const lines = [];
const outcomes = new Map();
while (lines.length < count) {
  const drawn = await drawCase(random);
  child.stdin.write(`${JSON.stringify(drawn)}\n`);
  const { value, done } = await answers.next();
  if (done) throw new Error(`the program ended at ${JSON.stringify(drawn)}`);
  const outcome = JSON.parse(value);
  lines.push(JSON.stringify({ ...drawn, ...outcome }));
  const what = outcome.error ?? 'it succeeds';
  outcomes.set(what, (outcomes.get(what) ?? 0) + 1);
}
child.stdin.end();

const heading = {
  executions: count,
  by: 'pgtwin, scripts/record-states-language/machines.mjs',
  recordedAt: recordedAt(),
  original,
  versions: {
    node: String(execFileSync(executable, ['--version']))
      .trim()
      .replace(/^v/, ''),
    'fast-check': versionOf(fileURLToPath(new URL('../..', import.meta.url)), 'fast-check'),
  },
  seed,
};
writeFileSync(values.out, gzipSync(`${[JSON.stringify(heading), ...lines].join('\n')}\n`, { level: 9 }));
for (const what of [...outcomes.keys()].sort()) console.log(`${outcomes.get(what)} ${what}`);

function installed(into) {
  const folder = resolve(into);
  if (!relative(fileURLToPath(new URL('../..', import.meta.url)), folder).startsWith('..'))
    throw new Error(`${into} is in this repository: name a folder outside of it`);
  mkdirSync(folder, { recursive: true });
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest)) writeFileSync(manifest, '{ "private": true, "type": "module" }\n');
  if (!existsSync(join(folder, 'node_modules', original.name)))
    execFileSync(
      'npm',
      ['install', '--no-audit', '--no-fund', node, `${original.name}@${original.version}`],
      {
        cwd: folder,
        stdio: ['ignore', 'inherit', 'inherit'],
      },
    );
  const found = versionOf(folder, original.name);
  if (found !== original.version) throw new Error(`${into} has ${original.name} ${found}`);
  const here = (path) => fileURLToPath(new URL(path, import.meta.url));
  copyFileSync(here('program.mjs'), join(folder, 'program.mjs'));
  const answers = '../../tests/conformance/state-machine/executions/answers.ts';
  copyFileSync(here(answers), join(folder, 'answers.mts'));
  return folder;
}

function versionOf(folder, name) {
  return JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version;
}

/** Now; or the second since 1970 that SOURCE_DATE_EPOCH names. */
function recordedAt() {
  const epoch = process.env.SOURCE_DATE_EPOCH;
  return new Date(epoch === undefined ? Date.now() : Number(epoch) * 1000).toISOString();
}
