/** Commands that draw nothing do not need what draws: the engines are loaded where fast-check is not installed. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

/** As Node says it of a package that is not there. */
const missing = `
  const { Module, register } = await import('node:module');
  const found = Module._resolveFilename;
  Module._resolveFilename = function (name, ...more) {
    if (name !== 'fast-check') return found.call(this, name, ...more);
    throw Object.assign(new Error("Cannot find module 'fast-check'"), { code: 'MODULE_NOT_FOUND' });
  };
  register('data:text/javascript,' + encodeURIComponent(\`
    export function resolve(name, context, next) {
      if (name !== 'fast-check') return next(name, context);
      throw Object.assign(new Error("Cannot find package 'fast-check'"), { code: 'ERR_MODULE_NOT_FOUND' });
    }\`));`;

const pgtwin = (...line: string[]) => `
  ${missing}
  const { run } = await import('./src/harness/cli/main.ts');
  const { stdout, stderr } = process;
  process.exitCode = await run(${JSON.stringify(line)}, { stdout, stderr, env: {}, signal: new AbortController().signal });`;

async function execute(script: string): Promise<{ out: string; err: string }> {
  const cwd = new URL('../../../', import.meta.url);
  const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd }).catch(
    (error) => error,
  );
  return { out: stdout, err: stderr };
}

it('deviations are listed', async () => {
  const { out, err } = await execute(pgtwin('deviations'));
  expect(err).toBe('');
  expect(out).toMatch(/^\d+ places where pgflow behaves differently from its documentation:/);
});

it('what draws names what is missing before a database is opened', async () => {
  for (const line of [
    ['verify', '--samples', '1'],
    ['diff', '--from', '0.8.1', '--to', '0.8.1', '--samples', '1'],
  ]) {
    const { out, err } = await execute(pgtwin(...line));
    expect(err).toMatch(/^pgtwin: the package fast-check is not installed; /);
    expect(out).toBe('');
  }
});
