/** Where the packages of the embedded database are, and which versions; they are the user's to install. */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { SetupError } from '../setup-error.ts';

/**
 * Any version can be installed beside this package, as most of it needs none. The extension works with one version of
 * the database only, and our clock and protocol are tried with that one.
 */
const needed = { pglite: '@electric-sql/pglite@0.5.8', pgmq: '@electric-sql/pglite-pgmq@0.0.6' } as const;
const toInstall = Object.values(needed).join(' ');

export interface Packages {
  readonly pglite: Package;
  readonly pgmq: Package;
}

interface Package {
  readonly version: string;
  /** The directory of its built files. */
  readonly directory: string;
}

/** @throws SetupError where one is not installed, or another version of it. */
export function findPackages(
  resolve: (name: string) => string = createRequire(import.meta.url).resolve,
): Packages {
  return { pglite: findPackage(needed.pglite, resolve), pgmq: findPackage(needed.pgmq, resolve) };
}

function findPackage(wanted: string, resolve: (name: string) => string): Package {
  const at = wanted.lastIndexOf('@');
  const [name, needs] = [wanted.slice(0, at), wanted.slice(at + 1)];
  let entry: string;
  try {
    entry = resolve(name);
  } catch {
    throw new SetupError(`the package ${name} is not installed: npm install -D ${toInstall}`);
  }
  const directory = dirname(entry);
  const { version } = JSON.parse(readFileSync(join(directory, '..', 'package.json'), 'utf8'));
  if (version !== needs) {
    throw new SetupError(
      `the installed ${name} is ${version}, and pgtwin needs ${needs}: npm install -D ${toInstall}`,
    );
  }
  return { version, directory };
}

// The types of Node do not declare it as a value, and those of browsers would declare far more.
declare const WebAssembly: { compile(bytes: Uint8Array): Promise<object> };

const modules = new Map<string, Promise<object>>();

/** Postgres itself, compiled once for all threads. */
export function compilePostgres(packages: Packages): Promise<object> {
  const file = join(packages.pglite.directory, 'pglite.wasm');
  let module = modules.get(file);
  if (module === undefined) {
    module = readFile(file).then((bytes) => WebAssembly.compile(bytes));
    modules.set(file, module);
  }
  return module;
}
