/** Versions: this package's own, and those of everything else that took part. */
import { readFileSync } from 'node:fs';

// The same number of folders up from the sources as from what is built of them.
const manifest = new URL('../../../package.json', import.meta.url);

export const pgtwinVersion: string = JSON.parse(readFileSync(manifest, 'utf8')).version;

/** By name: `postgres`, `pglite`, `pgmq`, and how many migrations were installed. */
export type Versions = Readonly<Record<string, string | number>>;
