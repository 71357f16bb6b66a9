// Reads a recording without pgtwin: `node read.mjs FILE` prints after each command the tables as they are then, a line of JSON each.
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

/** Tables with their keys and rows, as the changes make them. */
class Tables {
  all = new Map();

  constructor(observed) {
    for (const [name, key] of Object.entries(observed.tables)) this.all.set(name, { key, rows: new Map() });
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
    const idOf = (row) => JSON.stringify(table.key.map((column) => row[column]));
    if (rows) {
      // Whole, in an order of its own: no key tells these rows apart, or may not.
      table.rows = new Map(rows.map((row) => [idOf(row), row]));
      if (table.rows.size < rows.length) table.rows = new Map(rows.entries());
    }
    for (const values of gone) table.rows.delete(JSON.stringify(values));
    for (const row of set) table.rows.set(idOf(row), { ...table.rows.get(idOf(row)), ...row });
    this.all.set(name, table);
  }

  toJSON() {
    return Object.fromEntries([...this.all].map(([name, { rows }]) => [name, [...rows.values()]]));
  }
}

/** Only a line feed ends a line: node:readline would also break at U+2028, which may stand in a text. */
async function* linesOf(file) {
  let rest = '';
  for await (const text of createReadStream(file).pipe(createGunzip()).setEncoding('utf8')) {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    yield* lines;
  }
}

let heading;
let tables;
for await (const text of linesOf(process.argv[2])) {
  const line = JSON.parse(text);
  heading ??= line;
  if ('trace' in line) tables = new Tables(heading.observed);
  if (!('changes' in line)) continue;
  tables.apply(line.changes);
  console.log(JSON.stringify(tables));
}
