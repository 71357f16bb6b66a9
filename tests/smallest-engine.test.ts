/** The smallest engine: with one added line every command works on it. It is the template of an engine. */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stock } from '../examples/smallest-engine/engine.ts';
import { run } from '../src/harness/cli/main.ts';
import { defaultServices } from '../src/harness/services.ts';

const folder = join(import.meta.dirname, '../examples/smallest-engine');
/** The one line. */
const services = { ...defaultServices, engines: [...defaultServices.engines, stock] };

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pgtwin-smallest-'));
});
afterAll(async () => {
  await rm(directory, { recursive: true });
});

async function pgtwin(...line: string[]): Promise<{ status: number; out: string; err: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const io = { stdout, stderr, env: {}, signal: new AbortController().signal, services };
  const status = await run(line, io);
  stdout.end();
  stderr.end();
  return { status, out: await text(stdout), err: await text(stderr) };
}

/** The schema with one word changed. */
async function schemaWith(name: string, from: string, to: string): Promise<string> {
  const sql = await readFile(join(folder, 'schema.sql'), 'utf8');
  expect(sql).toContain(from);
  const file = join(directory, name);
  await writeFile(file, sql.replace(from, to));
  return file;
}

const budget = ['--samples', '40', '--workers', '1'];

describe('the smallest engine', () => {
  it('is small', async () => {
    const files = (await readdir(folder)).filter((name) => !name.endsWith('.md'));
    const lines = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
    expect(lines.reduce((sum, each) => sum + each.trimEnd().split('\n').length, 0)).toBeLessThanOrEqual(200);
  });

  it('is verified: the SQL agrees, and every branch is reached', async () => {
    const { status, out, err } = await pgtwin('verify', '--engine', 'stock', ...budget);
    expect(err).toBe('');
    expect(out).toContain('The SQL agrees with the model: 40 samples');
    expect(out).toContain('All 6 branches of the model were reached.');
    expect(status).toBe(0);
  });

  it('finds a bug in the SQL, shrinks it, and keeps trace, script and page; the trace is replayed', async () => {
    const schema = await schemaWith('bug.sql', 'amount >= 0', 'amount > 0');
    const out = join(directory, 'found');
    const source = ['--schema', schema];
    const found = await pgtwin('verify', '--engine', 'stock', ...source, ...budget, '--out', out);
    expect(found.status).toBe(1);
    expect(found.out).toMatch(/shrunk from \d+ commands to 1\)/);
    expect(found.out).toMatch(/stock\.put\(name => '.', amount => 0\)/);
    const files = await readdir(out);
    expect(files.map((file) => file.replace(/.*\./, '')).sort()).toEqual(['html', 'json', 'sql']);
    const trace = join(out, files.find((file) => file.endsWith('.json'))!);
    expect(JSON.parse(await readFile(trace, 'utf8')).commands).toHaveLength(1);
    expect((await pgtwin('replay', trace, ...source)).status).toBe(1);
    const page = join(directory, 'page.html');
    expect((await pgtwin('replay', trace, '--html', page)).status).toBe(0);
    expect(await readFile(page, 'utf8')).toContain('The SQL agrees with the model: 1 command.');
    expect((await pgtwin('replay', trace, '--as', 'psql')).out).toMatch(/stock\.put\(name => '.'::text/);
  });

  it('is compared with another schema', async () => {
    const same = join(directory, 'same.sql');
    await cp(join(folder, 'schema.sql'), same);
    const few = ['--engine', 'stock', '--samples', '20', '--out', join(directory, 'diff')];
    expect((await pgtwin('diff', '--from', '1', '--to', same, ...few)).status).toBe(0);
    const other = await schemaWith('other.sql', 'return left_over;', 'return left_over + 1;');
    const differs = await pgtwin('diff', '--from', '1', '--to', other, ...few);
    expect(differs.out).toContain('1. take: returned take');
    expect(differs.status).toBe(1);
  });

  it('has bugs planted in it, and every one is found', async () => {
    const { status, out } = await pgtwin(
      'mutants',
      '--engine',
      'stock',
      '--samples',
      '60',
      '--fail-under',
      '100',
    );
    expect(out).toMatch(/mutant/);
    expect(status).toBe(0);
  });
});
