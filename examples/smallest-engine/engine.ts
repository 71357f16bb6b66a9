/** The facets by which the shared harness drives, compares and shows the stock. */
import fc from 'fast-check';
import { z } from 'zod';
import { plainDiff } from '../../src/harness/contract/diff.ts';
import type { AnyRelease, Engine, TestedRelease } from '../../src/harness/contract/engine.ts';
import { observationOf } from '../../src/harness/lockstep/observation.ts';
import { psqlScript } from '../../src/harness/trace/psql-script.ts';
import { simplerCommands } from '../../src/harness/trace/simplify.ts';
import { asText } from '../../src/sql/call.ts';
import { readTables } from '../../src/sql/observe.ts';
import { readResult } from '../../src/sql/result.ts';
import { type Stock, type StockCommand, stockCommand, stockMachine } from './model.ts';
import { callStock, installStock, observeStock, resetStock } from './sql.ts';

const key = () => ['name'];
const isCommand = (value: unknown): value is StockCommand => stockCommand.safeParse(value).success;

const release: TestedRelease<Stock, StockCommand> = {
  engine: 'stock',
  release: '1',
  // The model.
  machine: stockMachine,
  parseCommand: (value) => stockCommand.parse(value),
  commandJsonSchema: () => z.toJSONSchema(stockCommand),
  project: (stock) =>
    observationOf([['stock.items', [...stock].map(([name, amount]) => ({ name, amount }))]], key),
  uuid: () => '00000000-0000-4000-8000-000000000000', // nothing draws one
  // The SQL.
  installation: ({ schema }) => installStock(schema),
  call: callStock,
  observe: observeStock,
  readObservation: ([tables]) => observationOf(readTables(tables), key),
  readResult: (_, result) => readResult(result),
  reset: resetStock,
  // The comparison: each call returns one row, and chooses no order.
  comparison: { key, resultIsOrdered: () => true, loose: [] },
  order: () => (members) => members,
  // Random traces, and smaller ones.
  arbitraryEntry: () =>
    fc.record({
      wait: fc.nat(1000),
      command: fc.record({
        type: fc.constantFrom('put', 'take'),
        name: fc.constantFrom('a', 'b', 'c'),
        amount: fc.integer({ min: -2, max: 9 }),
      }),
    }),
  simplify: (command) => simplerCommands(command, isCommand, new Set()),
  without: (entries, positions) => entries.filter((_, position) => !positions.has(position)),
  // What people see.
  toPsql: (trace) => psqlScript(trace, (command) => [`${asText(callStock(command))};`]),
  mutation: { schema: 'stock', equivalents: [] },
};

export const stock: Engine = {
  name: 'stock',
  releases: [release as unknown as AnyRelease],
  tellReleaseOfSchema: async () => '1',
  diff: plainDiff({ release: '1', schemas: ['stock'], tables: ['stock.items'], installation: installStock }),
};
