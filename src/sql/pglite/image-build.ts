/** The image of a database with scripts installed: from the cache, or built in a thread of its own. */
import { createHash } from 'node:crypto';
import { type Query, ScriptError, ScriptRefused } from '../driver.ts';
import { isPassedOver, openedBy, whyRefused } from '../script-check.ts';
import { placeOf, scriptStatements } from '../script-statements.ts';
import { boot } from './boot.ts';
import { type Extensions, extensionsOf } from './extensions.ts';
import type { ImageCache } from './image-cache.ts';
import type { Packages } from './packages.ts';
import { Thread } from './thread.ts';

export interface Script {
  readonly name: string;
  readonly sql: string;
  /** Whether the others are installed without it where it does not install; it is noted in the database. */
  readonly mayFail?: boolean;
}

/** Part of the key: to be raised whenever the same scripts would make another image. */
const format = 2;

/** Nothing here makes another database, so the two that others are copied from only take up room. */
const dropTemplates: readonly Script[] = [
  'update pg_catalog.pg_database set datistemplate = false',
  'drop database template0',
  'drop database template1',
].map((sql) => ({ name: 'templates', sql }));

/**
 * The image with the scripts installed. What is built is also put into the cache, and so is the bare database
 * under it, which takes the longest by far and serves any other scripts.
 */
export async function obtainImage(
  scripts: readonly Script[],
  packages: Packages,
  cache: ImageCache | undefined,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const key = imageKey(scripts, packages);
  const cached = await cache?.read(key);
  if (cached !== undefined) return cached;
  const built =
    scripts.length === 0
      ? await build(null, dropTemplates, packages, {}, signal)
      : await build(
          await obtainImage([], packages, cache, signal),
          scripts,
          packages,
          extensionsOf(scripts, packages),
          signal,
        );
  await cache?.write(key, built);
  return built;
}

/** `isKept`: whether all that it does is to stay in the database. */
interface RunOptions {
  readonly isKept: boolean;
}

/**
 * Executes a script as one. Throws {@link ScriptError} where one of its statements fails, {@link ScriptRefused} where one cannot be
 * executed as it is written, and DriverError that names the statement where the thread breaks.
 */
export async function runScript(
  thread: Thread,
  { name, sql }: Script,
  { isKept }: RunOptions,
): Promise<void> {
  const statements = scriptStatements(sql)
    .map((statement) => ({ statement, text: sql.slice(statement.start, statement.end) }))
    .filter(({ text }) => !isPassedOver(text));
  const refuse = (index: number, why: string) => {
    throw new ScriptRefused(name, placeOf(sql, statements[index]!.statement), why);
  };
  for (const [index, { text }] of statements.entries()) {
    const why = whyRefused(text, isKept);
    if (why !== undefined) refuse(index, why);
  }
  const texts = statements.map(({ text }) => text);
  const nameOf = (index: number) =>
    `${name}:${placeOf(sql, statements[index]!.statement).line}: ${texts[index]}`;
  const request = { type: 'script', statements: texts } as const;
  const { failed, isOpen } = await thread.request(request, 'scripted', { nameOf });
  if (failed) throw new ScriptError(name, placeOf(sql, statements[failed.index]!.statement), failed.failure);
  if (isOpen && isKept) {
    refuse(
      openedBy(texts),
      'it begins a transaction that the file never commits: add COMMIT at the end of the file',
    );
  }
}

async function runScripts(thread: Thread, scripts: readonly Script[]): Promise<void> {
  const failed: string[] = [];
  for (const script of scripts) {
    await runScript(thread, script, { isKept: true }).catch((error) => {
      if (!(script.mayFail && (error instanceof ScriptError || error instanceof ScriptRefused))) throw error;
      failed.push(error.message);
    });
  }
  if (failed.length === 0) return;
  const lines = failed.map((line) => `('${line.replaceAll("'", "''")}')`).join(', ');
  const sql = `create schema if not exists pgtwin; create table ${skipped} (line text); insert into ${skipped} values ${lines}`;
  await runScript(thread, { name: 'what was skipped', sql }, { isKept: true });
}

const skipped = 'pgtwin.skipped';

/** Reads what was noted of them: a line for each script that is not installed. Nothing where all are. */
export const readSkipped: Query = {
  expand: true,
  text: `select 'select line from ${skipped}' where to_regclass('${skipped}') is not null`,
};

async function build(
  base: Uint8Array<ArrayBuffer> | null,
  scripts: readonly Script[],
  packages: Packages,
  extensions: Extensions,
  signal: AbortSignal | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const thread = new Thread(signal);
  try {
    await boot(thread, packages, base, extensions);
    await runScripts(thread, scripts);
    return (await thread.request({ type: 'capture' }, 'captured')).image as Uint8Array<ArrayBuffer>;
  } finally {
    await thread.end();
  }
}

const partsOf = ({ name, sql, mayFail }: Script) => (mayFail ? [name, sql, mayFail] : [name, sql]);

/** Over everything that goes into an image. */
export function imageKey(scripts: readonly Script[], packages: Packages): string {
  const parts = [format, packages.pglite.version, packages.pgmq.version, scripts.map(partsOf)];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
