/** Where the tables of the two sides have come to differ by one command. */
import type { Row } from '../../model/kernel/transition.ts';
import type { Both, DiffSupport, Journal, SideName } from '../contract/diff.ts';
import type { Observation } from '../contract/observation.ts';
import { sameRows, sameValue } from '../contract/sameness.ts';
import { compareObservations, type TableRules } from '../lockstep/comparison.ts';
import { absent, type Difference } from '../lockstep/difference.ts';
import { compareJournals } from './journal.ts';
import { onlyIn, type Place, placeOf } from './places.ts';
import type { SharedSchema } from './shared-schema.ts';

type Values = Pick<Difference, 'model' | 'sql'>;

/** Follows two series of observations, and tells of each pair what is new in it. */
export class TableComparison {
  readonly #support: DiffSupport;
  readonly #schema: SharedSchema;
  readonly #rules: TableRules;
  readonly #leftOut: ReadonlySet<string>;
  /** By table what differs at present, each place by row and column. */
  readonly #differing = new Map<string, ReadonlyMap<string, Values>>();
  #before: Both<Observation> = { from: new Map(), to: new Map() };

  constructor(support: DiffSupport, schema: SharedSchema, rules: TableRules) {
    this.#support = support;
    this.#schema = schema;
    this.#rules = rules;
    this.#leftOut = new Set(support.leftOut.map(({ table }) => table));
  }

  /** Where the sides differ in what a later command could depend on. */
  get parted(): readonly string[] {
    return [...this.#differing.keys()];
  }

  /**
   * The places that differ now and did not, or had other values, before. A row that one side alone has is told
   * once, when it appears.
   */
  next(now: Both<Observation>): Place[] {
    const places: Place[] = [];
    for (const table of new Set([...now.from.keys(), ...now.to.keys()])) {
      if (!this.#schema.isShared(table) || this.#leftOut.has(table)) continue;
      const [from, to] = [now.from.get(table), now.to.get(table)];
      const journal = this.#support.journals?.find((each) => each.table === table);
      if (journal) places.push(...compareJournals(journal, ...this.#added(journal, from ?? [], to ?? [])));
      else places.push(...this.#compare(table, from, to));
    }
    this.#before = now;
    return places;
  }

  #compare(table: string, from: readonly Row[] | undefined, to: readonly Row[] | undefined): Place[] {
    if (from === this.#before.from.get(table) && to === this.#before.to.get(table)) return [];
    const [one, other] = [
      from && this.#schema.trim('from', table, from),
      to && this.#schema.trim('to', table, to),
    ];
    if (one && other && sameRows(one, other)) {
      this.#differing.delete(table);
      return [];
    }
    const was = this.#differing.get(table);
    const now = new Map<string, Values>();
    const places: Place[] = [];
    for (const difference of compareObservations(
      asObservation(table, one),
      asObservation(table, other),
      this.#rules,
    )) {
      const column = columnOf(difference);
      const id = `${difference.row}\n${column}`;
      const { model, sql } = difference;
      now.set(id, { model, sql });
      const known = was?.get(id);
      const isNew =
        !known || (column !== '' && !(sameValue(known.model, model) && sameValue(known.sql, sql)));
      if (isNew)
        places.push(placeOf(this.#nameOf(table, other ?? one ?? [], column, difference), difference));
    }
    // The same rows in another order are no difference.
    if (now.size === 0) this.#differing.delete(table);
    else this.#differing.set(table, now);
    return places;
  }

  #nameOf(table: string, rows: readonly Row[], column: string, { where, model }: Difference): string {
    const kind = this.#support.kindOf(table, rows);
    const name = kind.slice(kind.indexOf('.') + 1);
    if (column !== '') return `${name}.${column}`;
    return where.endsWith(']') ? `${name}: a row ${onlyIn(model)}` : `table ${name} ${onlyIn(model)}`;
  }

  #added({ table, id }: Journal, from: readonly Row[], to: readonly Row[]): [readonly Row[], readonly Row[]] {
    const since = (side: SideName, rows: readonly Row[], before: readonly Row[] | undefined) => {
      // A table may have more rows than a function may have arguments.
      const last = (before ?? []).reduce((most, row) => Math.max(most, row[id] as number), 0);
      return this.#schema.trim(side, table, rows).filter((row) => (row[id] as number) > last);
    };
    return [since('from', from, this.#before.from.get(table)), since('to', to, this.#before.to.get(table))];
  }
}

const asObservation = (table: string, rows: readonly Row[] | undefined): Observation =>
  new Map(rows === undefined ? [] : [[table, rows]]);

/** Empty where a whole row or table is on one side alone. */
function columnOf({ where, model, sql }: Difference): string {
  if (model === absent || sql === absent) {
    // A column may hold nothing on either side, but then it is there: both are trimmed to what they share.
    if (!where.includes('].')) return '';
  }
  return where.slice(where.indexOf('].') + 2);
}
