// Starts `worker.ts` as it stands, in development. It is bundled, which takes some milliseconds: a loader would take
// longer to start than the database.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { buildSync } from 'esbuild';

const { outputFiles } = buildSync({
  entryPoints: [join(import.meta.dirname, 'worker.ts')],
  ...{ bundle: true, write: false, packages: 'external', platform: 'node', format: 'esm' },
});
const [{ text }] = outputFiles;
// Within the project, so that it finds the packages.
const directory = join(import.meta.dirname, '../../../node_modules/.cache/pgtwin');
const file = join(directory, 'worker.mjs');
if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
  mkdirSync(directory, { recursive: true });
  const own = `${file}.${process.pid}-${threadId}`;
  writeFileSync(own, text);
  renameSync(own, file);
}
await import('../../../node_modules/.cache/pgtwin/worker.mjs');
