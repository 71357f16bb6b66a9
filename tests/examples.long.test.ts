// Long tier: it packs and installs the package, and runs a whole project with it.
/** The example project, with the packed package in a folder elsewhere; and what that package loads. */
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesLoadedBy, installWith, npm, pack } from './support/packed.ts';

const examples = join(import.meta.dirname, '../examples');
let directory: string;
let project: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgtwin-example-'));
  project = join(directory, 'order-fulfilment');
  const isOfProject = (path: string) => !path.includes('node_modules');
  await cp(join(examples, 'order-fulfilment'), project, { recursive: true, filter: isOfProject });
  await installWith(await pack(directory), project);
}, 300_000);

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

describe('the example project, with the packed package', () => {
  it('is the only one but the smallest engine and the readers of recordings, which have tests of their own', async () => {
    expect((await readdir(examples)).toSorted()).toEqual([
      'order-fulfilment',
      'recording-readers',
      'smallest-engine',
    ]);
  });

  it('compiles', async () => {
    await npm(project, ['run', 'types']);
  });

  // With CI set, a snapshot that differs or is missing fails: so the timelines are the same on both.
  it.each(['model', 'pglite'])(
    'passes its tests on the backend %s, with the timelines that it keeps',
    async (BACKEND) => {
      const { stdout } = await npm(project, ['test', '--', '--reporter=json'], { BACKEND, CI: '1' });
      const report = JSON.parse(stdout.slice(stdout.indexOf('{')));
      expect(report).toMatchObject({ success: true, numFailedTests: 0, numPendingTests: 0 });
      expect(report.numPassedTests).toBeGreaterThanOrEqual(10);
      expect(report.snapshot).toMatchObject({ added: 0, unmatched: 0, matched: 3 });
    },
  );
});

describe('importing', () => {
  /** Where a file of the installation lies: `pgtwin/dist/model`, `zod`. */
  const placesLoadedBy = async (specifier: string): Promise<string[]> => {
    const files = await filesLoadedBy(specifier, project);
    const places = files.map((file) => {
      const [, path = file] = /.*\/node_modules\/(.*)$/.exec(file) ?? [];
      const parts = path.split('/');
      if (parts[0] !== 'pgtwin') return parts[0]!;
      const isOfEngine = parts[2] === 'harness' && parts[4] === 'twin';
      return parts.slice(0, isOfEngine ? 5 : parts[2] === 'harness' ? 4 : 3).join('/');
    });
    return [...new Set(places)].sort();
  };
  const shared = ['pgtwin/dist/harness/twin', 'pgtwin/dist/model'];
  const own = ['pgtwin/dist/harness/pgflow/twin', ...shared];

  it.each<[string, string[]]>([
    ['pgtwin', own],
    ['pgtwin/client', own],
    ['pgtwin/event-store', ['pgtwin/dist/harness/event-store/twin', ...shared]],
    ['pgtwin/fast-check', ['fast-check', ...own, 'pure-rand']],
    ['pgtwin/model', ['pgtwin/dist/model', 'zod']],
  ])('%s loads what it needs and nothing else: no PGlite, no command line', async (specifier, places) => {
    expect(await placesLoadedBy(specifier)).toEqual(places);
  });

  it('pgtwin/event-store loads of its engine the model and what users test with, and no other engine', async () => {
    const files = await filesLoadedBy('pgtwin/event-store', project);
    const own = files.map((file) => file.replace(/.*\/pgtwin\/dist\//, ''));
    expect(own).toContain('harness/event-store/twin/index.js');
    expect(own.filter((file) => file.startsWith('harness/event-store/') && !file.includes('/twin/'))).toEqual(
      [],
    );
    expect(own.filter((file) => /^model\/(pgflow|pgmq)\/|^sql\//.test(file))).toEqual([]);
  });

  it('is watched as it is: pgtwin/verify loads more', async () => {
    const places = await placesLoadedBy('pgtwin/verify');
    expect(places).toContain('pgtwin/dist/sql');
    // Only whoever draws something needs it.
    expect(places).not.toContain('fast-check');
    expect(places.join()).not.toContain('electric-sql');
  });

  it('what the schedules of fast-check need does not come with pgtwin itself', async () => {
    const files = await filesLoadedBy('pgtwin', project);
    expect(files.some((file) => file.endsWith('/simulate.js'))).toBe(true);
    expect(
      files.some((file) => /arbitrary-schedule|client|vitest/.test(file.replace(/.*node_modules/, ''))),
    ).toBe(false);
  });
});
