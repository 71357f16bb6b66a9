// Long tier: it runs what is printed of many traces in databases of their own.
/**
 * Traces as tests for others: each form passes on the SQL that agrees with the model, and fails on SQL that diverges, or
 * is not printed for it.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deviationsOf, traceOf } from '../../../src/harness/contract/deviation.ts';
import type { AnyRelease } from '../../../src/harness/contract/engine.ts';
import type { Services } from '../../../src/harness/contract/services.ts';
import type { TraceForm } from '../../../src/harness/report/trace-as.ts';
import { defaultServices, findEngine, findRelease, traceAs } from '../../../src/harness/services.ts';
import { printTrace } from '../../../src/harness/trace/format.ts';
import { readTraceFile } from '../../../src/harness/trace/read-file.ts';
import { assertionFunctions } from '../../../src/sql/assertions.ts';
import type { SqlDriver } from '../../../src/sql/driver.ts';
import { openPGlite } from '../../../src/sql/pglite/open.ts';
import { migrationDirectory, migrationNames } from '../../support/migration-directory.ts';
import { pgtwin } from '../../support/pgtwin.ts';

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

/** Databases with what pgTAP would bring along, by the directory of their SQL or the release of it. */
const drivers = new Map<string, Promise<SqlDriver>>();

async function driverFor(engine: string, release: string, migrations?: string): Promise<SqlDriver> {
  const name = migrations ?? `${engine} ${release}`;
  let driver = drivers.get(name);
  if (!driver) {
    driver = open(engine, release, migrations);
    drivers.set(name, driver);
  }
  return driver;
}

async function open(engine: string, release: string, migrations?: string): Promise<SqlDriver> {
  const { scripts } = await findRelease(engine, release).installation({ migrations });
  const driver = await openPGlite({ scripts });
  await driver.script(assertionFunctions('public'));
  return driver;
}

/** As just after installing: what is printed wants a new database. */
async function empty(driver: SqlDriver, { reset }: AnyRelease): Promise<SqlDriver> {
  await driver.run({ at: Date.UTC(2030, 0, 1), restartClock: true, queries: reset });
  return driver;
}

/** One database for all that is printed of the same SQL. */
const servicesOn = (driver: SqlDriver, release: AnyRelease): Services => ({
  ...defaultServices,
  async openDriver() {
    await empty(driver, release);
    return {
      run: (batch) => driver.run(batch),
      script: (sql, name) => driver.script(sql, name),
      versions: driver.versions,
      close: async () => {},
    };
  },
});

afterAll(async () => {
  for (const driver of drivers.values()) await (await driver).close();
});

// Beside the sources, so that vitest is found.
let folder = '';
beforeAll(async () => {
  await mkdir(join(root, '.pgtwin'), { recursive: true });
  folder = await mkdtemp(join(root, '.pgtwin', 'as-'));
});
afterAll(() => rm(folder, { recursive: true }));

const sqlForms = ['pgtap', 'sql'] as const;

describe('a kept trace', () => {
  test.each(files)('holds on the SQL as a test in SQL: %s', async (_, file) => {
    const trace = await readTraceFile(file, findRelease);
    const release = findRelease(trace.engine, trace.release);
    const driver = await driverFor(trace.engine, trace.release);
    for (const as of sqlForms) {
      const printed = await traceAs({ file, as, services: servicesOn(driver, release) });
      await (await empty(driver, release)).script(printed, file);
    }
  });

  test('fails as a test in SQL where something else is expected', async () => {
    const [, file] = kept('pgflow', ['completing-a-failed-task-is-refused'])[0]!;
    const release = findRelease('pgflow', '0.1.20');
    const driver = await driverFor('pgflow', '0.1.20');
    for (const as of sqlForms) {
      const printed = await traceAs({ file, as, services: servicesOn(driver, release) });
      await empty(driver, release);
      const changed = (from: string | RegExp, to: string) => driver.script(printed.replace(from, to), file);
      await expect(changed("'23514'", "'23505'")).rejects.toThrow('not ok: pgflow.');
      await expect(changed('"status":"failed"', '"status":"queued"')).rejects.toThrow('not ok: pgflow.');
      await expect(changed(/plan\(\d+\)/, 'plan(1)')).rejects.toThrow('planned 1 tests');
      await driver.script(printed, file);
    }
  });

  test('says that it agrees, since a test that always passes shows nothing', async () => {
    const [, file] = kept('pgflow', ['completing-a-failed-task-is-refused'])[0]!;
    const { status, err, out } = await pgtwin('replay', file, '--as', 'pgtap');
    expect(status).toBe(0);
    expect(out).toMatch(/^-- pgflow 0\.1\.20, .*\n.*\nbegin;\n/);
    expect(err).toContain('The trace agrees with this SQL');
  });
});

/** A bug in a copy of the migrations, with a kept trace that shows it. */
interface Planted {
  readonly bug: string;
  readonly migration: string;
  readonly from: string;
  readonly to: string;
  readonly trace: string;
}

const lastOf = (stamp: string) => migrationNames.find((name) => name.startsWith(stamp))!;
const planted: readonly Planted[] = [
  {
    bug: 'the messages of a map are numbered backwards',
    migration: lastOf('20251103222045'),
    from: ') ORDER BY task_idx.task_index\n',
    to: ') ORDER BY task_idx.task_index DESC\n',
    trace: 'a-map-of-a-map-from-start-to-end',
  },
  {
    bug: 'the tasks of a map get their messages from the last to the first',
    migration: lastOf('20251103222045'),
    from: 'array_agg(task_idx.task_index ORDER BY task_idx.task_index)',
    to: 'array_agg(task_idx.task_index ORDER BY task_idx.task_index DESC)',
    trace: 'a-map-of-a-map-from-start-to-end',
  },
];

async function plant({ migration, from, to }: Planted): Promise<string> {
  const packaged = join(root, 'node_modules/@pgflow/core/dist/supabase/migrations', migration);
  const sql = readFileSync(packaged, 'utf8');
  const changed = sql.replace(from, to);
  expect(changed).not.toBe(sql);
  const others = migrationNames.filter((name) => name !== migration);
  return migrationDirectory(Object.fromEntries(others.map((name) => [name, name])), { [migration]: changed });
}

describe('a planted bug', () => {
  test.each(planted.map((each) => [each.bug, each] as const))(
    'fails each test of its trace, which the SQL without it passes: %s',
    async (_, each) => {
      const migrations = await plant(each);
      const file = join(traces, 'pgflow', 'traces', `${each.trace}.json`);
      const good = await driverFor('pgflow', '0.8.1');
      const buggy = await driverFor('pgflow', '0.8.1', migrations);
      const release = findRelease('pgflow', '0.8.1');
      for (const as of sqlForms) {
        const printed = await traceAs({ file, as, migrations, services: servicesOn(buggy, release) });
        await (await empty(good, release)).script(printed, file);
        await empty(buggy, release);
        await expect(buggy.script(printed, file)).rejects.toThrow('not ok: ');
      }
      ofVitest.push({ text: await traceAs({ file, as: 'ts', migrations }), passes: false });
      ofVitest.push({ text: await traceAs({ file, as: 'ts' }), passes: true });
    },
  );
});

/** Tests for vitest, and whether each passes: all are executed in one go. */
const ofVitest: { text: string; passes: boolean }[] = [];

/** What is broadcast leaves a database, and so a test in SQL does not see it. */
const notInSql = [
  'completing-a-task-twice-announces-its-step-again',
  'type-violations-are-announced-without-an-error',
];

const deviations = ['pgflow', 'event-store'].flatMap((name) => {
  const engine = findEngine(name);
  return engine.releases.flatMap(({ release }) =>
    deviationsOf(engine, release).map((each) => ({
      id: each.id,
      release,
      name,
      trace: traceOf(each, name, release),
    })),
  );
});

describe('a deviation, held against the documentation,', () => {
  test.each(deviations.map((each) => [`${each.name} ${each.release}: ${each.id}`, each] as const))(
    'fails as each test that is printed of it, and passes against the SQL: %s',
    async (_, { id, release, name, trace }) => {
      const file = join(folder, `${name}-${release}-${id}.json`);
      await writeFile(file, printTrace(trace));
      const faithful = findRelease(name, release);
      const driver = await driverFor(name, release);
      const services = servicesOn(driver, faithful);
      const printed = (as: TraceForm, intended: readonly string[]) =>
        traceAs({ file, as, intended, services });
      for (const as of sqlForms) {
        if (name === 'event-store') {
          await expect(printed(as, [id])).rejects.toThrow(`there is no test in SQL for ${name}: Use --as ts`);
          continue;
        }
        const passing = await printed(as, []);
        await (await empty(driver, faithful)).script(passing, file);
        if (notInSql.includes(id)) {
          await expect(printed(as, [id])).rejects.toThrow(
            new RegExp(
              `^--as ${as} cannot show this difference, so that test would pass: sent\\[.*Use --as ts`,
            ),
          );
        } else {
          const failing = await printed(as, [id]);
          await empty(driver, faithful);
          await expect(driver.script(failing, file)).rejects.toThrow('not ok: ');
        }
      }
      ofVitest.push({ text: await printed('ts', [id]), passes: false });
    },
  );
});

test('as a psql script a run that is refused has an id all the same, so that what is done to it can be said', async () => {
  const [, file] = kept('pgflow', ['a-run-id-that-is-taken-is-refused'])[0]!;
  const lines = (await traceAs({ file, as: 'psql' })).split('\n');
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

test('as tests for vitest all of them compile, and pass or fail as they should', async () => {
  for (const [, file] of files) ofVitest.push({ text: await traceAs({ file, as: 'ts' }), passes: true });
  const written = await Promise.all(
    ofVitest.map(async ({ text }, i) => {
      const path = join(folder, `${i}.test.ts`);
      await writeFile(path, text);
      return path;
    }),
  );
  expect(typeErrors(written)).toEqual([]);
  const alias = { 'pgtwin/verify': join(root, 'src/harness/index.ts') };
  const config = join(folder, 'vitest.config.mjs');
  await writeFile(
    config,
    `export default { resolve: { alias: ${JSON.stringify(alias)} }, test: { isolate: false } };`,
  );
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const words = [vitest, 'run', '--root', folder, '--config', config, '--reporter', 'json'];
  // It ends with 1 where tests fail, as some have to.
  const { stdout } = await promisify(execFile)(process.execPath, words, { maxBuffer: 1 << 26 }).catch(
    (error: { stdout: string }) => error,
  );
  const { testResults } = JSON.parse(stdout) as {
    testResults: { name: string; status: string; message: string }[];
  };
  const found = new Map(testResults.map(({ name, status }) => [name, status]));
  expect(written.map((path) => found.get(path))).toEqual(
    ofVitest.map(({ passes }) => (passes ? 'passed' : 'failed')),
  );
  const failures = JSON.stringify(JSON.parse(stdout));
  // They fail for what differs, not for something else.
  expect(failures.match(/AssertionError: expected \[/g)?.length).toBe(
    ofVitest.filter(({ passes }) => !passes).length,
  );
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
    paths: { 'pgtwin/verify': [join(root, 'src/harness/index.ts')] },
  });
  return written.flatMap((path) =>
    [
      ...program.getSemanticDiagnostics(program.getSourceFile(path)),
      ...program.getSyntacticDiagnostics(program.getSourceFile(path)),
    ].map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')),
  );
}
