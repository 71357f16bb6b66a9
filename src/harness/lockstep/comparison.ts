/**
 * Model against SQL, to the last column: nothing at all where they agree, else every place where they differ.
 * Agreeing is the path that is taken after every command, so it allocates nothing.
 */
import type { SqlError } from '../../model/kernel/sql-error.ts';
import type { Result, Row } from '../../model/kernel/transition.ts';
import type { Comparison } from '../contract/comparison.ts';
import type { Observation } from '../contract/observation.ts';
import { sameRow, sameRows } from '../contract/sameness.ts';
import { absent, canonical, compareRow, type Difference, place, printKey } from './difference.ts';
import { byPosition, indexed, pairRows } from './pairing.ts';

export { absent, type Difference } from './difference.ts';

/** The part of {@link Comparison} that tables are compared by. */
export type TableRules = Pick<Comparison<never>, 'key' | 'loose'>;

const none: readonly Difference[] = [];
/** A difference that spreads over everything is told as well by its beginning. */
const mostDifferences = 200;

/** Where the model's result is not the one of the SQL; empty where they agree. */
export function compareResults(model: Result, sql: Result, isOrdered: boolean): readonly Difference[] {
  if (model.ok && sql.ok) return compareReturned(model.rows, sql.rows, isOrdered);
  if (!model.ok && !sql.ok) {
    const [first = none, ...others] = [model.refusal, ...(model.alternatives ?? [])].map((refusal) =>
      compareRefusals(refusal, sql.refusal),
    );
    return others.find((places) => places.length === 0) ?? first;
  }
  return [place('result', asValue(model), asValue(sql))];
}

function compareRefusals(model: SqlError, sql: SqlError): readonly Difference[] {
  const places: Difference[] = [];
  for (const field of ['sqlstate', 'constraint', 'column', 'message'] as const) {
    // Texts that Postgres words itself are no part of the engine: the model leaves those out.
    if (field === 'message' && model.message === undefined) continue;
    const [expected, actual] = [model[field], sql[field]];
    if (expected !== actual) places.push(place(`result.${field}`, expected ?? absent, actual ?? absent));
  }
  return places;
}

/** Where the instants at which both sides ended differ. */
export function compareInstants(model: number, sql: number): readonly Difference[] {
  return model === sql ? none : [place('finishedAt', model, sql)];
}

/** Where the model's tables are not those of the SQL; empty where they agree. */
export function compareObservations(
  model: Observation,
  sql: Observation,
  rules: TableRules,
  agreed?: AgreedBefore,
): readonly Difference[] {
  let places: Difference[] | undefined;
  for (const [table, rows] of model) {
    const actual = sql.get(table);
    if (actual === undefined) {
      places = [...(places ?? []), { ...place(shortName(table), rows, absent), table }];
    } else if (!sameTable(rows, actual, rules, table, agreed)) {
      places = [...(places ?? []), ...compareTable(table, rows, actual, rules)];
    }
  }
  for (const [table, rows] of sql) {
    if (!model.has(table)) places = [...(places ?? []), { ...place(shortName(table), absent, rows), table }];
  }
  return places?.slice(0, mostDifferences) ?? none;
}

/**
 * Rows and tables of the model that were seen to be those of the SQL, for sides of which both give the same objects again for
 * what did not change.
 */
export type AgreedBefore = WeakMap<object, object>;

function sameTable(
  model: readonly Row[],
  sql: readonly Row[],
  rules: TableRules,
  table: string,
  agreed: AgreedBefore | undefined,
): boolean {
  const loose = rules.loose.length === 0 ? undefined : looseColumns(rules, table);
  if (!agreed) return sameRows(model, sql, loose);
  if (agreed.get(model) === sql) return true;
  if (model.length !== sql.length) return false;
  for (let i = 0; i < model.length; i++) {
    const [expected, actual] = [model[i]!, sql[i]!];
    if (agreed.get(expected) === actual) continue;
    if (!sameRow(expected, actual, loose)) return false;
    agreed.set(expected, actual);
  }
  agreed.set(model, sql);
  return true;
}

/** Row by row, paired by key, so that the order of the rows on either side does not matter. */
function compareTable(
  table: string,
  model: readonly Row[],
  sql: readonly Row[],
  rules: TableRules,
): readonly Difference[] {
  const loose = looseColumns(rules, table);
  const key = rules.key(table);
  const expected = byKey(model, key);
  const actual = byKey(sql, key);
  const places: Difference[] = [];
  for (const [id, { row, index }] of actual) {
    const twin = expected.get(id)?.row;
    const where = `${shortName(table)}[${index}]`;
    if (twin === undefined) places.push({ ...place(where, absent, row), table, row: printKey(row, key) });
    else places.push(...compareRow(where, twin, row, loose, { table, row: printKey(row, key) }));
  }
  for (const [id, { row, index }] of expected) {
    if (actual.has(id)) continue;
    const where = `${shortName(table)}[${index}]`;
    places.push({ ...place(where, row, absent), table, row: printKey(row, key) });
  }
  return places;
}

function compareReturned(
  model: readonly Row[],
  sql: readonly Row[],
  isOrdered: boolean,
): readonly Difference[] {
  if (sameRows(model, sql)) return none;
  const pairs = isOrdered ? byPosition(indexed(model), indexed(sql)) : pairRows(model, sql);
  const places = pairs.flatMap(([expected, actual]) => {
    const where = `result[${(actual ?? expected)!.index}]`;
    return expected && actual
      ? compareRow(where, expected.row, actual.row, new Set(), { table: '', row: '' })
      : [place(where, expected?.row ?? absent, actual?.row ?? absent)];
  });
  return places.slice(0, mostDifferences);
}

function looseColumns(rules: TableRules, table: string): ReadonlySet<string> {
  return new Set(rules.loose.filter((each) => each.table === table).map((each) => each.column));
}

/** Rows by the text of their key; those of the same key are told apart by which of them comes first. */
function byKey(rows: readonly Row[], key: readonly string[]): Map<string, { row: Row; index: number }> {
  const found = new Map<string, { row: Row; index: number }>();
  const seen = new Map<string, number>();
  rows.forEach((row, index) => {
    const values = key.map((column) => canonical(row[column]));
    const id = values.join(' ');
    const nth = seen.get(id) ?? 0;
    seen.set(id, nth + 1);
    found.set(`${id} #${nth}`, { row, index });
  });
  return found;
}

const asValue = (result: Result) => (result.ok ? result.rows : result.refusal);

const shortName = (table: string) => table.slice(table.indexOf('.') + 1);
