// Long tier: every snippet of the guides is run.
/** The guides: each of their snippets compiles, and is executed as a test. */
import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');
/** Inside the package, a folder for each, in which the packages are found that it has installed. */
const placeOf = (name: string) => join(root, '.pgtwin', 'guide', name);

interface Snippet {
  readonly file: string;
  readonly section: string;
  readonly text: string;
}

/** The package by its name is what was built last; here it is what is in `src` now. */
const sources: Readonly<Record<string, string>> = {
  pgtwin: 'pgflow/twin/index',
  'pgtwin/vitest': 'pgflow/twin/vitest',
  'pgtwin/fast-check': 'pgflow/twin/fast-check',
  'pgtwin/client': 'pgflow/twin/client/client',
  'pgtwin/event-store': 'event-store/twin/index',
  'pgtwin/dag-cascade': 'dag-cascade/twin/index',
  'pgtwin/state-machine': 'state-machine/twin/index',
  'pgtwin/state-machine/vitest': 'state-machine/twin/vitest',
};
const fromSources = (text: string) =>
  text.replaceAll(/'(pgtwin(?:\/[a-z-]+)*)'/g, (name, entry: string) =>
    sources[entry] === undefined ? name : `'../../../src/harness/${sources[entry]}.ts'`,
  );

function read(text: string): { files: readonly Snippet[]; snippets: readonly Snippet[] } {
  const shared: Snippet[] = [];
  const tests: Snippet[] = [];
  let imports = '';
  for (const part of text.split(/^## /m)) {
    const section = part.split('\n', 1)[0]!.replace(/^# /, '');
    for (const [, code = ''] of part.matchAll(/```ts\n([\s\S]*?)```/g)) {
      const [, name] = /^\/\/ (\S+)\n/.exec(code) ?? [];
      if (name === 'imports') imports = code;
      else if (name !== undefined) shared.push({ file: name, section, text: code });
      else {
        const isForNode = code.includes('node:test');
        const file = `${String(tests.length + 1).padStart(2, '0')}.${isForNode ? 'node' : 'test'}.ts`;
        tests.push({ file, section, text: isForNode ? code : imports + code });
      }
    }
  }
  return { files: shared, snippets: tests };
}

/** By file: how many tests it has, and which of them failed with what. */
type Results = ReadonlyMap<string, { passed: number; failures: string[] }>;

async function execute(directory: string, written: readonly Snippet[]): Promise<Results> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  for (const { file, text } of written) {
    await writeFile(join(directory, file), fromSources(text));
  }
  const config = `export default { test: { include: ['*.test.ts'], root: ${JSON.stringify(directory)} } };`;
  await writeFile(join(directory, 'vitest.config.mjs'), config);
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const output = join(directory, 'results.json');
  const args = ['run', '--config', join(directory, 'vitest.config.mjs'), '--reporter=json'];
  const { CI: _, ...env } = process.env;
  const ended = run(process.execPath, [vitest, ...args, `--outputFile=${output}`], { cwd: directory, env });
  await ended.catch(() => {});
  const { testResults } = JSON.parse(await readFile(output, 'utf8')) as {
    testResults: {
      name: string;
      message: string;
      assertionResults: { status: string; failureMessages: string[] }[];
    }[];
  };
  return new Map(
    testResults.map(({ name, message, assertionResults }) => [
      name.slice(name.lastIndexOf('/') + 1),
      {
        passed: assertionResults.filter(({ status }) => status === 'passed').length,
        failures: [message, ...assertionResults.flatMap(({ failureMessages }) => failureMessages)].filter(
          Boolean,
        ),
      },
    ]),
  );
}

const names = ['testing-flows', 'testing-event-stores', 'testing-dag-flows', 'testing-state-machines'];
const guides = await Promise.all(
  names.map(async (name) => ({ name, guide: await readFile(join(root, `docs/${name}.md`), 'utf8') })),
);

describe.each(guides)('the guide $name', ({ name, guide }) => {
  const directory = placeOf(name);
  const { files, snippets } = read(guide);
  let results: Results;

  beforeAll(async () => {
    results = await execute(directory, [...files, ...snippets]);
  }, 120_000);

  it('has a test in every section but the last', () => {
    const sections = [...guide.matchAll(/^## (.*)$/gm)].map(([, title]) => title);
    expect(sections.at(-1)).toBe('Limits');
    expect([...new Set(snippets.map(({ section }) => section))]).toEqual(sections.slice(0, -1));
  });

  it('compiles', async () => {
    const tsconfig = {
      extends: '../../../tsconfig.json',
      compilerOptions: { noUnusedLocals: false },
      include: ['*.ts'],
    };
    await writeFile(join(directory, 'tsconfig.json'), JSON.stringify(tsconfig));
    const compiled = run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', directory]);
    const errors = await compiled.then(
      () => '',
      ({ stdout }: { stdout: string }) => stdout,
    );
    expect(errors).toBe('');
  });

  it.each(snippets.filter(({ file }) => file.endsWith('.test.ts')))('$section ($file)', ({ file, text }) => {
    const { passed, failures } = results.get(file)!;
    expect(failures).toEqual([]);
    expect(passed).toBe([...text.matchAll(/^test\(/gm)].length);
    expect(passed).toBeGreaterThan(0);
  });

  it.each(snippets.filter(({ file }) => file.endsWith('.node.ts')))('$section ($file)', async ({ file }) => {
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const { stdout } = await run(process.execPath, ['--import', 'tsx', '--test', join(directory, file)], {
      cwd: root,
      env,
    });
    expect(stdout).toMatch(/pass 1\b/);
    expect(stdout).toMatch(/fail 0\b/);
  });
});
