/** Tables as what changed in them: a recording has after each command the rows that are new, other, or gone. */
import type { Row } from '../../model/kernel/transition.ts';
import type { Observation } from '../contract/observation.ts';
import { sameRow, sameValue } from '../contract/sameness.ts';
import { observationOf } from '../lockstep/observation.ts';
import { decodeRow, decodeValue, type Encoded, type EncodedRow, encodeRow, encodeValue } from './values.ts';

/** Null: the table is no longer there. */
export type Change =
  | null
  /** Rows by their key: a new row with all its columns, another with its key and the columns that changed; keys that are gone. */
  | {
      /** Of a table that is new: the columns of its key. */
      readonly key?: readonly string[];
      readonly set?: readonly EncodedRow[];
      readonly gone?: readonly (readonly Encoded[])[];
    }
  /** The whole table, where no key tells its rows apart. */
  | { readonly key?: readonly string[]; readonly rows: readonly EncodedRow[] };

/** By table; those that are left out did not change. */
export type Changes = { readonly [table: string]: Change };

export type KeyOf = (table: string) => readonly string[];

export function changesBetween(before: Observation, after: Observation, keyOf: KeyOf): Changes {
  const changes: Record<string, Change> = {};
  for (const [table, rows] of after) {
    const change = changeOf(before.get(table), rows, keyOf(table));
    if (change !== undefined) changes[table] = change;
  }
  for (const table of before.keys()) if (!after.has(table)) changes[table] = null;
  return changes;
}

function changeOf(
  before: readonly Row[] | undefined,
  after: readonly Row[],
  key: readonly string[],
): Change | undefined {
  if (before !== undefined && isSame(before, after)) return undefined;
  const named = before === undefined ? { key } : {};
  const old = byKey(before ?? [], key);
  const now = byKey(after, key);
  if (!old || !now) return { ...named, rows: after.map(encodeRow) };
  const set: EncodedRow[] = [];
  for (const [id, row] of now) {
    const earlier = old.get(id);
    if (earlier === undefined) set.push(encodeRow(row));
    else if (!sameRow(earlier, row)) {
      if (!hasSameColumns(earlier, row)) return { ...named, rows: after.map(encodeRow) };
      set.push(changedColumns(earlier, row, key));
    }
  }
  const gone = [...old].flatMap(([id, row]) =>
    now.has(id) ? [] : [key.map((column) => encodeValue(row[column]))],
  );
  return { ...named, ...(set.length > 0 && { set }), ...(gone.length > 0 && { gone }) };
}

const isSame = (before: readonly Row[], after: readonly Row[]) =>
  before.length === after.length && before.every((row, i) => sameRow(row, after[i]!));

function changedColumns(before: Row, after: Row, key: readonly string[]): EncodedRow {
  const changed = Object.keys(after).filter(
    (column) => key.includes(column) || !sameValue(before[column], after[column]),
  );
  return encodeRow(Object.fromEntries(changed.map((column) => [column, after[column]])));
}

const hasSameColumns = (a: Row, b: Row) =>
  Object.keys(a).length === Object.keys(b).length &&
  Object.keys(a).every((column) => Object.hasOwn(b, column));

/** Undefined where two rows have the same key. */
function byKey(rows: readonly Row[], key: readonly string[]): Map<string, Row> | undefined {
  const found = new Map(rows.map((row) => [idOf(key.map((column) => row[column])), row]));
  return found.size === rows.length ? found : undefined;
}

const idOf = (values: readonly unknown[]) =>
  values.map((value) => `${typeof value} ${String(value)}`).join('\n');

/** The tables of one trace, as the changes make them. */
export class ChangingTables {
  readonly #tables = new Map<
    string,
    { readonly key: readonly string[]; readonly rows: Map<string, Row> | undefined }
  >();
  #seen: Observation;

  /** `fresh`: those that are there from the beginning, and the columns of their keys. */
  constructor(fresh: Readonly<Record<string, readonly string[]>>) {
    for (const [table, key] of Object.entries(fresh)) this.#tables.set(table, { key, rows: new Map() });
    this.#seen = new Map([...this.#tables.keys()].map((table) => [table, []]));
  }

  /** All of them after the changes; what was given before stays as it was. */
  apply(changes: Changes): Observation {
    const seen = new Map(this.#seen);
    for (const table in changes) {
      const change = changes[table]!;
      if (change === null) {
        this.#tables.delete(table);
        seen.delete(table);
      } else seen.set(table, this.#changed(table, change));
    }
    this.#seen = seen;
    return seen;
  }

  #changed(table: string, change: NonNullable<Change>): readonly Row[] {
    const before = this.#tables.get(table);
    const key = change.key ?? before?.key ?? [];
    const sorted = (rows: Row[]) => observationOf([[table, rows]], () => key).get(table)!;
    if ('rows' in change) {
      const rows = change.rows.map(decodeRow);
      this.#tables.set(table, { key, rows: byKey(rows, key) });
      return sorted(rows);
    }
    const rows = before?.rows ?? new Map<string, Row>();
    for (const values of change.gone ?? []) rows.delete(idOf(values.map(decodeValue)));
    for (const each of change.set ?? []) {
      const row = decodeRow(each);
      const id = idOf(key.map((column) => row[column]));
      const earlier = rows.get(id);
      rows.set(id, earlier === undefined ? row : { ...earlier, ...row });
    }
    if (rows !== before?.rows || change.key) this.#tables.set(table, { key, rows });
    return sorted([...rows.values()]);
  }
}
