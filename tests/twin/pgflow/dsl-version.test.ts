/** Flows of a DSL whose handlers want other arguments than the simulated ones get are refused. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkDslVersion } from '../../../src/harness/pgflow/twin/flow/dsl-version.ts';
import { SimulationError } from '../../../src/harness/twin/simulation-error.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pgtwin-dsl-'));
});
afterAll(() => rm(folder, { recursive: true }));

let projects = 0;
async function projectWith(manifest: string): Promise<string> {
  const project = join(folder, String(projects++));
  const dsl = join(project, 'node_modules', '@pgflow', 'dsl');
  await mkdir(dsl, { recursive: true });
  await writeFile(join(dsl, 'package.json'), manifest);
  return project;
}
const ofVersion = (version: string) => projectWith(JSON.stringify({ name: '@pgflow/dsl', version }));

test.each(['0.12.0', '0.12.1', '0.13.3', '0.14.1', '0.100.0', '1.0.0', '0.12.0-next.1'])(
  '%s is refused by name, with what to install',
  async (version) => {
    const project = await ofVersion(version);
    const message = `the flow cannot be simulated: @pgflow/dsl ${version} is installed (${join(project, 'node_modules/@pgflow/dsl/package.json')})`;
    // A second flow is refused as the first.
    for (const _ of [1, 2]) {
      expect(() => checkDslVersion(project)).toThrow(SimulationError);
      expect(() => checkDslVersion(project)).toThrow(message);
      expect(() => checkDslVersion(project)).toThrow('npm install @pgflow/dsl@0.8.1');
    }
  },
);

test.each(['0.1.20', '0.8.1', '0.9.1', '0.11.0', '0.11.99'])('%s is simulated', async (version) => {
  const project = await ofVersion(version);
  expect(() => checkDslVersion(project)).not.toThrow();
});

test('it is found from a directory within the project, as Node finds it', async () => {
  const inside = join(await ofVersion('0.14.1'), 'supabase', 'functions');
  await mkdir(inside, { recursive: true });
  expect(() => checkDslVersion(inside)).toThrow('@pgflow/dsl 0.14.1 is installed');
});

test('the one at the file that simulates counts, and that of the working directory only where there is none', async () => {
  const [older, newer] = [await ofVersion('0.8.1'), await ofVersion('0.14.1')];
  expect(() => checkDslVersion(older, newer)).not.toThrow();
  expect(() => checkDslVersion(newer, older)).toThrow('@pgflow/dsl 0.14.1 is installed');
  expect(() => checkDslVersion(undefined, newer)).toThrow('@pgflow/dsl 0.14.1 is installed');
  const none = await mkdtemp(join(folder, 'none-'));
  expect(() => checkDslVersion(none, older)).not.toThrow();
  expect(() => checkDslVersion(none, newer)).toThrow('@pgflow/dsl 0.14.1 is installed');
});

test('a project whose version cannot be found out is let through', async () => {
  const empty = join(folder, 'empty');
  await mkdir(empty);
  expect(() => checkDslVersion(empty)).not.toThrow();
  const broken = await projectWith('{');
  expect(() => checkDslVersion(broken)).not.toThrow();
});

test('it is found in the package of the file that simulates, wherever the process works', async () => {
  const project = await ofVersion('0.14.1');
  await writeFile(join(project, 'package.json'), '{"type":"module"}');
  const twin = new URL('../../../src/harness/pgflow/twin/index.ts', import.meta.url).href;
  const dsl = import.meta.resolve('@pgflow/dsl');
  const test = join(project, 'order.test.mjs');
  await writeFile(
    test,
    `import { Flow } from ${JSON.stringify(dsl)};
import { simulate } from ${JSON.stringify(twin)};
export const attempt = () => simulate(new Flow({ slug: 'greet' }).step({ slug: 'hello' }, () => 1));`,
  );
  const { attempt } = await import(/* @vite-ignore */ test);
  for (const _ of [1, 2]) expect(attempt).toThrow('@pgflow/dsl 0.14.1 is installed');
});
