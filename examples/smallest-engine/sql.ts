/** What really happens: how the stock's SQL is installed, called and read back. Nothing here knows a rule of it. */
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readScript } from '../../src/files/read-script.ts';
import { callOf } from '../../src/sql/call.ts';
import type { Query } from '../../src/sql/driver.ts';
import { observeSchemas } from '../../src/sql/observe.ts';
import type { StockCommand } from './model.ts';

const own = fileURLToPath(new URL('./schema.sql', import.meta.url));

export const installStock = async (file = own) => ({
  scripts: [{ name: basename(file), sql: await readScript(file, '--schema takes a file with a stock') }],
  migrations: 1,
  remarks: file === own ? [] : [`the SQL is from ${file}`],
});

export const callStock = ({ type, ...values }: StockCommand): Query =>
  callOf(`stock.${type}`, { name: 'text', amount: 'integer' }, values);

export const observeStock: readonly Query[] = [observeSchemas(['stock'])];
export const resetStock: readonly Query[] = [{ text: 'delete from stock.items' }];
