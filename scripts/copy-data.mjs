// Copies the data that lies beside the sources into a build, where tsc leaves it out: `node scripts/copy-data.mjs [dist]`.
import { cpSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('../src', import.meta.url));
const target = process.argv[2] ?? fileURLToPath(new URL('../dist', import.meta.url));

for (const file of readdirSync(source, { recursive: true })) {
  if (!/\.(json|sql)$/.test(file) || basename(file) === 'tsconfig.json') continue;
  cpSync(join(source, file), join(target, file));
}
