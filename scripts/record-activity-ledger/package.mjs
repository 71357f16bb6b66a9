/**
 * The original: a published package under a licence of its own. It is installed by name and version into a folder outside
 * of this repository, and taken from there. Nothing of it is kept here.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const original = {
  name: '@hotmeshio/hotmesh',
  version: '0.3.32',
  license: 'HotMesh Source Available License 1.0',
};

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** Installs it where it is not there yet. Gives what loads a file of it, by its path in the package. */
export function installed(into) {
  const folder = resolve(into);
  if (!relative(repository, folder).startsWith('..')) {
    throw new Error(`${into} is in this repository: name a folder outside of it`);
  }
  mkdirSync(folder, { recursive: true });
  const at = join(folder, 'node_modules', original.name);
  if (versionAt(at) !== original.version) {
    const named = `${original.name}@${original.version}`;
    // Its scripts are not needed.
    const options = ['--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund'];
    execFileSync('npm', ['install', ...options, named], { stdio: ['ignore', 2, 2] });
  }
  const require = createRequire(join(at, 'package.json'));
  return (path) => require(join(at, path));
}

function versionAt(folder) {
  const file = join(folder, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : undefined;
}
