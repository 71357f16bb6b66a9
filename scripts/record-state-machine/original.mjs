/**
 * The original: a module in Go under the MIT licence. It is taken from a checkout, as it is. The program that asks it is built in a folder
 * outside of this repository. Nothing of the module is kept here.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const original = {
  name: 'github.com/fornext-io/fornext',
  version: 'v0.0.0-20240117014531-197f627bdf8d',
  license: 'MIT',
  /** Of what is executed: its packages and the modules that it asks for. */
  sha256: 'ca5c504bda236b75848e18278c1c7657dd83b048cc0a19fcfccb139a0a5c15c1',
};

const repository = fileURLToPath(new URL('../..', import.meta.url));
const program = fileURLToPath(new URL('program', import.meta.url));

/** Builds the program. Gives its file, and the version of Go. */
export function built(checkout, into) {
  const folder = resolve(into);
  if (!relative(repository, folder).startsWith('..'))
    throw new Error(`${into} is in this repository: name a folder outside of it`);
  const found = hashOf(checkout);
  if (found !== original.sha256)
    throw new Error(
      `${checkout} is not ${original.name} ${original.version}: its files have sha256 ${found}`,
    );
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(program)) copyFileSync(join(program, name), join(folder, name));
  const lines = [
    ...['module recorder', 'go 1.25', `require ${original.name} ${original.version}`],
    `replace ${original.name} => ${resolve(checkout)}`,
  ];
  writeFileSync(join(folder, 'go.mod'), `${lines.join('\n')}\n`);
  // The versions of the other modules are those that the original names.
  copyFileSync(join(checkout, 'go.sum'), join(folder, 'go.sum'));
  const go = (...args) =>
    execFileSync('go', args, {
      cwd: folder,
      env: { ...process.env, GOFLAGS: '-mod=mod' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  go('test', '-c', '-o', 'recorder', '.');
  return { file: join(folder, 'recorder'), go: String(go('env', 'GOVERSION')).trim().replace(/^go/, '') };
}

function hashOf(checkout) {
  const names = readdirSync(join(checkout, 'pkg'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.go') && !name.endsWith('_test.go'))
    .map((name) => `pkg/${name}`);
  const hash = createHash('sha256');
  for (const name of [...names, 'go.mod', 'go.sum'].sort()) {
    hash
      .update(`${name}\0`)
      .update(readFileSync(join(checkout, name)))
      .update('\0');
  }
  return hash.digest('hex');
}
