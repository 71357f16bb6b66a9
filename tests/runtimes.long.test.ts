// Long tier: it installs the package into a project for each runtime, and runs each.
/** The page on runtimes: every section is a project, in which its commands succeed. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { textOf } from './support/documents.ts';
import { npm, pack, withoutVitest } from './support/packed.ts';

const run = promisify(execFile);

interface Project {
  readonly title: string;
  readonly files: ReadonlyMap<string, string>;
  readonly packages: readonly string[];
  readonly commands: readonly string[];
}

const page = await textOf('docs/runtimes.md');

function filesIn(text: string): Map<string, string> {
  const blocks = text.matchAll(/```(?:ts|js|json)\n\/\/ (\S+)\n([\s\S]*?)```/g);
  return new Map([...blocks].map(([, name, code]) => [name!, code!]));
}

const [introduction, ...sections] = page.split(/^## /m) as [string, ...string[]];
const projects = sections.map((section): Project => {
  const [, shell = ''] = /```sh\n([\s\S]*?)```/.exec(section) ?? [];
  const [install = '', ...commands] = shell.trim().split('\n');
  const [, packages = ''] = /^npm install -D pgtwin (.*)$/.exec(install) ?? [];
  return {
    title: section.split('\n', 1)[0]!,
    files: new Map([...filesIn(introduction), ...filesIn(section)]),
    packages: packages.split(' '),
    commands,
  };
});

/** Runtimes that npm has. Their binaries are taken as they are: scripts of packages are not run. */
const runtimes: Readonly<Record<string, { install: string; folder: string; file: string }>> = {
  Deno: { install: 'deno@2.9.6', folder: '@deno', file: 'deno' },
  Bun: { install: 'bun@1.4.5', folder: '@oven', file: 'bin/bun' },
};

let directory = '';
let tarball = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgtwin-runtimes-'));
  tarball = await pack(directory);
}, 300_000);
afterAll(() => rm(directory, { recursive: true, force: true }));

async function install({ title, files, packages }: Project, more: readonly string[]): Promise<string> {
  const project = join(directory, title.replaceAll(/\W+/g, '-'));
  for (const [name, code] of files) {
    await mkdir(dirname(join(project, name)), { recursive: true });
    await writeFile(join(project, name), code);
  }
  const type = title.startsWith('CommonJS') ? {} : { type: 'module' };
  await writeFile(join(project, 'package.json'), JSON.stringify({ name: 'project', private: true, ...type }));
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
  await npm(project, ['install', '-D', ...quiet, tarball, ...packages, ...more]);
  return project;
}

test('the page has the projects that it promises', () => {
  expect(projects.map(({ title }) => title)).toEqual([
    'Flows of Deno, in vitest',
    'Deno',
    'Bun',
    'node:test',
    'Jest',
    'CommonJS projects',
  ]);
  for (const { files, packages, commands } of projects) {
    expect(files.size).toBeGreaterThan(1);
    expect(packages).toContain('@pgflow/dsl@0.8.1');
    expect(commands.length).toBeGreaterThan(0);
  }
});

test.each(projects.map((each) => [each.title, each] as const))(
  '%s: the commands of the section succeed',
  async (title, project) => {
    const runtime = runtimes[title];
    const folder = await install(project, runtime ? [runtime.install] : []);
    const env = withoutVitest();
    if (runtime) {
      const scope = join(folder, 'node_modules', runtime.folder);
      const [platform] = await readdir(scope);
      env.PATH = `${dirname(join(scope, platform!, runtime.file))}:${env.PATH}`;
    }
    for (const command of project.commands) {
      const { stdout, stderr } = await run('sh', ['-c', command], { cwd: folder, env });
      // A runner that finds no test succeeds as well.
      if (/test|jest/.test(command)) expect(`${stdout}${stderr}`).toMatch(/\b1 pass|pass 1\b|1 passed/);
    }
  },
  300_000,
);

test('a project with another PGlite can install the package, and is told what the database needs', async () => {
  const title = 'another PGlite';
  const packages = ['@electric-sql/pglite@0.5.17', '@pgflow/dsl@0.8.1', '@pgflow/core@0.8.1', 'fast-check@4'];
  const code = `
    import { Flow } from '@pgflow/dsl';
    import { simulate } from 'pgtwin';
    import { eventStoreText } from 'pgtwin/model';
    const Order = new Flow({ slug: 'order' }).step({ slug: 'charge' }, ({ run }) => run.id);
    const run = await simulate(Order).start({ id: 'o-1' }).finish();
    console.log(run.status, typeof eventStoreText.transition);`;
  const files = new Map([['model.js', code]]);
  const folder = await install({ title, files, packages, commands: [] }, []);
  const { stdout } = await run(process.execPath, ['model.js'], { cwd: folder, env: withoutVitest() });
  expect(stdout).toBe('completed function\n');
  const words = ['node_modules/pgtwin/bin/pgtwin.js', 'verify', '--samples', '1'];
  const told = await run(process.execPath, words, { cwd: folder }).catch((error) => error);
  expect(told).toMatchObject({ code: 2 });
  expect(told.stderr).toContain(
    'pgtwin: the installed @electric-sql/pglite is 0.5.17, and pgtwin needs 0.5.8: npm install -D @electric-sql/pglite@0.5.8 @electric-sql/pglite-pgmq@0.0.6',
  );
}, 300_000);
