/** What of two databases can be compared: the tables and columns that both have, and not the rows that one alone starts with. */
import type { Row } from '../../model/kernel/transition.ts';
import { type Catalogue, surplus } from '../contract/catalogue.ts';
import type { Both, SideName } from '../contract/diff.ts';
import type { Observation } from '../contract/observation.ts';
import { withoutColumns, withoutRows } from '../contract/rows.ts';

const none: ReadonlySet<string> = new Set();

export class SharedSchema {
  /** What one side alone has, as lines for people. */
  readonly onlyIn: Both<readonly string[]>;
  readonly #initial: Both<Map<string, readonly Row[]>> = { from: new Map(), to: new Map() };
  readonly #keys: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #oneSided = new Map<string, ReadonlySet<string>>();
  readonly #oneSidedTables = new Set<string>();
  readonly #trimmed = new WeakMap<readonly Row[], readonly Row[]>();

  /** `initial` is what both hold when a trace starts. */
  constructor({ from, to }: Both<Catalogue>, initial?: Both<Observation>) {
    this.#keys = from.keys;
    for (const sequence of new Set([...from.sequences, ...to.sequences])) {
      if (!from.sequences.has(sequence) || !to.sequences.has(sequence)) this.#oneSidedTables.add(sequence);
    }
    for (const table of new Set([...from.columns.keys(), ...to.columns.keys()])) {
      const [one, other] = [from.columns.get(table), to.columns.get(table)];
      if (!one || !other) this.#oneSidedTables.add(table);
      else {
        const columns = [...one, ...other].filter((column) => !(one.has(column) && other.has(column)));
        if (columns.length > 0) this.#oneSided.set(table, new Set(columns));
      }
    }
    for (const table of initial?.from.keys() ?? []) {
      if (!this.isShared(table) || !from.columns.has(table)) continue;
      this.#startWith(table, initial!);
    }
    const rowsOf = (side: SideName) =>
      [...this.#initial[side]].map(
        ([table, { length }]) => `${length === 1 ? '1 row' : `${length} rows`} of ${table}`,
      );
    this.onlyIn = {
      from: [...surplus(from, to), ...rowsOf('from')],
      to: [...surplus(to, from), ...rowsOf('to')],
    };
  }

  #startWith(table: string, initial: Both<Observation>): void {
    const from = this.trim('from', table, initial.from.get(table) ?? []);
    const to = this.trim('to', table, initial.to.get(table) ?? []);
    for (const [side, one, other] of [
      ['from', from, to],
      ['to', to, from],
    ] as const) {
      const alone = withoutRows(one, other);
      if (alone.length > 0) this.#initial[side].set(table, alone);
    }
  }

  /** Whether both sides have the table by their definition; tables made since, as those of queues, are not asked for. */
  isShared(table: string): boolean {
    return !this.#oneSidedTables.has(table);
  }

  /** What tells the rows of a table apart that no engine knows. */
  keyOf(table: string): readonly string[] {
    return [...(this.#keys.get(table) ?? none)];
  }

  /** The columns of the table that one side alone has. */
  oneSided(table: string): ReadonlySet<string> {
    return this.#oneSided.get(table) ?? none;
  }

  /**
   * The rows of that side without those columns, and without those that it alone starts with; for the same array the same
   * answer.
   */
  trim(side: SideName, table: string, rows: readonly Row[]): readonly Row[] {
    const columns = this.#oneSided.get(table);
    const initial = this.#initial[side].get(table);
    if (!columns && !initial) return rows;
    let trimmed = this.#trimmed.get(rows);
    if (!trimmed) {
      const narrow = columns ? rows.map((row) => withoutColumns(row, columns)) : rows;
      // As many as there were: one more of the same was written since.
      trimmed = initial ? withoutRows(narrow, initial) : narrow;
      this.#trimmed.set(rows, trimmed);
    }
    return trimmed;
  }
}
