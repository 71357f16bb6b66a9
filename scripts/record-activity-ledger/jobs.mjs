/**
 * Records what the original engine does as a whole, on PGlite, a message at a time:
 * `node --import tsx scripts/record-activity-ledger/jobs.mjs --into DIR --out FILE [--jobs N] [--seed N] [--tables a,b]`.
 * What was reached is printed.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { RecordingFile, wholeNumber } from '../recording/file.mjs';
import { Random } from '../recording/random.mjs';
import { JobsTrace } from './draw-jobs.mjs';
import { Clock } from './engine-clock.mjs';
import { answerOf, EngineTrace, failureOf } from './engine-trace.mjs';
import { drawFlow, keptFlows, withNamed } from './graphs.mjs';
import { original as asked, installed } from './package.mjs';

const text = { type: 'string' };
const { values } = parseArgs({
  options: { into: text, out: text, jobs: text, seed: text, tables: text },
});
if (!values.into || !values.out)
  throw new Error('name --into DIR, outside of this repository, and --out FILE');
const leastJobs = wholeNumber(values.jobs, 200, 1);
const seed = wholeNumber(values.seed, 1);
const mostCommands = 40;
const startedAt = '2030-01-01T00:00:00.000Z';

// A setting of the original's own: whoever looks after timers goes on doing so.
// What is set outside would change when its jobs expire and its timers are due.
for (const name of Object.keys(process.env))
  if (name.startsWith('HMSH_') || name === 'NODE_ENV') delete process.env[name];
process.env.HMSH_SCOUT_INTERVAL_SECONDS = '1000000';
// What it does not wait for fails on its own where it is cut off.
process.on('unhandledRejection', (error) => {
  if (error?.message !== 'the process has ended') throw error;
});
const clock = new Clock();
clock.install();
const load = installed(values.into);
const { Original } = await import('./engine.mjs');
const { EngineTables, tables } = await import('./engine-tables.mjs');

const manifest = new URL('../../node_modules/@electric-sql/pglite/package.json', import.meta.url);
const { version: pglite } = JSON.parse(readFileSync(manifest, 'utf8'));
const random = new Random(seed);
const flows = keptFlows();
for (let drawn = 1; drawn <= 20; drawn++) flows.push(drawFlow(random, `r${drawn}`));
const original = await Original.start({ load, clock, flows });
const engine = { original, tables: await EngineTables.of(original, flows) };

const names = values.tables?.split(',').map((name) => `ledger.${name}`) ?? Object.keys(tables);
const file = new RecordingFile(values.out, {
  engine: 'activity-ledger',
  release: 'countdown',
  original: asked,
  by: 'record-activity-ledger/jobs.mjs',
  what: 'the whole engine on PGlite',
  versions: { pglite },
  drawn: { seed, maxCommands: mostCommands },
  observed: {
    results: ['trigger', 'deliver'],
    tables: Object.fromEntries(names.map((name) => [name, tables[name]])),
  },
});
const reached = new Map();
let jobs = 0;
let traces = 0;
while (jobs < leastJobs) {
  const roots = random.some(
    flows.map(({ flow }) => flow),
    random.integer(1, 2),
  );
  const drawing = new JobsTrace(random, withNamed(flows, roots), roots, Date.parse(startedAt));
  const trace = await EngineTrace.begin(engine, Date.parse(startedAt));
  const told = [];
  while (told.length < mostCommands) {
    const asked = drawing.next(trace.tables);
    if (!asked) break;
    const { command, ...answer } = await trace.execute(asked, drawing.at);
    told.push([{ at: drawing.at, command }, answerOf(answer)]);
    const outcome = answer.row?.outcome;
    const why = outcome === 'failed' ? `: ${failureOf(answer.done)}` : '';
    const what = outcome === undefined ? command.type : `${command.type}: ${outcome}${why}`;
    reached.set(what, (reached.get(what) ?? 0) + 1);
  }
  file.trace(startedAt, told);
  jobs += trace.begun;
  traces++;
}
file.end();
for (const what of [...reached.keys()].sort()) console.log(`${reached.get(what)} ${what}`);
console.log(`${traces} traces, ${jobs} jobs`);
process.exit(0);
