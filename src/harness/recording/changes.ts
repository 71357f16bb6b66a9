/** Tables as what changed in them: a recording has after each command the rows that are new, other, or gone. */
import type { Row } from '../../model/kernel/transition.ts';
import type { Observation } from '../contract/observation.ts';
import { sameRow, sameValue } from '../contract/sameness.ts';
import { compareByKey } from '../lockstep/observation.ts';
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
    const change = changeOf(before.get(table), rows, keyIn(rows, keyOf(table)));
    if (change !== undefined) changes[table] = change;
  }
  for (const table of before.keys()) if (!after.has(table)) changes[table] = null;
  return changes;
}

/** A sequence is a table without a key. */
export const keyIn = ([first]: readonly Row[], key: readonly string[]): readonly string[] =>
  first === undefined || key.every((column) => Object.hasOwn(first, column)) ? key : [];

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
function byKey(rows: readonly Row[], key: readonly string[]): Map<Id, Row> | undefined {
  const found = new Map(rows.map((row) => [idOf(key.map((column) => row[column])), row]));
  return found.size === rows.length ? found : undefined;
}

/** Of a row, made of its key. */
type Id = string | number;

function idOf(values: readonly unknown[]): Id {
  const [only] = values;
  if (values.length === 1 && typeof only === 'number') return only;
  return JSON.stringify(values.map(encodeValue));
}

interface KnownTable {
  readonly key: readonly string[];
  /** Undefined where two of them have the same key. */
  readonly byId: Map<Id, Row> | undefined;
  /** By key. */
  readonly rows: readonly Row[];
}

/** The tables of one trace, as the changes make them. */
export class ChangingTables {
  readonly #tables = new Map<string, KnownTable>();
  #seen: Observation;

  /** `fresh`: those that are there from the beginning, and the columns of their keys. */
  constructor(fresh: Readonly<Record<string, readonly string[]>>) {
    for (const [table, key] of Object.entries(fresh)) {
      this.#tables.set(table, { key, byId: new Map(), rows: [] });
    }
    this.#seen = new Map([...this.#tables].map(([table, { rows }]) => [table, rows]));
  }

  /** All of them after the changes; what was given before stays as it was. Throws Error for what cannot follow on those before. */
  apply(changes: Changes): Observation {
    const seen = new Map(this.#seen);
    for (const table in changes) {
      const change = changes[table]!;
      if (change === null) {
        this.#tables.delete(table);
        seen.delete(table);
      } else {
        const changed = changedTable(table, this.#tables.get(table), change);
        this.#tables.set(table, changed);
        seen.set(table, changed.rows);
      }
    }
    this.#seen = seen;
    return seen;
  }
}

function changedTable(
  table: string,
  before: KnownTable | undefined,
  change: NonNullable<Change>,
): KnownTable {
  const key = change.key ?? before?.key ?? [];
  if ('rows' in change) {
    const rows = change.rows.map(decodeRow);
    return { key, byId: byKey(rows, key), rows: rows.sort((a, b) => compareByKey(a, b, key)) };
  }
  if (before && !before.byId) {
    throw new Error(`${table} has rows with the same key, so only all of its rows can follow`);
  }
  const byId = before?.byId ?? new Map<Id, Row>();
  const rows = [...(before?.rows ?? [])];
  for (const values of change.gone ?? []) {
    const id = idOf(values.map(decodeValue));
    const earlier = byId.get(id);
    if (earlier === undefined)
      throw new Error(`${table} has no row ${JSON.stringify(values)} that could be gone`);
    byId.delete(id);
    rows.splice(rows.indexOf(earlier), 1);
  }
  let isSorted = true;
  for (const each of change.set ?? []) {
    const values = decodeRow(each);
    const id = idOf(key.map((column) => values[column]));
    const earlier = byId.get(id);
    const row = earlier === undefined ? values : { ...earlier, ...values };
    byId.set(id, row);
    if (earlier === undefined) {
      const last = rows.at(-1);
      isSorted &&= last === undefined || compareByKey(last, row, key) <= 0;
      rows.push(row);
    } else rows[rows.indexOf(earlier)] = row;
  }
  if (!isSorted) rows.sort((a, b) => compareByKey(a, b, key));
  return { key, byId, rows };
}
