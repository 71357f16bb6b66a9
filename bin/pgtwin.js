#!/usr/bin/env node
// Runs what `npm run build` made of src/harness/cli.
import { existsSync } from 'node:fs';

const built = new URL('../dist/harness/cli/main.js', import.meta.url);

if (existsSync(built)) {
  const { main } = await import(built.href);
  await main();
} else {
  process.stderr.write('pgtwin: it is not built yet: npm run build\n');
  process.exitCode = 2;
}
