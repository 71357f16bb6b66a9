/** Which `@pgflow/dsl` a project has: a flow does not say for which one it was written. */
import { SimulationError } from '../../../twin/simulation-error.ts';
import { userFile } from '../../../twin/user-line.ts';

/** The first release whose root steps get the input of the flow instead of `{ run }`. */
const firstUnknown = [0, 12, 0] as const;

/** Whether one was found there, which is as it should be. */
const checked = new Map<string, boolean>();

/**
 * Throws SimulationError where the package that is installed makes flows whose handlers want other arguments than the simulated
 * ones get. It is that of the first of these directories that has one. What cannot be found out, as with imports by URL, is let
 * through.
 */
export function checkDslVersion(...directories: readonly (string | undefined)[]): void {
  for (const directory of directories) {
    if (directory === undefined) continue;
    if (!checked.has(directory)) checked.set(directory, check(directory));
    if (checked.get(directory)) return;
  }
}

/** Where a project may have it: at the file that calls this from outside, and where its process works. */
export function directoriesOfProject(): readonly (string | undefined)[] {
  return [userFile()?.replace(/[\\/][^\\/]*$/, ''), globalThis.process?.cwd?.()];
}

function check(directory: string): boolean {
  const found = installedDsl(directory);
  if (found !== undefined && isAtLeast(found.version, firstUnknown)) {
    throw new SimulationError(
      `the flow cannot be simulated: @pgflow/dsl ${found.version} is installed (${found.file}). From 0.12.0 on, handlers get other arguments, and the simulator has those of 0.8.1. Install a release that it has: npm install @pgflow/dsl@0.8.1`,
    );
  }
  return found !== undefined;
}

// A simulation runs in a browser as well, so nothing of Node is imported.
const builtin = <Name extends 'node:fs' | 'node:module'>(name: Name) =>
  globalThis.process?.getBuiltinModule?.(name);

function installedDsl(directory: string): { version: string; file: string } | undefined {
  const [modules, files] = [builtin('node:module'), builtin('node:fs')];
  if (!modules || !files) return undefined;
  try {
    const file = modules.createRequire(`${directory}/package.json`).resolve('@pgflow/dsl/package.json');
    return { version: String(JSON.parse(files.readFileSync(file, 'utf8')).version), file };
  } catch {
    return undefined;
  }
}

function isAtLeast(version: string, wanted: readonly number[]): boolean {
  // `0.12.0-next.3` is of that release.
  const numbers = version.split(/[.+-]/, 3).map(Number);
  for (const [i, least] of wanted.entries()) {
    const number = numbers[i] ?? 0;
    if (number !== least) return number > least;
  }
  return true;
}
