/** The toy engine with a function that bugs can be planted in: what each of them does is decided by its text. */
import type { Engine } from '../../../../src/harness/contract/engine.ts';
import type { EquivalentMutants } from '../../../../src/harness/contract/mutation.ts';
import type { Services } from '../../../../src/harness/contract/services.ts';
import {
  type Batch,
  type BatchResult,
  DriverError,
  ScriptError,
  type SqlDriver,
} from '../../../../src/sql/driver.ts';
import { openToyDriver, toyEngine, toyRelease } from '../toy-engine.ts';
import { sqlFunction } from './plant.ts';

const body = `
select value + amount
from counters
where name = who and amount >= 0
order by name;
`;
const { definition } = sqlFunction(body);
const signature = 'toy.add(text,integer)';
const rows = [[signature, 'add', 'sql', definition, body]];
const columns = ['signature', 'name', 'language', 'definition', 'body'].map((name) => ({ name, type: 25 }));

export interface ToyLog {
  opened: number;
  /** Of those opened. */
  closed: number;
  /** Mutants that were installed, in their order. */
  readonly installed: string[];
}

export const newLog = (): ToyLog => ({ opened: 0, closed: 0, installed: [] });

/** A sum off by one is found; the order of one row is not; the rest does not install, breaks or hangs. */
function effectOf(sql: string) {
  if (sql === definition) return 'none';
  if (sql.includes('value - amount')) return 'wrong';
  if (sql.includes('amount < 0')) return 'refused';
  if (sql.includes('name <> who')) return 'silent';
  if (sql.includes('name = who\n')) return 'sticky';
  return sql.includes('where amount') ? 'broken' : 'none';
}

export function openMutableToy(log: ToyLog): SqlDriver {
  let effect: ReturnType<typeof effectOf> = 'none';
  /** What a mutant left behind that taking it back does not mend. */
  let isSpoilt = false;
  let isClosed = false;
  let giveUp: (error: Error) => void = () => {};
  const toy = openToyDriver({
    bug: (sum) => {
      if (effect === 'sticky' && sum > 8) isSpoilt = true;
      return (effect === 'wrong' && sum > 5) || isSpoilt ? sum + 1 : sum;
    },
    before: () => {
      if (isClosed) throw new DriverError('closed');
      if (effect === 'broken') throw new DriverError('in pieces');
      if (effect === 'silent') return new Promise((_, reject) => (giveUp = reject));
      return undefined;
    },
  });
  log.opened++;
  return {
    versions: toy.versions,
    async run(batch: Batch): Promise<BatchResult> {
      const isQuestion = batch.queries[0]?.text.includes('pg_get_functiondef');
      return isQuestion ? { finishedAt: 0, results: [{ kind: 'rows', columns, rows }] } : toy.run(batch);
    },
    async script(sql, name = '') {
      effect = effectOf(sql);
      if (sql !== definition) log.installed.push(name);
      const failure = { kind: 'failure', sqlstate: '42601', message: 'syntax error' } as const;
      if (effect === 'refused') throw new ScriptError(name, { line: 1, text: sql }, failure);
    },
    async close() {
      // Once by the watchdog, once by whoever owns it.
      if (!isClosed) log.closed++;
      isClosed = true;
      giveUp(new DriverError('closed'));
      await toy.close();
    },
  };
}

/** Services with the toy as their only engine. */
export function mutableToy(log: ToyLog, equivalents: readonly EquivalentMutants[] = []): Services {
  const release = { ...toyRelease, mutation: { schema: 'toy', equivalents } };
  const engines: Engine[] = [{ ...toyEngine, releases: [release] } as unknown as Engine];
  return { engines, openDriver: async () => openMutableToy(log) };
}
