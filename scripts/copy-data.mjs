// Copies data into a build: what lies beside the sources, where tsc leaves it out, and the suites of recordings: `node scripts/copy-data.mjs [dist]`.
import { cpSync, existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('../src', import.meta.url));
const target = process.argv[2] ?? fileURLToPath(new URL('../dist', import.meta.url));

for (const file of readdirSync(source, { recursive: true })) {
  if (!/\.(json|sql)$/.test(file) || basename(file) === 'tsconfig.json') continue;
  cpSync(join(source, file), join(target, file));
}

// What every port should pass: the kept traces of each release, with what the real side answered.
const conformance = fileURLToPath(new URL('../tests/conformance', import.meta.url));
for (const engine of readdirSync(conformance, { withFileTypes: true })) {
  const recordings = join(conformance, engine.name, 'recordings');
  if (!engine.isDirectory() || !existsSync(recordings)) continue;
  for (const file of readdirSync(recordings)) {
    const [, release] = /^(.*)-kept\.jsonl\.gz$/.exec(file) ?? [];
    if (release === undefined) continue;
    cpSync(join(recordings, file), join(target, 'recordings', `${engine.name}-${release}.jsonl.gz`));
  }
}
