/** A difference in a sentence. Files of allowed differences name it as the JSON does: `a_*: a row (to only)`. */
import type { Both } from '../contract/diff.ts';

/** `a row in an archive exists only in 0.8.1`; a place that both sides have keeps its name, `step_states.status`. */
export function inWords(what: string, names: Both<string>): string {
  const [, thing, side] = /^(.*) \((from|to) only\)$/s.exec(what) ?? [];
  if (thing === undefined) return what;
  const name = side === 'from' ? names.from : names.to;
  const [, table] = /^(.+): a row$/s.exec(thing) ?? [];
  if (table !== undefined) return `a row in ${queueTables[table] ?? table} exists only in ${name}`;
  if (thing === 'a returned row') return `a row is returned only in ${name}`;
  if (thing.startsWith('table ')) return `${thing} exists only in ${name}`;
  return `${thing} only in ${name}`;
}

/** The tables that each queue of pgmq has. */
const queueTables: Readonly<Record<string, string>> = { 'q_*': 'a queue', 'a_*': 'an archive' };
