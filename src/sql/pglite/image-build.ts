/** The image of a database with scripts installed: from the cache, or built in a thread of its own. */
import { createHash } from 'node:crypto';
import { type Query, ScriptError } from '../driver.ts';
import { failedStatement } from '../script-statements.ts';
import { readAnswer } from './answers.ts';
import { type Extensions, extensionsOf } from './extensions.ts';
import type { ImageCache } from './image-cache.ts';
import { compilePostgres, type Packages } from './packages.ts';
import { Thread } from './thread.ts';

export interface Script {
  readonly name: string;
  readonly sql: string;
  /** Whether the others are installed without it where it does not install; it is noted in the database. */
  readonly mayFail?: boolean;
}

/** Part of the key: to be raised whenever the same scripts would make another image. */
const format = 1;

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
): Promise<Uint8Array<ArrayBuffer>> {
  const key = imageKey(scripts, packages);
  const cached = await cache?.read(key);
  if (cached !== undefined) return cached;
  const built =
    scripts.length === 0
      ? await build(null, dropTemplates, packages)
      : await build(
          await obtainImage([], packages, cache),
          scripts,
          packages,
          extensionsOf(scripts, packages),
        );
  await cache?.write(key, built);
  return built;
}

/** Executes a script as one; @throws ScriptError where one of its statements fails. */
export async function runScript(thread: Thread, { name, sql }: Script): Promise<void> {
  const { bytes } = await thread.request({ type: 'script', sql }, 'scripted');
  const { failure, completed } = readAnswer(Buffer.from(bytes.buffer), 0)!;
  if (failure === undefined) return;
  throw new ScriptError(name, failedStatement(sql, completed, failure.position), failure.failure);
}

async function runScripts(thread: Thread, scripts: readonly Script[]): Promise<void> {
  const failed: string[] = [];
  for (const script of scripts) {
    await runScript(thread, script).catch((error) => {
      if (!(script.mayFail && error instanceof ScriptError)) throw error;
      failed.push(error.message);
    });
  }
  if (failed.length === 0) return;
  const lines = failed.map((line) => `('${line.replaceAll("'", "''")}')`).join(', ');
  await runScript(thread, {
    name: 'what was skipped',
    sql: `create schema if not exists pgtwin; create table ${skipped} (line text); insert into ${skipped} values ${lines}`,
  });
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
  extensions: Extensions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const thread = new Thread();
  try {
    const module = await compilePostgres(packages);
    const boot = { type: 'boot', module, image: base, extensions } as const;
    await thread.request(boot, 'booted', base === null ? [] : [base.buffer]);
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
