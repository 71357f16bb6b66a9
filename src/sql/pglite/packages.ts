/** Where the packages of the embedded database are, and which versions; they are the user's to install. */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { SetupError } from '../setup-error.ts';

const names = { pglite: '@electric-sql/pglite', pgmq: '@electric-sql/pglite-pgmq' } as const;
/** The extension works with one version of the database only. */
const toInstall = `${names.pglite}@0.5.8 ${names.pgmq}@0.0.6`;

export interface Packages {
  readonly pglite: Package;
  readonly pgmq: Package;
}

interface Package {
  readonly version: string;
  /** The directory of its built files. */
  readonly directory: string;
}

/** @throws SetupError where one is not installed. */
export function findPackages(
  resolve: (name: string) => string = createRequire(import.meta.url).resolve,
): Packages {
  return { pglite: findPackage(names.pglite, resolve), pgmq: findPackage(names.pgmq, resolve) };
}

function findPackage(name: string, resolve: (name: string) => string): Package {
  let entry: string;
  try {
    entry = resolve(name);
  } catch {
    throw new SetupError(`the package ${name} is not installed: npm install -D ${toInstall}`);
  }
  const directory = dirname(entry);
  const { version } = JSON.parse(readFileSync(join(directory, '..', 'package.json'), 'utf8'));
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
