/**
 * Executes the machines that are found in folders with the twin, its tasks answered by stubs, and prints what came of each as a table:
 * `node --import tsx scripts/public-machines.mjs DIR...`. Each folder is the checkout of a repository, named by its last two parts.
 * With `--details`, each run of each machine is printed as a line of JSON.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { run } from './public-machines/running.mjs';

const isDetailed = process.argv.includes('--details');
const folders = process.argv.slice(2).filter((each) => !each.startsWith('--'));
if (folders.length === 0) throw new Error('name the folders in which there are machines');

const counts = new Map();
for (const folder of folders) {
  const name = `${basename(dirname(resolve(folder)))}/${basename(resolve(folder))}`;
  const found = machinesIn(folder);
  if (found.length === 0) continue;
  if (!isDetailed)
    console.log(`## ${name}\n\n| machine | states | what came of it | reached |\n|---|---|---|---|`);
  for (const [file, definition] of found) {
    const result = await run(definition);
    const what = whatCame(result);
    const kind = what.replace(/[:,].*/s, '');
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    if (isDetailed) console.log(JSON.stringify({ name, file, what, ...result }));
    else console.log(`| ${file} | ${result.states ?? ''} | ${what} | ${reached(result)} |`);
  }
  if (!isDetailed) console.log('');
}
console.error([...counts].map(([kind, count]) => `${count} ${kind}`).join('\n'));

function machinesIn(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(json|asl\.ya?ml)$/.test(file) && !/(^|\/)node_modules\//.test(file))
    .sort()
    .flatMap((file) => {
      const definition = read(join(folder, file));
      const isMachine =
        typeof definition?.StartAt === 'string' &&
        typeof definition.States === 'object' &&
        definition.States !== null;
      return isMachine ? [[file, definition]] : [];
    });
}

/** Undefined for what is no JSON or YAML. */
function read(file) {
  try {
    const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
    return file.endsWith('json') ? JSON.parse(text) : parse(text);
  } catch {
    return undefined;
  }
}

function whatCame({ refused, outcomes }) {
  if (refused !== undefined) return `Refused: ${refused.replace(/\|/g, '\\|').slice(0, 110)}`;
  const isPlanted = ({ name }) => !name.startsWith('round');
  const told = outcomes.filter((each) => !isPlanted(each));
  const statuses = new Set(
    told.map(({ status, error }) => (status === 'Failed' ? `Failed with ${error}` : status)),
  );
  const last = (a, b) => Number(b === 'Succeeded') - Number(a === 'Succeeded');
  return [...statuses].sort(last).join(', ');
}

function reached({ share }) {
  return share === undefined ? '' : `${Math.floor(share * 100)} %`;
}
