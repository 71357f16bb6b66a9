/** What a machine may need and a browser has not: packages, and what Node brings along. Loaded when it does. */
import { SimulationError } from '../../../twin/simulation-error.ts';

interface Modules {
  createRequire(file: string): (name: string) => unknown;
}

/** @throws SimulationError where it is not there */
export function builtin<T>(name: string, why: string): T {
  const found = globalThis.process?.getBuiltinModule?.(name) as T | undefined;
  if (found) return found;
  throw new SimulationError(`${why} needs Node 20.16 or later`);
}

/** `load` gets a `require`. @throws SimulationError that tells what to install */
export function loaded<T>(
  name: string,
  why: string,
  load: (require: (name: string) => unknown) => unknown,
): T {
  const require = builtin<Modules>('node:module', why).createRequire(import.meta.url);
  try {
    return load(require) as T;
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'MODULE_NOT_FOUND') throw error;
    throw new SimulationError(`${why} needs the package "${name}": npm install -D ${name}`, { cause: error });
  }
}
