/**
 * Records what the original answers to random commands of its ledgers:
 * `node --import tsx scripts/record-activity-ledger/collator.mjs --into DIR --out FILE [--operations N] [--seed N]`.
 * The same seed gives the same commands. What was reached is printed.
 */
import { parseArgs } from 'node:util';
import { RecordingFile, wholeNumber } from '../recording/file.mjs';
import { Random } from '../recording/random.mjs';
import { Ledgers } from './collation.mjs';
import { LedgerTrace } from './draw-ledger.mjs';
import { installed, original } from './package.mjs';

const text = { type: 'string' };
const { values } = parseArgs({ options: { into: text, out: text, operations: text, seed: text } });
if (!values.into || !values.out)
  throw new Error('name --into DIR, outside of this repository, and --out FILE');
const operations = wholeNumber(values.operations, 20_000, 1);
const seed = wholeNumber(values.seed, 1);

/** The tables that are told, with their keys. */
const ledgers = {
  'ledger.activity_ledgers': ['jid', 'aid', 'dad'],
  'ledger.guid_ledgers': ['jid', 'guid'],
};
const startedAt = '2030-01-01T00:00:00.000Z';
const mostCommands = 60;

const { CollatorService } = installed(values.into)('build/services/collator/index.js');
const file = new RecordingFile(values.out, {
  engine: 'activity-ledger',
  release: 'countdown',
  original,
  by: 'record-activity-ledger/collator.mjs',
  what: 'its CollatorService alone, over a store in memory',
  drawn: { seed, maxCommands: mostCommands },
  observed: { results: true, tables: ledgers },
});
const random = new Random(seed);
const reached = new Map();
for (let left = operations; left > 0; ) {
  const there = new Ledgers(CollatorService);
  const trace = new LedgerTrace(random, there);
  const told = [];
  for (let count = Math.min(left, random.integer(1, mostCommands)); count > 0; count--) {
    const command = trace.next();
    const row = await there.execute(command);
    told.push([
      { at: told.length, command },
      { result: { ok: true, rows: [row] }, tables: there.tables() },
    ]);
    const what = row.fault === undefined ? command.type : `${command.type}: ${row.fault ?? 'no fault'}`;
    reached.set(what, (reached.get(what) ?? 0) + 1);
  }
  file.trace(startedAt, told);
  left -= told.length;
}
file.end();
for (const what of [...reached.keys()].sort()) console.log(`${reached.get(what)} ${what}`);
