/** Recordings on the toy: what is written is read again; what differs is found; what is no whole recording is refused. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { RecordingFile } from '../../../src/harness/evidence/recording-file.ts';
import { ChangingTables, changesBetween } from '../../../src/harness/recording/changes.ts';
import { decodeValue, encodeValue } from '../../../src/harness/recording/values.ts';
import { record, replayRecording, verifyRecording } from '../../../src/harness/recordings.ts';
import { printJson, verifyJson } from '../../../src/harness/report/json.ts';
import { reportSchemas } from '../../../src/harness/report/schemas.ts';
import { printTrace } from '../../../src/harness/trace/format.ts';
import { ExactNumber } from '../../../src/sql/json-text.ts';
import { openToyDriver, type ToyBug, type ToyDriverOptions, toyEngine, toyRelease } from './toy-engine.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pgtwin-recording-'));
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

const servicesWith = (options: ToyDriverOptions = {}) => ({
  engines: [toyEngine],
  openDriver: async () => openToyDriver(options),
});
const services = servicesWith();
let made = 0;
const newFile = () => join(folder, `${made++}.jsonl.gz`);

async function recorded(options: Partial<Parameters<typeof record>[0]> = {}) {
  const out = newFile();
  await record({ samples: 20, seed: 3, services, out, ...options });
  return out;
}

const ofToy = { engine: 'toy', release: '2.0.0', startedAt: '2030-01-01T00:00:00.000Z' };

const linesOf = async (file: string) =>
  gunzipSync(await readFile(file))
    .toString()
    .trimEnd()
    .split('\n');
async function withLines(lines: readonly string[]) {
  const file = newFile();
  await writeFile(file, gzipSync(`${lines.join('\n')}\n`));
  return file;
}
const verified = (recording: string, more: object = {}) => verifyRecording({ recording, services, ...more });

describe('what the real side answered', () => {
  test('is what the model is held against, with the witnesses', async () => {
    const file = await recorded();
    const report = await verified(file);
    expect(report).toMatchObject({
      verdict: 'agreed',
      samples: 20,
      seed: 3,
      unwitnessed: [],
      divergence: null,
    });
    expect(report.commands).toBe((await linesOf(file)).length - 22);
    expect(report.remarks[0]).toContain(`the real side is the recording ${file}, made at `);
    const lengths = (await linesOf(file)).flatMap((line) => JSON.parse(line).commands ?? []);
    const short = lengths.indexOf(Math.min(...lengths));
    const one = await verified(file, { firstSample: short });
    expect(one).toMatchObject({ verdict: 'agreed', samples: 1, commands: lengths[short] });
    expect(one.unwitnessed).not.toEqual([]);
  });

  test('differs where it did when it was recorded, is cut there, and kept', async () => {
    const bug: ToyBug = (sum) => (sum > 20 ? sum + 1 : sum);
    const file = await recorded({ services: servicesWith({ bug }) });
    const out = join(folder, 'found');
    const report = await verified(file, { out });
    expect(report.verdict).toBe('diverged');
    const { divergence } = report;
    expect(divergence!.differences.map(({ where }) => where)).toContain('counters[0].value');
    expect(divergence!.replay).toBe(`pgtwin replay --recording ${file} --sample ${divergence!.sample}`);
    const { trace } = divergence!;
    expect(trace.commands.length).toBe(divergence!.commands);
    expect((await readdir(out)).map((name) => name.replace(/.*\./, '')).sort()).toEqual([
      'html',
      'json',
      'sql',
    ]);
    const replayed = await replayRecording({ recording: file, sample: divergence!.sample, services });
    expect(replayed).toMatchObject({ verdict: 'diverged', commands: divergence!.commands });
  });

  test('is shrunk where the SQL is at hand, which must be what was recorded', async () => {
    const bug: ToyBug = (sum) => (sum > 20 ? sum + 1 : sum);
    const buggy = servicesWith({ bug });
    const file = await recorded({ services: buggy, migrations: 'here', release: '2.0.0' });
    const { divergence } = await verified(file, { services: buggy, migrations: 'here', release: '2.0.0' });
    expect(divergence!.commands).toBeLessThan(divergence!.commandsBefore);
    expect(divergence!.commands).toBeLessThanOrEqual(4);
    await expect(verified(file, { services: buggy, migrations: 'there', release: '2.0.0' })).rejects.toThrow(
      /it was recorded from other SQL \(here, sha256 \w{12}\) than there \(sha256 \w{12}\)/,
    );
    const mended = await verified(file, { migrations: 'here', release: '2.0.0' });
    expect(mended.verdict).toBe('diverged');
    expect(mended.remarks.join('\n')).toContain('the SQL that is named does not differ from the model there');
  });

  test('is of another version than that which the model follows, and the heading says so', async () => {
    const file = await recorded();
    const { versions } = JSON.parse((await linesOf(file))[0]!);
    const [[name, version]] = Object.entries<string>(versions) as [[string, string]];
    const following = (wanted: string) => {
      const releases = toyEngine.releases.map((release) => ({ ...release, follows: { [name]: wanted } }));
      return { ...services, engines: [{ ...toyEngine, releases }] };
    };
    const other = await verified(file, { services: following('0.0.1') });
    expect(other.verdict).toBe('agreed');
    expect(other.remarks).toContain(`the recording is of ${name} ${version}, and the model follows 0.0.1`);
    const same = await verified(file, { services: following(version) });
    expect(same.remarks.join('\n')).not.toContain('the model follows');
  });

  test('can be held against what the documentation says', async () => {
    const report = await verified(await recorded(), { intended: ['counters-have-no-end'] });
    expect(report.verdict).toBe('diverged');
  });
});

describe('a difference that is put into a recording is found:', () => {
  const plant = async (what: (line: Line, random: () => number) => boolean, count: number) => {
    const lines = await linesOf(await recorded({ samples: 60 }));
    let found = 0;
    let planted = 0;
    for (let seed = 1; planted < count; seed++) {
      const random = randomOf(seed);
      const at = 1 + Math.floor(random() * (lines.length - 2));
      const line = JSON.parse(lines[at]!);
      if (!('changes' in line) || !what(line, random)) continue;
      planted++;
      const changed = lines.with(at, JSON.stringify(line));
      const { verdict } = await verified(await withLines(changed));
      if (verdict === 'diverged') found++;
    }
    return { planted, found };
  };

  test.each<[string, (line: Line, random: () => number) => boolean]>([
    ['a value of a table', ({ changes }) => changeRow(changes, (row) => ({ ...row, value: row.value! + 1 }))],
    [
      'an instant of a table',
      ({ changes }) => changeRow(changes, (row) => ({ ...row, changed_at: row.changed_at! + 1 })),
    ],
    ['a row that is missing', ({ changes }) => changeRow(changes, () => undefined)],
    [
      'a value that was returned',
      ({ rows }) =>
        rows !== undefined &&
        rows.length > 0 &&
        Boolean(Object.assign(rows[0]!, { value: rows[0]!.value! + 1 })),
    ],
    [
      'a row that was returned twice',
      ({ rows }) => rows !== undefined && rows.length > 0 && rows.push(rows[0]!) > 0,
    ],
    [
      'when it ended',
      (line, random) =>
        Boolean(Object.assign(line, { finishedAt: line.finishedAt + (random() < 0.5 ? 1 : -1) })),
    ],
    [
      'a refusal',
      (line) => line.refusal !== undefined && Boolean(Object.assign(line.refusal, { sqlstate: '00000' })),
    ],
    [
      'a refusal in place of rows',
      (line) =>
        line.rows?.length === 0 &&
        Boolean(Object.assign(line, { rows: undefined, refusal: { sqlstate: 'P0001' } })),
    ],
    ['a table that is gone', (line) => Boolean(Object.assign(line.changes, { 'toy.counters': null }))],
    [
      "a table that is not the engine's",
      (line) => Boolean(Object.assign(line.changes, { 'toy.more': { key: [], rows: [] } })),
    ],
  ])('%s', async (_, what) => {
    const { planted, found } = await plant(what, 20);
    expect(found).toBe(planted);
  });
});

interface Line {
  finishedAt: number;
  rows?: Record<string, number>[];
  refusal?: { sqlstate: string };
  changes: Record<string, { set?: Record<string, number>[] }>;
}

/** The first row that was set. */
function changeRow(
  changes: Line['changes'],
  change: (row: Record<string, number>) => object | undefined,
): boolean {
  const set = changes['toy.counters']?.set;
  if (!set?.[0] || !('value' in set[0]) || !('changed_at' in set[0])) return false;
  const changed = change(set[0]);
  if (changed) set[0] = changed as Record<string, number>;
  else set.shift();
  return true;
}

function randomOf(seed: number): () => number {
  let state = seed * 2654435761;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9) >>> 0;
    return state / 2 ** 32;
  };
}

describe('what a recording does not hold', () => {
  test('is told, and not compared', async () => {
    const lines = await linesOf(await recorded());
    const heading = JSON.parse(lines[0]!);
    heading.observed = { results: ['list'], instants: false, tables: {}, otherTables: false };
    const bare = lines.slice(1, -1).map((text) => {
      const line = JSON.parse(text);
      if (!('changes' in line)) return text;
      if (line.command.type !== 'list') delete line.rows;
      return JSON.stringify({ ...line, finishedAt: undefined, refusal: undefined, changes: {} });
    });
    const file = await withLines([JSON.stringify(heading), ...bare, lines.at(-1)!]);
    const report = await verified(file);
    expect(report.verdict).toBe('agreed');
    expect(report.remarks).toContain(
      'not compared, as the recording does not hold it: the results of commands other than list, when a command ended, toy.counters, tables that are made later',
    );
    const at = bare.findIndex((text) => (JSON.parse(text).rows?.length ?? 0) > 0);
    const line = JSON.parse(bare[at]!);
    line.rows[0].value += 1;
    const changed = await withLines([
      JSON.stringify(heading),
      ...bare.with(at, JSON.stringify(line)),
      lines.at(-1)!,
    ]);
    expect((await verified(changed)).verdict).toBe('diverged');
  });

  test('may be a table that is there from the beginning, where those that are made later are told', async () => {
    const lines = await linesOf(await recorded());
    const heading = JSON.parse(lines[0]!);
    heading.observed.tables = {};
    const bare = lines.slice(1).map((text) => {
      const line = JSON.parse(text);
      return JSON.stringify('changes' in line ? { ...line, changes: {} } : line);
    });
    const report = await verified(await withLines([JSON.stringify(heading), ...bare]));
    expect(report.verdict).toBe('agreed');
    expect(report.remarks).toContain('not compared, as the recording does not hold it: toy.counters');
    const told = await withLines([JSON.stringify(heading), ...lines.slice(1)]);
    await expect(verified(told)).rejects.toThrow(
      /line \d+: it has changes of "toy.counters", and the heading does not say that it is told/,
    );
  });

  test('is not all', async () => {
    const lines = await linesOf(await recorded());
    const heading = JSON.parse(lines[0]!);
    heading.observed = { results: false, instants: false, tables: {}, otherTables: false };
    const file = await withLines([JSON.stringify(heading), ...lines.slice(1)]);
    const why = `${file}: it holds nothing that could be compared: record more of the real side`;
    await expect(verified(file)).rejects.toThrow(why);
    await expect(replayRecording({ recording: file, sample: 0, services })).rejects.toThrow(why);
  });

  test('is told where it was left out when it was recorded', async () => {
    const lines = await linesOf(await recorded());
    const heading = JSON.parse(lines[0]!);
    heading.observed.leftOut = ['table toy.mine', 'column toy.counters.note'];
    const { remarks } = await verified(await withLines([JSON.stringify(heading), ...lines.slice(1)]));
    expect(remarks).toContain(
      'the recorded SQL had more, which is not compared: table toy.mine, column toy.counters.note',
    );
  });

  test('is not asked which order was chosen: the comparison of a trace ends there', async () => {
    const lines = await linesOf(await recorded());
    const asks: typeof toyRelease = {
      ...toyRelease,
      order: (_, tables) => (members) => (tables.get('toy.counters') ? members : members.toReversed()),
      machine: {
        ...toyRelease.machine,
        transition(state, command, circumstances) {
          if (command.type === 'wait') circumstances.order?.(['a', 'b']);
          return toyRelease.machine.transition(state, command, circumstances);
        },
      },
    };
    const with_ = { services: { ...services, engines: [{ ...toyEngine, releases: [asks] }] } };
    const whole = await verified(await withLines(lines), with_);
    expect(whole.remarks.join('\n')).not.toContain('not compared');
    const heading = JSON.parse(lines[0]!);
    heading.observed = { ...heading.observed, tables: {}, otherTables: false };
    const bare = lines.slice(1).map((text) => {
      const line = JSON.parse(text);
      return JSON.stringify('changes' in line ? { ...line, changes: {} } : line);
    });
    const file = await withLines([JSON.stringify(heading), ...bare]);
    const report = await verified(file, with_);
    expect(report.verdict).toBe('agreed');
    expect(report.commands).toBeLessThan(whole.commands);
    expect(report.remarks.join('\n')).toMatch(
      /not compared, as the SQL chose an order there .*: trace \d+ from commands\[\d+\] \(wait\) on, .* and \d+ more traces/,
    );
    // Where nobody asks, all is compared.
    expect((await verified(file)).commands).toBe(whole.commands);
    const sample = Number(/trace (\d+) from/.exec(report.remarks.join('\n'))![1]);
    const replayed = await replayRecording({ recording: file, sample, ...with_ });
    expect(replayed.remarks.join('\n')).toContain(
      `trace ${sample} from commands[${replayed.commands}] (wait) on`,
    );
  });
});

describe('a file', () => {
  test('is the same for the same seed and date', async () => {
    vi.stubEnv('SOURCE_DATE_EPOCH', '1700000000');
    const [one, two] = [await recorded(), await recorded()];
    expect(await readFile(one)).toEqual(await readFile(two));
    expect(JSON.parse((await linesOf(one))[0]!).recordedAt).toBe('2023-11-14T22:13:20.000Z');
    expect(await readFile(one)).not.toEqual(await readFile(await recorded({ seed: 4 })));
    vi.stubEnv('SOURCE_DATE_EPOCH', 'today');
    await expect(recorded()).rejects.toThrow('SOURCE_DATE_EPOCH is "today": expected seconds since 1970');
  });

  test.each([1, 5, 13])('is the same where it was interrupted after %i traces', async (after) => {
    vi.stubEnv('SOURCE_DATE_EPOCH', '1700000000');
    const whole = await readFile(await recorded());
    const out = newFile();
    const controller = new AbortController();
    let batches = 0;
    const interrupting = servicesWith({
      before: () => {
        if (++batches > after * 15) controller.abort();
      },
    });
    const report = await record({
      samples: 20,
      seed: 3,
      services: interrupting,
      out,
      signal: controller.signal,
    });
    expect(report.interrupted).toBe(true);
    expect(await readdir(folder)).not.toContain(out);
    const part = `${out}.part`;
    // As if it had been killed while it wrote.
    await writeFile(part, `${await readFile(part, 'utf8')}{"trace":99,"started`);
    // It is the date of its beginning that counts.
    vi.stubEnv('SOURCE_DATE_EPOCH', '1800000000');
    const second = await record({ samples: 20, seed: 3, services, out });
    expect(second.resumed).toBe(report.traces);
    expect(await readFile(out)).toEqual(whole);
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('goes on with the same recording only', async () => {
    const out = newFile();
    await writeFile(`${out}.part`, `${(await linesOf(await recorded()))[0]}\n`);
    await expect(record({ samples: 20, seed: 4, services, out })).rejects.toThrow(
      `${out}.part: it is a part of another recording (drawn {"seed":3,"maxCommands":60}, now {"seed":4,"maxCommands":60}): remove it`,
    );
    await rm(`${out}.part`);
  });

  test('goes on behind what was written whole, whatever follows', async () => {
    vi.stubEnv('SOURCE_DATE_EPOCH', '1700000000');
    const file = await recorded();
    const whole = await readFile(file);
    const text = gunzipSync(whole);
    const second = text.indexOf('{"trace":1,');
    const out = newFile();
    for (const end of [10, text.indexOf('\n') + 1, second, second + 200, text.length - 3, text.length]) {
      await writeFile(`${out}.part`, text.subarray(0, end));
      await record({ samples: 20, seed: 3, services, out });
      expect(await readFile(out)).toEqual(whole);
    }
    // In the middle of a character.
    await writeFile(
      `${out}.part`,
      Buffer.concat([text.subarray(0, second), Buffer.from('{"a":"é').subarray(0, -1)]),
    );
    expect(await record({ samples: 20, seed: 3, services, out })).toMatchObject({ resumed: 1 });
    expect(await readFile(out)).toEqual(whole);
    // More than is asked for now is left out.
    await writeFile(`${out}.part`, text);
    expect(await record({ samples: 5, seed: 3, services, out })).toMatchObject({ resumed: 5, traces: 5 });
    expect(await readFile(out)).toEqual(await readFile(await recorded({ samples: 5 })));
  });

  test('does not go on with other traces, or with what is none', async () => {
    const traces = await mkdtemp(join(folder, 'changing-'));
    const entry = (name: string) => ({ at: 5, command: { type: 'create', name } });
    const trace = { ...ofToy, commands: [entry('a')] };
    await writeFile(join(traces, 'a.json'), printTrace(trace));
    const lines = await linesOf(await recorded({ samples: undefined, traces: [traces] }));
    const out = newFile();
    const part = `${out}.part`;
    const again = () => record({ traces: [traces], services, out });
    await writeFile(part, `${lines.slice(0, 3).join('\n')}\n`);
    await writeFile(join(traces, 'a.json'), printTrace({ ...trace, commands: [entry('b')] }));
    await expect(again()).rejects.toThrow(
      `${part}: its trace 0 (a.json) is not the one that is recorded now: remove it`,
    );
    await writeFile(part, 'Dear diary,\n');
    await expect(again()).rejects.toThrow(`${part}: it is no part of a recording: remove it`);
    expect(await readFile(part, 'utf8')).toBe('Dear diary,\n');
    await rm(part);
  });

  test('is whole or not there, whoever begins while it is being ended', async () => {
    const lines = await linesOf(await recorded());
    const trace = { ...ofToy, commands: [] };
    for (let i = 0; i < 20; i++) {
      const out = newFile();
      const [one, other] = [new RecordingFile(out), new RecordingFile(out)];
      const traceAt = (index: number) => (index === 0 ? { trace } : undefined);
      await one.begin(JSON.parse(lines[0]!), traceAt);
      await one.add(`{"trace":0,"startedAt":"${trace.startedAt}","commands":0}\n`);
      const ending = one.end('{"end":{"traces":1,"commands":0}}\n');
      const [ended] = await Promise.allSettled([ending, other.begin(JSON.parse(lines[0]!), traceAt)]);
      if (ended.status === 'fulfilled') expect((await linesOf(out)).length).toBe(3);
      else expect(String(ended.reason)).toContain('is being written by another process as well');
    }
  });

  test('does not go on behind an answer that is none', async () => {
    const lines = await linesOf(await recorded());
    const out = newFile();
    await writeFile(
      `${out}.part`,
      `${lines.with(2, lines[2]!.replace('"changes":', '"change":')).join('\n')}\n`,
    );
    await expect(record({ samples: 20, seed: 3, services, out })).rejects.toThrow(
      `${out}.part: line 3: changes: `,
    );
    await rm(`${out}.part`);
  });

  test('is not written by two at once', async () => {
    const out = newFile();
    const both = await Promise.allSettled([1, 2].map(() => record({ samples: 60, seed: 3, services, out })));
    const failed = both.filter((each) => each.status === 'rejected');
    for (const { reason } of failed)
      expect(String(reason)).toMatch(/is being written by another process as well|no such file/);
    expect(failed.length).toBeGreaterThan(0);
    await rm(`${out}.part`, { force: true });
    await record({ samples: 60, seed: 3, services, out });
    expect((await verified(out)).verdict).toBe('agreed');
  });

  test('of kept traces has their names', async () => {
    const traces = await mkdtemp(join(folder, 'traces-'));
    const trace = { ...ofToy, commands: [{ at: 5, command: { type: 'create', name: 'a' } }] };
    await writeFile(join(traces, 'b.json'), printTrace(trace));
    await writeFile(join(traces, 'a.json'), printTrace({ ...trace, commands: [] }));
    const file = await recorded({ samples: undefined, traces: [traces] });
    const [heading, first, second] = (await linesOf(file)).map((line) => JSON.parse(line));
    expect(heading.drawn).toBeNull();
    expect(first).toMatchObject({ trace: 0, name: 'a.json', commands: 0 });
    expect(second).toMatchObject({ trace: 1, name: 'b.json', commands: 1 });
    expect(await verified(file)).toMatchObject({ verdict: 'agreed', samples: 2, commands: 1 });
    await expect(replayRecording({ recording: file, services })).rejects.toThrow('name one with --sample');
    expect(reportSchemas.verify.parse(JSON.parse(printJson(verifyJson(await verified(file)))))).toMatchObject(
      {
        seed: null,
        recording: file,
      },
    );
    await writeFile(join(traces, 'c.json'), printTrace({ ...trace, release: '0.9.9' }));
    const out = newFile();
    const headings: string[] = [];
    const onReady = ({ remarks }: { readonly remarks: readonly string[] }) => headings.push(...remarks);
    await record({ traces: [traces], services, out, onReady });
    expect(headings).toContain('left out, as they are of toy 0.9.9: c.json');
    await rm(join(traces, 'a.json'));
    const one = await replayRecording({
      recording: await recorded({ samples: undefined, traces: [traces] }),
      services,
    });
    expect(one).toMatchObject({ verdict: 'agreed', commands: 1 });
    await rm(join(traces, 'b.json'));
    await expect(recorded({ samples: undefined, traces: [traces] })).rejects.toThrow('no trace of toy 2.0.0');
  });
});

describe('a file that is no whole recording is refused:', () => {
  test.each<[string, (lines: string[]) => string[], string | RegExp]>([
    ['none', () => ['{}'], 'not a recording'],
    ['no JSON', () => ['hello'], 'not a recording'],
    ['no lines', () => [''], /not a recording|it is empty/],
    [
      'a later format',
      (lines) => [lines[0]!.replace('"recording":1', '"recording":2')],
      'its format is 2, and this pgtwin reads up to 1: install a later pgtwin',
    ],
    [
      'another engine',
      ([first, ...rest]) => [first!.replace('"toy"', '"boy"'), ...rest],
      'unknown engine "boy"; known: toy',
    ],
    [
      'another release',
      ([first, ...rest]) => [first!.replace('2.0.0', '3.0.0'), ...rest],
      'unknown release "3.0.0" of toy; modelled: ',
    ],
    [
      'a heading without its versions',
      ([first, ...rest]) => [first!.replace('"versions"', '"version"'), ...rest],
      'line 1: versions: ',
    ],
    ['the end is missing', (lines) => lines.slice(0, -1), 'its end is missing: it is cut off'],
    ['a trace is missing', (lines) => withoutTrace(lines, 2), 'trace 3 in place of 2'],
    [
      'the last trace is missing',
      (lines) => withoutTrace(lines, 19),
      /it has 19 traces with \d+ commands, and should have 20 with \d+/,
    ],
    ['a command is missing', (lines) => lines.toSpliced(2, 1), /line \d+: at: /],
    ['more behind the end', (lines) => [...lines, lines[1]!], 'it goes on behind its end'],
    [
      'a command that is none',
      (lines) => lines.with(2, lines[2]!.replace('"type":"', '"type":"x')),
      'trace 0: commands[0].command',
    ],
    [
      'time that runs backwards',
      (lines) => lines.with(2, lines[2]!.replace(/"at":\d+/, '"at":99999999')),
      'time runs backwards',
    ],
    [
      'changes that are none',
      (lines) => lines.with(2, lines[2]!.replace(/"changes":\{.*/, '"changes":{"a":1}}')),
      'line 3: changes.a',
    ],
    [
      'a mark with something else than a number',
      (lines) => withRows(lines, (line) => line.replace('"rows":[]', '"rows":[{"value":{"$number":""}}]')),
      /line \d+: rows: "" is no number that has a mark/,
    ],
    [
      'a mark of another NULL',
      (lines) => withRows(lines, (line) => line.replace('"rows":[]', '"rows":[{"value":{"$sql":"x"}}]')),
      /line \d+: rows: \{"\$sql": "x"\} is not known/,
    ],
    [
      'a mark of what is no JSON',
      (lines) => withRows(lines, (line) => line.replace('"rows":[]', '"rows":[{"value":{"$json":"{"}}]')),
      /line \d+: rows: /,
    ],
    [
      'a value that is nested too deep',
      (lines) =>
        withRows(lines, (line) => {
          const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
          return line.replace('"rows":[]', `"rows":[{"value":${deep}}]`);
        }),
      /line \d+: nested more than 1000 deep/,
    ],
    [
      'an end that is missing behind a difference',
      (lines) => withRows(lines.slice(0, -1), (line) => line.replace('"rows":[]', '"rows":[{"value":1}]')),
      'its end is missing: it is cut off',
    ],
    ['no trace', (lines) => [lines[0]!, '{"end":{"traces":0,"commands":0}}'], 'it has no trace'],
    [
      'rows beside a refusal',
      (lines) => withRows(lines, (line) => line.replace('"rows":', '"refusal":{"sqlstate":"P0001"},"rows":')),
      /line \d+: it has both rows and a refusal/,
    ],
    [
      'no rows',
      (lines) => withRows(lines, (line) => line.replace('"rows":[],', '')),
      /line \d+: it has neither rows nor a refusal, and the heading says that results are told/,
    ],
    [
      'no instant',
      (lines) => lines.with(2, lines[2]!.replace(/"finishedAt":\d+,/, '')),
      'line 3: it has no finishedAt, and the heading says that instants are told',
    ],
    [
      'a row that is gone and was not there',
      (lines) =>
        lines.with(2, lines[2]!.replace(/"changes":\{.*/, '"changes":{"toy.counters":{"gone":[["z"]]}}}')),
      'line 3: changes: toy.counters has no row ["z"] that could be gone',
    ],
    ['a line that is not JSON', (lines) => lines.with(2, `${lines[2]}x`), 'line 3: it is not JSON'],
  ])('%s', async (_, change, why) => {
    const file = await withLines(change(await linesOf(await recorded())));
    await expect(verified(file)).rejects.toThrow(why);
    await expect(verified(file)).rejects.toThrow(`${file}: `.replace(/: $/, ''));
  });

  test('not compressed, damaged, cut off, not there', async () => {
    const bytes = await readFile(await recorded());
    const file = newFile();
    const refused = async (content: Uint8Array | string, why: string) => {
      await writeFile(file, content);
      await expect(verified(file)).rejects.toThrow(`${file}: ${why}`);
    };
    await refused('{"recording":1}', 'is damaged, or was not compressed with gzip');
    await refused(bytes.subarray(0, bytes.length / 2), 'is cut off');
    const damaged = Buffer.from(bytes);
    damaged[damaged.length >> 1]! ^= 0xff;
    await writeFile(file, damaged);
    await expect(verified(file)).rejects.toThrow(file);
    await expect(verified(`${file}.not`)).rejects.toThrow('there is no such file');
    await expect(verified(folder)).rejects.toThrow('is not a regular file');
    await expect(verified(file, { release: '1.0.0' })).rejects.toThrow();
  });
});

/** The first command that returned no rows, changed. */
const withRows = (lines: readonly string[], change: (line: string) => string) => {
  const at = lines.findIndex((line) => line.includes('"rows":[],'));
  return lines.with(at, change(lines[at]!));
};

const withoutTrace = (lines: readonly string[], trace: number) => {
  const begins = lines.findIndex((line) => line.startsWith(`{"trace":${trace},`));
  return lines.toSpliced(begins, 1 + JSON.parse(lines[begins]!).commands);
};

describe('a value', () => {
  test('of any kind is written as JSON and read again', () => {
    const exact = new ExactNumber('12345678901234567890.5');
    for (const value of [undefined, null, 0, 1.5, true, 'a', 12345678901234567890n, Number.NaN, Infinity]) {
      expect(decodeValue(JSON.parse(JSON.stringify(encodeValue(value))))).toEqual(value);
    }
    const special = [
      { $json: 'x' },
      { $sql: 'null' },
      { $number: '1' },
      { a: [exact, { b: exact }] },
      exact,
      [1e21],
      { $json: 1 },
    ];
    for (const value of special) {
      expect(decodeValue(JSON.parse(JSON.stringify(encodeValue(value))))).toEqual(value);
    }
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const zero = JSON.parse(JSON.stringify(value));
        expect(decodeValue(JSON.parse(JSON.stringify(encodeValue(zero))))).toEqual(zero);
      }),
    );
  });
});

test('rows of which two have the same key are followed by all rows only', () => {
  const tables = new ChangingTables({ 's.t': ['a'] });
  tables.apply({ 's.t': { rows: [{ a: 1 }, { a: 1 }] } });
  expect(() => tables.apply({ 's.t': { set: [{ a: 2 }] } })).toThrow(
    's.t has rows with the same key, so only all of its rows can follow',
  );
  expect(tables.apply({ 's.t': { rows: [{ a: 2 }] } }).get('s.t')).toEqual([{ a: 2 }]);
  expect(tables.apply({ 's.t': { set: [{ a: 1 }] } }).get('s.t')).toEqual([{ a: 1 }, { a: 2 }]);
});

test('rows are told apart by their whole key', () => {
  const tables = new ChangingTables({ 's.t': ['a', 'b'] });
  const rows = [
    { a: 'x\nstring y', b: 'z' },
    { a: 'x', b: 'y\nstring z' },
    { a: { k: 1 }, b: 1 },
    { a: { k: 2 }, b: 1 },
  ];
  expect(tables.apply({ 's.t': { set: rows } }).get('s.t')).toHaveLength(4);
});

test('tables are what the changes between them make of those before', () => {
  const row = fc.record({ a: fc.nat(4), b: fc.constantFrom(undefined, null, 1, 'x') });
  const tables = fc.dictionary(fc.constantFrom('s.t', 's.u'), fc.array(row, { maxLength: 6 }));
  const keyOf = (table: string) => (table === 's.t' ? ['a'] : []);
  const sorted = (all: Record<string, object[]>) =>
    Object.fromEntries(
      Object.entries(all).map(([name, rows]) => [
        name,
        rows.map((each) => JSON.stringify(Object.entries(each))).sort(),
      ]),
    );
  fc.assert(
    fc.property(fc.array(tables, { maxLength: 6 }), (states) => {
      const changing = new ChangingTables({ 's.t': ['a'] });
      let before = new Map<string, readonly object[]>([['s.t', []]]) as Parameters<typeof changesBetween>[0];
      for (const state of states) {
        const after = new Map(Object.entries(state)) as typeof before;
        const changes = JSON.parse(JSON.stringify(changesBetween(before, after, keyOf)));
        expect(sorted(Object.fromEntries(changing.apply(changes)) as never)).toEqual(sorted(state));
        before = after;
      }
    }),
  );
});
