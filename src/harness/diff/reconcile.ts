/**
 * Making the second side hold what the first does, after a command that they carried out differently: so that the
 * next one is compared on its own, and not on what came of the last.
 */
import type { Row } from '../../model/kernel/transition.ts';
import type { Query, QueryResult, SqlDriver } from '../../sql/driver.ts';
import { DriverError } from '../../sql/driver.ts';
import type { Both, DiffSupport } from '../contract/diff.ts';
import type { Observation } from '../contract/observation.ts';
import { sameValue } from '../contract/sameness.ts';
import { canonical } from '../lockstep/difference.ts';
import type { SharedSchema } from './shared-schema.ts';

export interface Reconciliation {
  readonly support: DiffSupport;
  readonly schema: SharedSchema;
  readonly key: (table: string) => readonly string[];
  readonly drivers: Both<SqlDriver>;
}

/**
 * Changes the second side in the columns that both have. What its own constraints refuse stays as it was, as do
 * tables that one side alone has: the caller looks again.
 */
export async function reconcile(
  tables: readonly string[],
  now: Both<Observation>,
  at: number,
  { support, schema, key, drivers }: Reconciliation,
): Promise<void> {
  const rank = (table: string) => {
    const known = [table, support.kindOf(table, now.from.get(table) ?? [])].map((name) =>
      support.tables.indexOf(name),
    );
    return Math.max(...known);
  };
  const shared = tables
    .filter((table) => now.from.has(table) && now.to.has(table) && rank(table) >= 0)
    .toSorted((a, b) => rank(a) - rank(b));
  const isSequence = (table: string) => 'last_value' in (now.from.get(table)![0] ?? {});
  const sequences = shared.filter(isSequence);
  const changes = shared
    .filter((table) => !isSequence(table))
    .map((table) =>
      changeOf(
        table,
        schema.trim('from', table, now.from.get(table)!),
        schema.trim('to', table, now.to.get(table)!),
        key(table),
      ),
    );
  const sources = await valuesOf(drivers.from, changes, at);
  const queries: Query[] = [
    ...changes.toReversed().flatMap((change) => removal(change)),
    ...changes.flatMap((change, i) => [...update(change, sources[i]!), ...insertion(change, sources[i]!)]),
    ...sequences.map((name) => setting(name, now.from.get(name)!)),
  ];
  if (queries.length === 0) return;
  const { unguarded } = support;
  await drivers.to.run({
    at,
    queries: unguarded ? [unguarded.begin, ...queries, unguarded.end] : queries,
  });
}

interface Change {
  readonly table: string;
  readonly key: readonly string[];
  readonly columns: readonly string[];
  /** Columns that differ in a row that both have. */
  readonly changed: readonly string[];
  readonly isMissing: boolean;
  /** Keys of the rows that the second side has to lose, as text. */
  readonly surplus: readonly Row[];
}

function changeOf(table: string, from: readonly Row[], to: readonly Row[], key: readonly string[]): Change {
  const idOf = (row: Row) => key.map((column) => canonical(row[column])).join(' ');
  const found = new Map(to.map((row) => [idOf(row), row]));
  const wanted = new Set(from.map(idOf));
  const changed = new Set<string>();
  let isMissing = false;
  for (const row of from) {
    const twin = found.get(idOf(row));
    if (!twin) isMissing = true;
    else for (const column in row) if (!sameValue(row[column], twin[column])) changed.add(column);
  }
  const surplus = to.filter((row) => !wanted.has(idOf(row)));
  const columns = Object.keys(from[0] ?? to[0] ?? {});
  return { table, key, columns, changed: [...changed], isMissing, surplus };
}

/** Every row of the first side, in the server's own words for its values. */
async function valuesOf(driver: SqlDriver, changes: readonly Change[], at: number): Promise<string[]> {
  const queries = changes.map(({ table }) => ({
    text: `select coalesce(jsonb_agg(to_jsonb(each)), '[]') from ${quoted(table)} as each`,
  }));
  if (queries.length === 0) return [];
  const { results } = await driver.run({ at, queries });
  return results.map((result: QueryResult) => {
    if (result.kind !== 'rows') throw new DriverError(`rows cannot be read: ${JSON.stringify(result)}`);
    return result.rows[0]![0]!;
  });
}

function removal({ table, key, surplus }: Change): Query[] {
  if (surplus.length === 0) return [];
  const text = `delete from ${quoted(table)} as old using ${rowsOf(table)} as gone where ${matching('old', 'gone', key)}`;
  const keys = surplus.map((row) => Object.fromEntries(key.map((column) => [column, row[column]])));
  return [{ text, params: [JSON.stringify(keys)] }];
}

function update({ table, key, changed }: Change, rows: string): Query[] {
  // A column that identifies a row is never changed: then it is another row.
  if (changed.length === 0) return [];
  const sets = changed.map((column) => `${name(column)} = new.${name(column)}`).join(', ');
  const text = `update ${quoted(table)} as old set ${sets} from ${rowsOf(table)} as new where ${matching('old', 'new', key)}`;
  return [{ text, params: [rows] }];
}

function insertion({ table, columns, isMissing }: Change, rows: string): Query[] {
  if (!isMissing) return [];
  const names = columns.map(name).join(', ');
  const text = `insert into ${quoted(table)} (${names}) overriding system value
    select ${names} from ${rowsOf(table)} as new on conflict do nothing`;
  return [{ text, params: [rows] }];
}

function setting(sequence: string, rows: readonly Row[]): Query {
  const last = Number(rows[0]?.last_value ?? 0);
  return {
    text: 'select setval($1::regclass, $2::bigint, $3::boolean)',
    params: [quoted(sequence), String(Math.max(1, last)), String(last > 0)],
  };
}

const rowsOf = (table: string) => `jsonb_populate_recordset(null::${quoted(table)}, $1::jsonb)`;

const matching = (one: string, other: string, key: readonly string[]) =>
  key.map((column) => `${one}.${name(column)} = ${other}.${name(column)}`).join(' and ');

const name = (text: string) => `"${text.replaceAll('"', '""')}"`;

function quoted(table: string): string {
  const dot = table.indexOf('.');
  return `${name(table.slice(0, dot))}.${name(table.slice(dot + 1))}`;
}
