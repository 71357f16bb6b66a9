// `pgtwin/fast-check` for CommonJS projects: `node scripts/write-commonjs.mjs [dist]`. There fast-check has other
// declarations, with classes of their own, and an arbitrary of the one is none of the other. The code is the same: Node
// takes a module where it is required.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const target = process.argv[2] ?? fileURLToPath(new URL('../dist', import.meta.url));
const entry = join(target, 'harness/pgflow/twin/fast-check');
const declarations = readFileSync(`${entry}.d.ts`, 'utf8');
// The package's own declarations are those of modules, wherever they are read from.
const written = declarations
  .replace(/^import \{ type (\w+) \} from/gm, 'import type { $1 } from')
  .replace(/ from '(\.[^']+)';/g, " from '$1' with { 'resolution-mode': 'import' };");
if (written === declarations) throw new Error(`${entry}.d.ts imports nothing of the package any more`);
writeFileSync(`${entry}.d.cts`, written);
writeFileSync(`${entry}.cjs`, "module.exports = require('./fast-check.js');\n");
