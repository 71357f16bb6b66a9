/** What a database for the DAG cascade is made of: our own SQL, or the original's six files in a directory. */
import { join } from 'node:path';
import { readScript } from '../../files/read-script.ts';
import type { SqlDriver } from '../driver.ts';
import { rememberInstalled } from '../installed-state.ts';
import { missingIn } from '../missing.ts';
import { SetupError } from '../setup-error.ts';
import { standInForDblink } from './background.ts';
import { standInForPoolRoutine } from './pool-routine.ts';
import { signatures, tables } from './required.ts';
import { ownScripts } from './schema/index.ts';

/** In the order in which they are installed: three of leaselock/pgasync, three of merlinm/pgflow. */
const files = ['async.sql', 'async_server.sql', 'async_ui.sql', 'flow.sql', 'flow_server.sql', 'flow_ui.sql'];

/** `directory` may hold other files, which are passed over. Throws {@link SetupError} where one of the six cannot be read. */
export async function installDagCascade(directory?: string) {
  const scripts = directory === undefined ? ownScripts : await readFiles(directory);
  return {
    scripts: [standInForDblink, standInForPoolRoutine, ...scripts, rememberInstalled()],
    tested: scripts.map(({ sql }) => sql),
    standIns: ['dblink'],
    migrations: scripts.length,
    ...(directory === undefined && { origin: { from: "pgtwin's own SQL", license: null } }),
    remarks: [
      ...(directory === undefined
        ? []
        : [`the SQL is from ${directory}`, 'not compared: the log, and latches']),
      'nothing runs in the background: a stand-in for dblink lets each statement end when a command says so',
    ],
    check: (driver: SqlDriver) => checkSql(driver, directory ?? "pgtwin's own SQL"),
  };
}

async function readFiles(directory: string) {
  const option = `--schema expects a directory with ${files.slice(0, -1).join(', ')} and ${files.at(-1)}`;
  const scripts: { readonly name: string; readonly sql: string }[] = [];
  for (const name of files) scripts.push({ name, sql: await readScript(join(directory, name), option) });
  return scripts;
}

/** Throws {@link SetupError} with what it lacks. */
async function checkSql(driver: SqlDriver, from: string): Promise<void> {
  const missing = await missingIn(driver, { tables, functions: signatures });
  if (missing.length > 0)
    throw new SetupError(`${from}: not the SQL of the DAG cascade, which lacks: ${missing.join(', ')}`);
}
