/** What exists in a database: tables with their columns, sequences, functions with their parameters. */
import { DriverError, type SqlDriver } from '../../sql/driver.ts';

export interface Catalogue {
  /** Columns by qualified table. */
  readonly columns: ReadonlyMap<string, ReadonlySet<string>>;
  readonly sequences: ReadonlySet<string>;
  /** Columns of its primary key, by qualified table that has one. */
  readonly keys: ReadonlyMap<string, ReadonlySet<string>>;
  /** Parameters of all its overloads together, by qualified function. */
  readonly parameters: ReadonlyMap<string, ReadonlySet<string>>;
}

export async function readCatalogue(
  driver: SqlDriver,
  schemas: readonly string[],
  at: number,
): Promise<Catalogue> {
  const names = schemas.map((name) => `'${name}'`).join(', ');
  // A table may have no column at all.
  const columns = `select nspname || '.' || relname, attname
    from pg_catalog.pg_class
    join pg_catalog.pg_namespace on pg_namespace.oid = relnamespace
    left join pg_catalog.pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
    where nspname in (${names}) and relkind = 'r'
    order by 1, attnum`;
  const sequences = `select nspname || '.' || relname, null
    from pg_catalog.pg_class
    join pg_catalog.pg_namespace on pg_namespace.oid = relnamespace
    where nspname in (${names}) and relkind = 'S'
    order by 1`;
  // Names of results stand among those of parameters; the modes tell them apart where there are any.
  const parameters = `select nspname || '.' || proname, argument
    from pg_catalog.pg_proc
    join pg_catalog.pg_namespace on pg_namespace.oid = pronamespace
    left join lateral unnest(proargnames, proargmodes) as arguments(argument, mode)
      on coalesce(mode, 'i') in ('i', 'b', 'v')
    where nspname in (${names})
    order by 1, 2`;
  const keys = `select nspname || '.' || relname, attname
    from pg_catalog.pg_index
    join pg_catalog.pg_class on pg_class.oid = indrelid
    join pg_catalog.pg_namespace on pg_namespace.oid = relnamespace
    join pg_catalog.pg_attribute on attrelid = indrelid and attnum = any(indkey)
    where nspname in (${names}) and indisprimary
    order by 1, attnum`;
  const queries = [columns, sequences, parameters, keys].map((text) => ({ text }));
  const { results } = await driver.run({ at, queries });
  const [tables, counters, functions, primary] = results.map((result) => {
    if (result.kind !== 'rows')
      throw new DriverError(`the catalogue cannot be read: ${JSON.stringify(result)}`);
    const found = new Map<string, Set<string>>();
    for (const [owner, name] of result.rows) {
      const names = found.get(owner!) ?? new Set();
      if (name != null) names.add(name);
      found.set(owner!, names);
    }
    return found;
  });
  return {
    columns: tables!,
    sequences: new Set(counters!.keys()),
    parameters: functions!,
    keys: primary!,
  };
}

/** Whether the sequence is called as Postgres calls that of a table's column: it goes without saying. */
export const isCounterOfAny = (sequence: string, names: readonly string[]): boolean =>
  names.some((name) => sequence.startsWith(`${name.replace(/\.([^.]*)\.([^.]*)$/, '.$1_$2')}_`));

/** What one of two databases has and the other lacks, as lines: `pgflow.workers.stopped_at`, `pgflow.add_step(start_delay)`. */
export function surplus(of: Catalogue, over: Catalogue): string[] {
  const lines: string[] = [];
  for (const [table, columns] of of.columns) {
    const others = over.columns.get(table);
    if (!others) lines.push(`table ${table}`);
    else for (const column of columns) if (!others.has(column)) lines.push(`column ${table}.${column}`);
  }
  const named = lines.map((line) => line.slice(line.indexOf(' ') + 1));
  for (const sequence of of.sequences) {
    if (!over.sequences.has(sequence) && !isCounterOfAny(sequence, named)) lines.push(`sequence ${sequence}`);
  }
  for (const [name, parameters] of of.parameters) {
    const others = over.parameters.get(name);
    if (!others) lines.push(`function ${name}`);
    else for (const each of parameters) if (!others.has(each)) lines.push(`parameter ${name}(${each})`);
  }
  return lines;
}
