// Reads a recording without pgtwin: `node read.mjs FILE` prints after each command the tables as they are then, a line of JSON each.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';

/** Tables with their keys and rows, as the changes make them. */
class Tables {
  constructor(observed) {
    this.all = new Map(
      Object.entries(observed.tables).map(([name, key]) => [name, { key, rows: new Map() }]),
    );
  }

  apply(changes) {
    for (const [name, change] of Object.entries(changes)) {
      if (change === null) this.all.delete(name);
      else this.#change(name, change);
    }
  }

  #change(name, { key, rows, set = [], gone = [] }) {
    const table = this.all.get(name) ?? { key: [], rows: new Map() };
    if (key) table.key = key;
    if (rows) {
      // Whole, in an order of its own: no key tells these rows apart, or may not.
      table.rows = new Map(rows.map((row) => [this.#id(table, row), row]));
      if (table.rows.size < rows.length) table.rows = new Map(rows.entries());
    }
    for (const values of gone) table.rows.delete(JSON.stringify(values));
    for (const row of set) {
      const id = this.#id(table, row);
      table.rows.set(id, { ...table.rows.get(id), ...row });
    }
    this.all.set(name, table);
  }

  #id({ key }, row) {
    return JSON.stringify(key.map((column) => row[column]));
  }

  toJSON() {
    return Object.fromEntries([...this.all].map(([name, { rows }]) => [name, [...rows.values()]]));
  }
}

let heading;
let tables;
const input = createReadStream(process.argv[2]).pipe(createGunzip());
for await (const text of createInterface({ input })) {
  const line = JSON.parse(text);
  if (heading === undefined) heading = line;
  else if ('trace' in line) tables = new Tables(heading.observed);
  else if ('changes' in line) {
    tables.apply(line.changes);
    console.log(JSON.stringify(tables));
  }
}
