// Long tier: it runs what is printed of many traces in databases of their own.
/** Kept traces in the words of other tools: as pgTAP they hold on the real SQL, and as vitest they compile and pass. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { afterAll, describe, expect, test } from 'vitest';
import { findRelease, traceAs } from '../../../src/harness/services.ts';
import { readTraceFile } from '../../../src/harness/trace/read-file.ts';
import type { SqlDriver } from '../../../src/sql/driver.ts';
import { openPGlite } from '../../../src/sql/pglite/open.ts';
import { pgtap } from '../../support/pgtap.ts';

const root = join(import.meta.dirname, '../../..');
const traces = join(import.meta.dirname, '..');
const kept = (engine: string, names: readonly string[]) =>
  names.map((name): [string, string] => [
    name.replaceAll('-', ' '),
    join(traces, engine, 'traces', `${name}.json`),
  ]);

/** Some of each kind: waits, refusals, either of two, maps, what no script can hold, queues with awkward names. */
const files = [
  ...kept('pgflow', [
    'a-poll-with-two-faults-may-answer-with-either',
    'completing-a-task-twice-is-refused',
    'retries-come-back-to-the-millisecond',
    'what-jsonb-refuses',
    'a-map-of-a-map-from-start-to-end',
    'a-run-deleted-by-hand-leaves-its-messages',
    'a-start-delay-counts-from-when-the-step-is-ready',
    'options-at-the-edge-of-an-integer-are-refused-where-they-overflow',
    'steps-may-be-called-like-properties-of-objects',
    'steps-that-start-or-end-together-are-broadcast-and-sent-in-an-order-of-their-own',
  ]),
  ...kept('pgmq', [
    'a-sequence-gets-another-name-where-its-own-is-taken',
    'an-age-of-more-than-68-years-is-out-of-range',
    'containment-decides-what-a-conditional-read-takes',
  ]),
];

const drivers = new Map<string, Promise<SqlDriver>>();

function driverFor(engine: string, release: string): Promise<SqlDriver> {
  const name = `${engine} ${release}`;
  let driver = drivers.get(name);
  if (!driver) {
    driver = open(engine, release);
    drivers.set(name, driver);
  }
  return driver;
}

async function open(engine: string, release: string): Promise<SqlDriver> {
  const { scripts } = await findRelease(engine, release).installation({});
  const driver = await openPGlite({ scripts });
  await driver.script(pgtap);
  return driver;
}

afterAll(async () => {
  for (const driver of drivers.values()) await (await driver).close();
});

describe('as a pgTAP test a kept trace holds on the SQL', () => {
  test.each(files)('%s', async (_, file) => {
    const { engine, release } = await readTraceFile(file, findRelease);
    const driver = await driverFor(engine, release);
    await driver.script(await traceAs({ file, as: 'pgtap' }), file);
  });
});

test('a pgTAP test fails on SQL that does something else', async () => {
  const [, file] = kept('pgflow', ['completing-a-failed-task-is-refused'])[0]!;
  const driver = await driverFor('pgflow', '0.1.20');
  const said = await traceAs({ file, as: 'pgtap' });
  await expect(driver.script(said.replace("'23514'", "'23505'"), file)).rejects.toThrow('not ok: pgflow.');
  await expect(driver.script(said.replace('"status":"failed"', '"status":"queued"'), file)).rejects.toThrow(
    'not ok: pgflow.',
  );
  await expect(driver.script(said.replace(/plan\(\d+\)/, 'plan(1)'), file)).rejects.toThrow(
    'planned 1 tests',
  );
});

test('as a psql script a run that is refused has an id all the same, so that what is done to it can be said', async () => {
  const [, file] = kept('pgflow', ['a-run-id-that-is-taken-is-refused'])[0]!;
  const lines = (await traceAs({ file, as: 'sql' })).split('\n');
  for (const [i, line] of lines.entries()) {
    const [, prefix] = / \\gset (run\d+_)$/.exec(line) ?? [];
    if (prefix === undefined || line.startsWith('select coalesce')) continue;
    expect(lines.slice(0, i)).toContainEqual(
      expect.stringMatching(`^\\\\set ${prefix}run_id [0-9a-f-]{36}$`),
    );
  }
  const named = lines.flatMap((line) => [...line.matchAll(/:'(\w+)'/g)].map(([, name]) => name));
  expect(named).toContain('run3_start_flow_with_states');
  for (const name of named) expect(lines).toContainEqual(expect.stringMatching(`^\\\\set ${name} `));
});

test('as a test for vitest kept traces compile and pass', async () => {
  // Beside the sources, so that vitest is found.
  await mkdir(join(root, '.pgtwin'), { recursive: true });
  const folder = await mkdtemp(join(root, '.pgtwin', 'as-ts-'));
  try {
    const written = await Promise.all(
      files.map(async ([, file], i) => {
        const path = join(folder, `${i}.test.ts`);
        await writeFile(path, await traceAs({ file, as: 'ts' }));
        return path;
      }),
    );
    expect(typeErrors(written)).toEqual([]);
    const alias = { 'pgtwin/model': join(root, 'src/model/index.ts') };
    const config = join(folder, 'vitest.config.mjs');
    await writeFile(
      config,
      `export default { resolve: { alias: ${JSON.stringify(alias)} }, test: { isolate: false } };`,
    );
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const words = [vitest, 'run', '--root', folder, '--config', config, '--reporter', 'json'];
    const { stdout } = await promisify(execFile)(process.execPath, words, { maxBuffer: 1 << 24 });
    expect(JSON.parse(stdout)).toMatchObject({ success: true, numPassedTests: files.length });
  } finally {
    await rm(folder, { recursive: true });
  }
});

function typeErrors(written: readonly string[]): string[] {
  const program = ts.createProgram(written, {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    noEmit: true,
    types: [],
    paths: { 'pgtwin/model': [join(root, 'src/model/index.ts')] },
  });
  return written.flatMap((path) =>
    [
      ...program.getSemanticDiagnostics(program.getSourceFile(path)),
      ...program.getSyntacticDiagnostics(program.getSourceFile(path)),
    ].map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')),
  );
}
