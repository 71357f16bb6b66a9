/** Reading a database back: every table and every sequence of some schemas, whatever they are called. */
import { DriverError, type Query, type QueryResult, type RowSet } from './driver.ts';
import { readRows } from './rows.ts';

/**
 * Finds the relations anew each time, so that a table nobody expected is seen as well. Each is read with two
 * empty columns in front, whose names tell the schema and the relation even where there are no rows.
 */
export function observeSchemas(schemas: readonly string[]): Query {
  const names = schemas.map((name) => `'${name}'`).join(', ');
  return {
    expand: true,
    text: `select case relkind
        when 'r' then format('select null as %1$I, null as %2$I, * from %1$I.%2$I', nspname, relname)
        else format('select null as %1$I, null as %2$I, case when is_called then last_value else 0 end as last_value from %1$I.%2$I',
                    nspname, relname)
      end
      from pg_catalog.pg_class join pg_catalog.pg_namespace on pg_namespace.oid = relnamespace
      where nspname in (${names}) and relkind in ('r', 'S')
      order by nspname, relname`,
  };
}

/** The rows of each relation by its qualified name; relations without rows are there with none. */
export function readTables(result: QueryResult | undefined): Map<string, Record<string, unknown>[]> {
  if (result?.kind !== 'expanded') {
    throw new DriverError(`the tables cannot be read: ${JSON.stringify(result)}`);
  }
  const tables = new Map<string, Record<string, unknown>[]>();
  for (const set of result.sets) {
    if (set.kind === 'failure') throw new DriverError(`the tables cannot be read: ${set.message}`);
    const [schema, relation] = set.columns;
    tables.set(`${schema!.name}.${relation!.name}`, rowsOf(set));
  }
  return tables;
}

/** A driver may give the same answer as the same object, and most tables stay as they are from one command to the next. */
const readBefore = new WeakMap<RowSet, Record<string, unknown>[]>();

function rowsOf(set: RowSet): Record<string, unknown>[] {
  let rows = readBefore.get(set);
  if (!rows) {
    rows = readRows({
      kind: 'rows',
      columns: set.columns.slice(2),
      rows: set.rows.map((values) => values.slice(2)),
    });
    readBefore.set(set, rows);
  }
  return rows;
}
