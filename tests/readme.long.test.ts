// Long tier: every snippet and every command of the README and its pages is run.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AnyRelease } from '../src/harness/contract/engine.ts';
import { findEngine } from '../src/harness/services.ts';
import { openPGlite } from '../src/sql/pglite/open.ts';
import { readRows } from '../src/sql/rows.ts';
import { documentsInDocs, linksIn, root, textOf } from './support/documents.ts';
import { npm } from './support/packed.ts';

const run = promisify(execFile);
const readme = await textOf('README.md');
/** The README, and the pages on which it goes on. The guides have a test of their own. */
const pages = ['verifying', 'recordings', 'modelled', 'deviations', 'mutants', 'benchmarks'].map(
  (name) => `docs/${name}.md`,
);
const blocksOf = (text: string) =>
  [...text.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language, block]) => ({ language, text: block! }));
const blocks = [readme, ...(await Promise.all(pages.map(textOf)))].flatMap(blocksOf);
const isTest = (text: string) => text.includes("from 'vitest'");
const snippets = blocks.filter(({ language }) => language === 'ts').map(({ text }) => text);
const programs = snippets.filter((text) => !isTest(text));
const commands = blocks
  .filter(({ language }) => language === 'sh')
  .flatMap(({ text }) => text.split('\n'))
  .filter((line) => line.startsWith('npx pgtwin '))
  .map((line) => line.replace(/ +#.*$/, ''));

/** Inside the package, so that `pgtwin/model` means what is built here. */
const programDirectory = join(root, '.pgtwin', 'readme');
/** Where a user of the package would stand. */
let userDirectory: string;

beforeAll(async () => {
  await mkdir(programDirectory, { recursive: true });
  userDirectory = await mkdtemp(join(tmpdir(), 'pgtwin-readme-'));
  await symlink(join(root, 'tests'), join(userDirectory, 'tests'));
  const packaged = join(root, 'node_modules/@pgflow/core/dist/supabase/migrations');
  const first = '20250429164909_pgflow_initial.sql';
  await cp(join(packaged, first), join(userDirectory, 'my-migrations', first));
});

afterAll(async () => {
  await rm(userDirectory, { recursive: true });
});

test('the README has programs and commands', () => {
  expect(programs.length).toBeGreaterThanOrEqual(2);
  expect(commands.length).toBeGreaterThanOrEqual(2);
  const ofReadme = blocksOf(readme);
  expect(ofReadme.filter(({ language }) => language === 'ts').length).toBeGreaterThanOrEqual(2);
  expect(ofReadme.filter(({ text }) => /^npx pgtwin /m.test(text)).length).toBeGreaterThanOrEqual(1);
});

const compilerOptions = [
  '--noEmit',
  '--strict',
  '--skipLibCheck',
  '--target',
  'es2022',
  '--module',
  'nodenext',
  '--types',
  'node',
];

test('the programs of the README compile', async () => {
  const files = await Promise.all(programs.map(writeProgram));
  await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...compilerOptions, ...files]);
});

test.each(programs.map((program, n) => [n + 1, program]))(
  'program %i prints what its comments say',
  async (n, program) => {
    const said = [...program.matchAll(/^console\.log\(.*\); \/\/ (.*)$/gm)].map(([, comment]) => comment);
    expect(said.length).toBeGreaterThan(0);
    const file = await writeProgram(program, n - 1);
    const { stdout } = await run(process.execPath, ['--import', 'tsx', file], { cwd: root });
    expect(stdout.trim().split('\n')).toEqual(said);
  },
);

test.each(commands)('%s', async (command) => {
  // A minute of samples shows no more of the command than two seconds.
  const args = command.replace('--for 60s', '--for 2s').split(/\s+/).slice(2);
  const ended = run(process.execPath, [join(root, 'bin/pgtwin.js'), ...args], { cwd: userDirectory });
  if (!args.includes('--intended'))
    expect((await ended).stdout).toMatch(/agrees? with the model|^Recorded 300 traces/m);
  else await expect(ended).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining('differs') });
});

test('the table of what is modelled names every function that the migrations leave, and every branch', async () => {
  const [, table = ''] = /## Functions\n\n([\s\S]*?)\n\n/.exec(await textOf('docs/modelled.md')) ?? [];
  const rows = table.split('\n').map((row) => row.split('|').map((cell) => cell.trim()));
  const releases = findEngine('pgflow').releases.filter(({ asDocumented }) => asDocumented);
  for (const release of releases) {
    const column = rows[0]!.findIndex((cell) => cell.startsWith(release.release));
    const modelled = rows.flatMap((cells) =>
      /^yes/.test(cells[column] ?? '') ? cells[1]!.match(/[a-z_]+/g)! : [],
    );
    for (const name of await functionsOf(release)) expect(modelled).toContain(name);
    const branches = rows.find((cells) => cells[1]?.startsWith('named branches'))![column];
    expect(branches).toBe(String(release.machine.witnesses.length));
  }
});

async function functionsOf(release: AnyRelease): Promise<string[]> {
  const { scripts } = await release.installation({});
  const driver = await openPGlite({ scripts });
  const text = `select distinct proname from pg_proc where pronamespace = 'pgflow'::regnamespace`;
  const [result] = (await driver.run({ at: 0, queries: [{ text }] })).results;
  await driver.close();
  const names = result?.kind === 'rows' ? readRows(result).map(({ proname }) => String(proname)) : [];
  expect(names.length).toBeGreaterThan(10);
  return names;
}

test('every link of what is in the package leads to a file of the package', async () => {
  const { stdout } = await npm(root, ['pack', '--dry-run', '--json', '--ignore-scripts']);
  const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
  const packed = files.map(({ path }) => path);
  const documents = packed.filter((path) => path.endsWith('.md'));
  expect(documents).toEqual(expect.arrayContaining(['README.md', 'CHANGELOG.md', ...documentsInDocs]));
  const dead: string[] = [];
  for (const document of documents) {
    for (const target of linksIn(await textOf(document))) {
      const path = join(dirname(document), target);
      if (!packed.includes(path)) dead.push(`${document}: ${target}`);
    }
  }
  expect(dead).toEqual([]);
});

test('every packed script has its source, so that nothing is left of an earlier build', async () => {
  const { stdout } = await npm(root, ['pack', '--dry-run', '--json', '--ignore-scripts']);
  const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
  const scripts = files.map(({ path }) => path).filter((path) => /^dist\/.*\.js$/.test(path));
  expect(scripts.length).toBeGreaterThan(100);
  const without = scripts.filter((path) => {
    const source = join(root, path.replace(/^dist/, 'src'));
    return !['.ts', '.mts'].some((ending) => existsSync(source.replace(/\.js$/, ending)));
  });
  expect(without).toEqual([]);
});

test('the tests of the README compile and pass', async () => {
  const files = await Promise.all(
    snippets.filter(isTest).map(async (text, n) => {
      const file = join(programDirectory, `readme-${n + 1}.test.ts`);
      await writeFile(file, text);
      return file;
    }),
  );
  expect(files.length).toBeGreaterThan(0);
  await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...compilerOptions, ...files]);
  const { stdout } = await runTests('readme-*.test.ts');
  expect(stdout).toMatch(new RegExp(`Tests .*\\D${files.length} passed`));
});

test('the first test, with the change that the README names, fails with the output that it shows', async () => {
  const [first = ''] = snippets.filter(isTest);
  const [, changed = ''] = /^With `(.*)` the test fails and prints this:$/m.exec(readme) ?? [];
  const failing = first.replace('times(2)', changed);
  expect(failing).not.toBe(first);
  await writeFile(join(programDirectory, 'failing.test.ts'), failing);
  const { text: shown } = blocksOf(readme).find(({ language }) => language === 'text')!;
  await expect(runTests('failing.test.ts')).rejects.toMatchObject({ stderr: expect.stringContaining(shown) });
});

async function runTests(include: string) {
  const config = join(programDirectory, 'vitest.config.mjs');
  await writeFile(config, `export default { test: { include: ['${include}'] } };`);
  const vitest = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', programDirectory];
  const env = { ...process.env, NO_COLOR: '1' };
  return run(process.execPath, [...vitest, '--config', config], { cwd: programDirectory, env });
}

async function writeProgram(program: string, n: number): Promise<string> {
  const file = join(programDirectory, `program-${n + 1}.mts`);
  await writeFile(file, program);
  return file;
}
