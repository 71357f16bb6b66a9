/**
 * What a user's SQL has beyond the model: tables, columns, sequences and rows that are there just after installing. The
 * model cannot say what becomes of them, so they are named once and left out; what they change in the rest shows.
 */
import type { Result, Row } from '../../model/kernel/transition.ts';
import type { SqlDriver } from '../../sql/driver.ts';
import { checkReset } from '../../sql/reset-failure.ts';
import { type Catalogue, isCounterOfAny, readCatalogue } from './catalogue.ts';
import type { AnyCommand } from './command.ts';
import type { ExecutableRelease } from './engine.ts';
import type { Observation } from './observation.ts';
import { withoutColumns, withoutRows } from './rows.ts';

/** What it takes to tell them apart, of a release or of what a simulation is executed on. */
export interface ComparedSql
  extends Pick<
    ExecutableRelease<unknown, AnyCommand>,
    'project' | 'columns' | 'reset' | 'observe' | 'readObservation'
  > {
  readonly machine: { readonly initialState: unknown };
  readonly comparison: { key(table: string): readonly string[] };
}

/** When it is looked at: before any trace begins. */
const beforeTraces = Date.UTC(2029, 0, 1);

export class Additions {
  /** Qualified names, sequences among them. */
  readonly #tables: ReadonlySet<string>;
  readonly #columns = new Map<string, AddedColumns>();
  readonly #rows = new Map<string, readonly Row[]>();
  readonly #isSequence: (table: string) => boolean;
  readonly #trimmed = new WeakMap<readonly Row[], readonly Row[]>();

  constructor(release: ComparedSql, observed: Observation, catalogue: Catalogue) {
    const known = release.project(release.machine.initialState);
    this.#isSequence = (table) => catalogue.sequences.has(table);
    this.#tables = new Set([...observed.keys()].filter((table) => !known.has(table)));
    for (const table of known.keys()) {
      const modelled = release.columns?.[table];
      if (modelled === undefined) continue;
      const added = [...(catalogue.columns.get(table) ?? [])].filter((column) => !modelled.includes(column));
      if (added.length > 0) {
        const key = release.comparison.key(table);
        this.#columns.set(table, { added: new Set(added), modelled: new Set(modelled), key });
      }
    }
    for (const [table, rows] of known) {
      if (this.#isSequence(table)) continue;
      const others = withoutRows(this.#withoutColumns(table, observed.get(table) ?? []), rows);
      if (others.length > 0) this.#rows.set(table, others);
    }
  }

  get isEmpty(): boolean {
    return this.#tables.size === 0 && this.#columns.size === 0 && this.#rows.size === 0;
  }

  /** One name for each: `table pgflow.my_log`, `column pgflow.runs.note`. */
  get names(): readonly string[] {
    const tables = [...this.#tables].filter((name) => !this.#isSequence(name));
    const columns = [...this.#columns].flatMap(([table, { added }]) =>
      [...added].map((column) => `${table}.${column}`),
    );
    const sequences = [...this.#tables].filter(
      (name) => this.#isSequence(name) && !isCounterOfAny(name, [...tables, ...columns]),
    );
    return [
      ...tables.map((name) => `table ${name}`),
      ...columns.map((name) => `column ${name}`),
      ...sequences.map((name) => `sequence ${name}`),
      ...[...this.#rows].map(
        ([table, { length }]) => `${length === 1 ? '1 row' : `${length} rows`} of ${table}`,
      ),
    ];
  }

  /** The tables without them. */
  leaveOutOf(observation: Observation): Observation {
    if (this.isEmpty) return observation;
    const kept = new Map<string, readonly Row[]>();
    for (const [table, rows] of observation) {
      if (!this.#tables.has(table)) kept.set(table, this.#trim(table, rows));
    }
    return kept;
  }

  /** The result without added columns, where a row of it is a whole row of a table, or holds one. */
  leaveOutOfResult(result: Result): Result {
    if (!result.ok || this.#columns.size === 0) return result;
    return { ok: true, rows: result.rows.map((row) => this.#withoutColumnsWithin(row) as Row) };
  }

  /** For the same array the same answer. */
  #trim(table: string, rows: readonly Row[]): readonly Row[] {
    const added = this.#rows.get(table);
    if (!added && !this.#columns.has(table)) return rows;
    let trimmed = this.#trimmed.get(rows);
    if (!trimmed) {
      // As many as there were: one that the engine puts in beside it is no addition.
      trimmed = withoutRows(this.#withoutColumns(table, rows), added ?? []);
      this.#trimmed.set(rows, trimmed);
    }
    return trimmed;
  }

  #withoutColumns(table: string, rows: readonly Row[]): readonly Row[] {
    const columns = this.#columns.get(table);
    return columns ? rows.map((row) => withoutColumns(row, columns.added)) : rows;
  }

  /** Functions return whole rows as rows, as JSON, or in a row for each statement of a transaction. */
  #withoutColumnsWithin(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((each) => this.#withoutColumnsWithin(each));
    const row = value as Row;
    const columns = [...this.#columns.values()].find((each) => isWholeRow(row, each));
    if (columns) return withoutColumns(row, columns.added);
    return Object.fromEntries(
      Object.entries(row).map(([name, each]) => [name, this.#withoutColumnsWithin(each)]),
    );
  }
}

interface AddedColumns {
  readonly added: ReadonlySet<string>;
  readonly modelled: ReadonlySet<string>;
  readonly key: readonly string[];
}

/** It has the table's key and all that was added to it, and nothing that the table has not. */
function isWholeRow(row: Row, { added, modelled, key }: AddedColumns): boolean {
  return (
    [...key, ...added].every((column) => Object.hasOwn(row, column)) &&
    Object.keys(row).every((column) => added.has(column) || modelled.has(column))
  );
}

/** Looks at a database that nothing was executed on yet. Throws SetupError where it cannot be reset, DriverError where it cannot be read. */
export async function readAdditions(
  release: ComparedSql,
  driver: SqlDriver,
  at = beforeTraces,
): Promise<Additions> {
  const observed = await stateAfterReset(release, driver, at);
  const known = release.project(release.machine.initialState);
  const schemas = new Set([...known.keys(), ...observed.keys()].map((table) => table.split('.')[0]!));
  return new Additions(release, observed, await readCatalogue(driver, [...schemas], at));
}

/** What every trace starts with. Throws as {@link readAdditions} does. */
export async function stateAfterReset(
  { reset, observe, readObservation }: Pick<ComparedSql, 'reset' | 'observe' | 'readObservation'>,
  driver: SqlDriver,
  at: number,
): Promise<Observation> {
  const queries = [...reset, ...observe];
  const { results } = await driver.run({ at, restartClock: true, queries });
  checkReset(results);
  return readObservation(results.slice(reset.length));
}
