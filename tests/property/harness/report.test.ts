import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import type { VerifyReport } from '../../../src/harness/commands/verify.ts';
import { absent } from '../../../src/harness/lockstep/comparison.ts';
import { reportDivergence } from '../../../src/harness/lockstep/reported.ts';
import { printJson, verifyJson } from '../../../src/harness/report/json.ts';
import { escapeXml, verifyJunit } from '../../../src/harness/report/junit.ts';
import { progressText } from '../../../src/harness/report/progress.ts';
import { headingText, verifyText } from '../../../src/harness/report/text.ts';
import { replayLine } from '../../../src/harness/trace/replay-line.ts';
import { toyMachine } from './toy-engine.ts';

const plain = pc.createColors(false);
const describeCommand = (command: { type: string }) => toyMachine.describe(command as never);
const startedAt = '2030-01-01T00:00:00.000Z';
const trace = {
  engine: 'toy',
  release: '2.0.0',
  startedAt,
  commands: [
    { at: 0, command: { type: 'create', name: 'a' } },
    { at: 12500, command: { type: 'list' } },
  ],
};
const found = {
  ...reportDivergence(trace, {
    position: 1,
    differences: [
      { where: 'counters[0].value', table: 'toy.counters', row: 'name=a', model: 1, sql: 2n ** 60n },
      {
        where: 'counters[0].at',
        table: 'toy.counters',
        row: 'name=a',
        model: Date.parse(startedAt),
        sql: null,
      },
      { where: 'counters[0].note', table: 'toy.counters', row: 'name=a', model: undefined, sql: { a: null } },
      { where: 'counters[1]', table: 'toy.counters', row: 'name=b', model: { note: undefined }, sql: absent },
    ],
  }),
  ...{ file: 'out/t.json', psql: 'out/t.sql', page: 'out/t.html', replay: 'pgtwin replay out/t.json' },
};
const agreed: VerifyReport = {
  pgtwin: '0.1.0',
  engine: 'toy',
  release: '2.0.0',
  versions: { postgres: '18.3', pgmq: '1.11.1', migrations: 1 },
  seed: 1,
  recording: null,
  maxCommands: 60,
  samples: 400,
  commands: 7211,
  seconds: 31.04321,
  samplesPerSecond: 12.8853,
  witnesses: { create: 3, list: 4 },
  unwitnessed: [],
  divergence: null,
  interrupted: false,
  remarks: ['a stand-in for realtime.send is installed'],
  isDefaultBudget: true,
  verdict: 'agreed',
};
const diverged: VerifyReport = {
  ...agreed,
  divergence: { ...found, sample: 17, commandsBefore: 41, isShrunk: true },
  verdict: 'diverged',
};
const unwitnessed: VerifyReport = { ...agreed, unwitnessed: ['wait', 'add'], verdict: 'unwitnessed' };

describe('the text of a campaign', () => {
  it('begins with what was tested', () => {
    expect(headingText(agreed, plain)).toBe(
      'pgtwin 0.1.0: toy 2.0.0, 1 migration · postgres 18.3 · pgmq 1.11.1\n  a stand-in for realtime.send is installed',
    );
  });

  it('that agreed says how much was done', () => {
    expect(verifyText(agreed, plain, describeCommand)).toBe(
      [
        'The SQL agrees with the model: 400 samples, 7,211 commands in 31.0 s (seed 1, 12.9 samples/s).',
        'All 2 branches of the model were reached.',
      ].join('\n'),
    );
  });

  it('names every branch that was never reached', () => {
    expect(verifyText(unwitnessed, plain, describeCommand)).toContain(
      '2 of 4 branches of the model were never reached:\n  wait\n  add',
    );
  });

  it('that diverged shows seed, commands with their time, what differs and how to see it again', () => {
    const text = verifyText(diverged, plain, describeCommand).split('\n');
    expect(text[0]).toBe('The SQL differs from the model (seed 1, sample 17, shrunk from 41 commands to 2).');
    expect(text).toContain('   +0.000 s  select toy.create({"type":"create","name":"a"})');
    expect(text).toContain('  +12.500 s  select toy.list({"type":"list"})');
    expect(text).toContain('  counters[0]: name=a');
    expect(text).toContain('  counters[0].value  model 1  sql 1152921504606846976');
    expect(text).toContain('  counters[0].at  model 1893456000000 (+0.000 s)  sql null');
    expect(text).toContain('  counters[0].note  model SQL NULL  sql {"a":null}');
    expect(text).toContain('  counters[1]  model {"note":"SQL NULL"}  sql (absent)');
    expect(text).toContain('replay  npx pgtwin replay out/t.json');
    expect(text).toContain('psql    out/t.sql');
    expect(text).toContain('page    out/t.html');
  });

  it('has no colour where none is wanted', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what this looks for.
    expect(verifyText(diverged, plain, describeCommand)).not.toMatch(/\u001b/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
    expect(verifyText(diverged, pc.createColors(true), describeCommand)).toMatch(/\u001b\[31m/);
  });
});

describe('the JSON of a campaign', () => {
  it('has the fields that scripts rely on', () => {
    expect(JSON.parse(printJson(verifyJson(agreed)))).toMatchObject({
      pgtwin: '0.1.0',
      engine: 'toy',
      release: '2.0.0',
      versions: { postgres: '18.3', pgmq: '1.11.1', migrations: 1 },
      seed: 1,
      recording: null,
      samples: 400,
      commands: 7211,
      seconds: 31.043,
      samplesPerSecond: 12.885,
      witnesses: { create: 3, list: 4 },
      unwitnessed: [],
      divergence: null,
    });
  });

  it('has the divergence, with every value as JSON', () => {
    const { divergence } = JSON.parse(printJson(verifyJson(diverged)));
    expect(divergence).toMatchObject({
      trace,
      commands: 2,
      where: 'counters[0].value',
      model: 1,
      sql: '1152921504606846976',
      replay: 'pgtwin replay out/t.json',
      file: 'out/t.json',
    });
    expect(divergence.differences[2]).toMatchObject({ model: null, shown: { model: 'SQL NULL' } });
    expect(divergence.differences[3]).toMatchObject({ model: { note: null }, sql: null });
  });
});

describe('the JUnit report of a campaign', () => {
  const cases = (report: VerifyReport) => verifyJunit([[report, 'text with <xml> & \u0000']]);

  it('has a test case for agreeing and one for the branches', () => {
    expect(cases(agreed)).toContain(
      '<testsuites tests="2" failures="0" errors="0" skipped="0" time="31.043">',
    );
    expect(cases(agreed)).toContain('<property name="postgres" value="18.3"/>');
    expect(cases(diverged)).toContain('<failure message="counters[0].value differs">');
    expect(cases(unwitnessed)).toContain('<failure message="never reached: wait, add">');
    expect(cases({ ...unwitnessed, verdict: 'agreed' })).toContain(
      '<skipped message="never reached: wait, add">',
    );
  });

  it('escapes what XML cannot hold', () => {
    expect(cases(diverged)).toContain('text with &lt;xml&gt; &amp; \\u0000</failure>');
    expect(escapeXml('"\u001b[1m \ud800 \u{1f600}\n')).toBe('&quot;\\u001b[1m \\ud800 \u{1f600}\n');
  });
});

it('the progress line says what was done, how fast, and what is left', () => {
  const progress = { phase: 'sampling', samples: 1, commands: 2345, elapsedMs: 10_000, done: 0.1 } as const;
  expect(progressText(progress)).toBe('1 sample · 2,345 commands · 235 commands/s · 1 min 30 s left');
  expect(progressText({ ...progress, phase: 'shrinking' })).toMatch(/shrinking it$/);
});

it('the line that replays a trace can be pasted into a shell', () => {
  expect(replayLine('.pgtwin/a.json', { source: {}, intended: [] })).toBe('pgtwin replay .pgtwin/a.json');
  const subject = { source: { migrations: 'my sql' }, intended: [{ id: 'as-told' }] };
  expect(replayLine("it's.json", subject, '1')).toBe(
    `pgtwin replay 'it'\\''s.json' --release 1 --migrations 'my sql' --intended as-told`,
  );
  expect(replayLine('a.json', { source: { schema: 'mine.sql' }, intended: [] })).toBe(
    'pgtwin replay a.json --schema mine.sql',
  );
});
