/**
 * Records what the original executor does with random machines, a message at a time, in virtual time:
 * `node --import tsx scripts/record-state-machine/machines.mjs --checkout DIR --into DIR --out FILE [--traces DIR] [--machines N] [--seed N]`.
 * The kept traces of a directory come first, as far as the original can be asked for them. How the machines ended is printed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fornextCommand } from '../../src/model/state-machine/fornext/commands.ts';
import { fornext } from '../../src/model/state-machine/fornext/machine.ts';
import { initialState } from '../../src/model/state-machine/fornext/state.ts';
import { isStateType } from '../../src/model/state-machine/shared/types.ts';
import { RecordingFile, wholeNumber } from '../recording/file.mjs';
import { Random } from '../recording/random.mjs';
import { Drawing, drawNumbers, drawRun, isJsonb } from './drawing.mjs';
import { built, original } from './original.mjs';
import { tables } from './seen.mjs';
import { Trace } from './trace.mjs';

const text = { type: 'string' };
const { values } = parseArgs({
  options: { checkout: text, into: text, out: text, traces: text, machines: text, seed: text },
});
if (!values.checkout || !values.into || !values.out)
  throw new Error('name --checkout DIR, --into DIR, outside of this repository, and --out FILE');
const seed = wholeNumber(values.seed, 1);
const mostCommands = 150;
const program = built(values.checkout, values.into);
const random = new Random(seed);

const manifest = new URL('../../node_modules/fast-check/package.json', import.meta.url);
const { version: fastCheck } = JSON.parse(readFileSync(manifest, 'utf8'));
const file = new RecordingFile(values.out, {
  engine: 'state-machine',
  release: 'fornext',
  original,
  by: 'record-state-machine/machines.mjs',
  what: 'the whole executor in virtual time',
  versions: { go: program.go, 'fast-check': fastCheck },
  drawn: { seed, maxCommands: mostCommands },
  observed: { results: true, tables },
});

const example = JSON.parse(readFileSync(new URL('example.json', import.meta.url), 'utf8'));
let left = wholeNumber(values.machines, 1000, 1);
const outcomes = new Map();
await recordKept(values.traces);
await record(example, Date.UTC(2030, 0, 1), 'example.json');
while (left > 0) {
  const run = drawRun(random);
  if (isModelled(run)) await record(run, random.integer(Date.UTC(2001, 0, 1), Date.UTC(2100, 0, 1)));
}
await recordNumbers();
file.end();
for (const what of [...outcomes.keys()].sort()) console.log(`${outcomes.get(what)} ${what}`);

async function recordKept(directory) {
  for (const name of directory === undefined ? [] : readdirSync(directory).sort()) {
    const { release, startedAt, commands } = JSON.parse(readFileSync(join(directory, name), 'utf8'));
    if (release !== 'fornext') continue;
    const trace = new Trace(program.file, values.into, Date.parse(startedAt));
    const told = [];
    for (const entry of commands) {
      if (!trace.isPossible(entry.command)) break;
      told.push([entry, await trace.execute(entry.command, entry.at)]);
    }
    await trace.end();
    if (told.length === commands.length) file.trace(startedAt, told, name);
    else console.log(`not asked: ${name}`);
  }
}

/**
 * Machines that ours refuse are not asked for, but for those that the original refuses too; nor is what no jsonb can be. Of two states whose
 * types it does not know, the original names either.
 */
function isModelled(run) {
  if (!isJsonb(run)) return false;
  const command = { type: 'create_machine', machine: 'm', definition: run.definition };
  if (!fornextCommand.safeParse(command).success) return false;
  const { result } = fornext.transition(initialState, command, { now: 0, uuid: '', order: (all) => all });
  return (
    result.ok ||
    (result.refusal.message.startsWith('unsupport state type') && countUnknown(run.definition) === 1)
  );
}

function countUnknown({ States }) {
  const counts = Object.values(States).map(({ Type, Branches, ItemProcessor }) => {
    const inner = [...(Branches ?? []), ...(ItemProcessor ? [ItemProcessor] : [])].map(countUnknown);
    return inner.reduce((sum, count) => sum + count, isStateType(Type) ? 0 : 1);
  });
  return counts.reduce((sum, count) => sum + count, 0);
}

async function record(run, start, name) {
  left--;
  const trace = new Trace(program.file, values.into, start);
  const drawing = new Drawing(random, trace, run);
  const told = [];
  let answer;
  while (told.length < mostCommands) {
    const command = drawing.next();
    if (!command || !trace.isPossible(command)) break;
    const entry = { at: drawing.at, command };
    answer = await trace.execute(command, drawing.at);
    told.push([entry, answer]);
    if (!answer.result.ok) break;
  }
  await trace.end();
  file.trace(new Date(start).toISOString(), told, name);
  const row = answer.tables.get('asl.executors')?.[0];
  const end = row?.words ?? row?.status ?? answer.result.refusal?.message;
  outcomes.set(end, (outcomes.get(end) ?? 0) + 1);
}

async function recordNumbers() {
  const start = Date.UTC(2030, 0, 1);
  const trace = new Trace(program.file, values.into, start);
  const told = [];
  while (told.length < 300) {
    const command = drawNumbers(random);
    told.push([{ at: told.length, command }, await trace.execute(command, told.length)]);
  }
  await trace.end();
  file.trace(new Date(start).toISOString(), told);
}
