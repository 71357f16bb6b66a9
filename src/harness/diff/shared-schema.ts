/** What of two databases can be compared: the tables and columns that both have. */
import type { Row } from '../../model/kernel/transition.ts';
import type { Both } from '../contract/diff.ts';
import { type Catalogue, surplus } from './catalogue.ts';

const none: ReadonlySet<string> = new Set();

export class SharedSchema {
  /** What one side alone has, as lines for people. */
  readonly onlyIn: Both<readonly string[]>;
  readonly #oneSided = new Map<string, ReadonlySet<string>>();
  readonly #oneSidedTables = new Set<string>();
  readonly #trimmed = new WeakMap<readonly Row[], readonly Row[]>();

  constructor({ from, to }: Both<Catalogue>) {
    this.onlyIn = { from: surplus(from, to), to: surplus(to, from) };
    for (const table of new Set([...from.columns.keys(), ...to.columns.keys()])) {
      const [one, other] = [from.columns.get(table), to.columns.get(table)];
      if (!one || !other) this.#oneSidedTables.add(table);
      else {
        const columns = [...one, ...other].filter((column) => !(one.has(column) && other.has(column)));
        if (columns.length > 0) this.#oneSided.set(table, new Set(columns));
      }
    }
  }

  /** Whether both sides have the table by their definition; tables made since, as those of queues, are not asked for. */
  isShared(table: string): boolean {
    return !this.#oneSidedTables.has(table);
  }

  /** The columns of the table that one side alone has. */
  oneSided(table: string): ReadonlySet<string> {
    return this.#oneSided.get(table) ?? none;
  }

  /** The rows without those columns; for the same array the same answer. */
  trim(table: string, rows: readonly Row[]): readonly Row[] {
    const columns = this.#oneSided.get(table);
    if (!columns) return rows;
    let trimmed = this.#trimmed.get(rows);
    if (!trimmed) {
      trimmed = rows.map((row) => withoutColumns(row, columns));
      this.#trimmed.set(rows, trimmed);
    }
    return trimmed;
  }
}

export function withoutColumns(row: Row, columns: ReadonlySet<string>): Row {
  return Object.fromEntries(Object.entries(row).filter(([column]) => !columns.has(column)));
}
