/** The package as a user gets it: built from the sources of now, packed by npm, installed into a folder elsewhere. */
import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');

/** Gives the path of the tarball. What is packed is built beside it, so that nobody's `dist` changes meanwhile. */
export async function pack(directory: string): Promise<string> {
  const stage = join(directory, 'stage');
  await mkdir(stage);
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const copied = ['package.json', 'README.md', 'LICENSE', ...manifest.files].filter(
    (name) => name !== 'dist',
  );
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const dist = join(stage, 'dist');
  await Promise.all([
    run(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json'), '--outDir', dist]),
    run(process.execPath, [join(root, 'scripts/copy-data.mjs'), dist]),
    ...copied.map((name) => cp(join(root, name), join(stage, name), { recursive: true })),
  ]);
  await run(process.execPath, [join(root, 'scripts/write-commonjs.mjs'), dist]);
  const { stdout } = await npm(stage, [
    'pack',
    '--ignore-scripts',
    '--json',
    '--pack-destination',
    directory,
  ]);
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  return join(directory, filename);
}

/** Installs what the manifest in the folder asks for, and `pgtwin` from the tarball. */
export async function installWith(tarball: string, directory: string): Promise<void> {
  const file = join(directory, 'package.json');
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  manifest.devDependencies.pgtwin = `file:${tarball}`;
  await writeFile(file, JSON.stringify(manifest));
  // What this repository has installed lies in npm's cache.
  await npm(directory, ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts']);
}

export function npm(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return run('npm', [...args], { cwd, env: { ...withoutVitest(), ...env }, maxBuffer: 2 ** 26 });
}

/** The settings of the test runner around this are not those of the one that is to run inside. */
export function withoutVitest(): NodeJS.ProcessEnv {
  const isOurs = (name: string) => /^(VITEST|VITE_|NODE_ENV$|TEST$|npm_)/.test(name);
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isOurs(name)));
}

const hooks = `
  import { appendFileSync } from 'node:fs';
  export async function load(url, context, next) {
    appendFileSync(process.env.LOADED_MODULES, url + '\\n');
    return next(url, context);
  }`;
const asData = (script: string) => `data:text/javascript,${encodeURIComponent(script)}`;

/** The files that a process loads, in that folder, which imports something; what Node brings along left out. */
export async function filesLoadedBy(specifier: string, cwd: string): Promise<string[]> {
  const list = join(cwd, `loaded-${Math.random().toString(36).slice(2)}.txt`);
  const register = asData(
    `import { register } from 'node:module'; register(${JSON.stringify(asData(hooks))});`,
  );
  const script = `await import('${specifier}');`;
  await run(process.execPath, ['--import', register, '--input-type=module', '--eval', script], {
    cwd,
    env: { ...withoutVitest(), LOADED_MODULES: list },
  });
  const urls = (await readFile(list, 'utf8')).trim().split('\n');
  return urls.filter((url) => url.startsWith('file:') && !url.includes('[eval'));
}
