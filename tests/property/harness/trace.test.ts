import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findEngine, releaseOf } from '../../../src/harness/contract/engine.ts';
import { writeTraceFile } from '../../../src/harness/evidence/files.ts';
import { parseTrace, printTrace, TraceError, traceJsonSchema } from '../../../src/harness/trace/format.ts';
import { readTraceFile } from '../../../src/harness/trace/read-file.ts';
import { SetupError } from '../../../src/sql/setup-error.ts';
import { toyEngine, toyRelease } from './toy-engine.ts';

const format = (engine: string, release: string) => releaseOf(findEngine(engine, [toyEngine]), release);
const trace = {
  engine: 'toy',
  release: '2.0.0',
  startedAt: '2030-01-01T00:00:00.000Z',
  commands: [
    { at: 0, command: { type: 'create', name: 'a' } },
    { at: 1200, command: { type: 'add', name: 'a', amount: 2 } },
  ],
} as const;
const [create, add] = trace.commands;

function refusal(json: unknown): string {
  try {
    parseTrace(json, format, 'trace.json');
  } catch (error) {
    expect(error).toBeInstanceOf(TraceError);
    expect(error).toBeInstanceOf(SetupError);
    return (error as Error).message;
  }
  throw new Error('the trace was taken');
}

describe('a trace', () => {
  it('that is right is read as it is', () => {
    expect(parseTrace(structuredClone(trace), format)).toEqual(trace);
    expect(parseTrace(JSON.parse(printTrace(trace)), format)).toEqual(trace);
    const empty = { ...trace, commands: [] };
    expect(parseTrace(JSON.parse(printTrace(empty)), format)).toEqual(empty);
  });

  it.each<[string, unknown, string]>([
    ['no object', [], 'expected object, received array'],
    ['an unknown key', { ...trace, seed: 1 }, 'unknown key "seed"'],
    [
      'an unknown key named __proto__',
      JSON.parse(`{"__proto__": 1, ${JSON.stringify(trace).slice(1)}`),
      'unknown key "__proto__"',
    ],
    [
      'an unknown key of an entry',
      { ...trace, commands: [{ ...create, t: 1 }] },
      'commands[0]: unknown key "t"',
    ],
    [
      'a time that is no whole number',
      { ...trace, commands: [create, { ...add, at: 0.5 }] },
      'commands[1].at: ',
    ],
    ['a negative time', { ...trace, commands: [{ ...create, at: -1 }] }, 'commands[0].at: '],
    [
      'a time that is text',
      { ...trace, commands: [{ ...create, at: '0' }] },
      'commands[0].at: expected number',
    ],
    [
      'a time that runs backwards',
      { ...trace, commands: [create, add, { ...create, at: 500 }] },
      'commands[2].at: time runs backwards (500 after 1200)',
    ],
    [
      'a time beyond the clock',
      { ...trace, commands: [{ ...create, at: 9e15 }] },
      'commands[0].at: too late',
    ],
    ['a start that is no instant', { ...trace, startedAt: 'yesterday' }, 'startedAt: '],
    ['a start of another zone', { ...trace, startedAt: '2030-01-01T00:00:00+01:00' }, 'startedAt: '],
    ['a start finer than milliseconds', { ...trace, startedAt: '2030-01-01T00:00:00.0001Z' }, 'startedAt: '],
    ['a day that does not exist', { ...trace, startedAt: '2030-02-30T00:00:00Z' }, 'startedAt: '],
    ['no command', { ...trace, commands: [{ at: 0 }] }, 'commands[0].command: is missing'],
    [
      'an unknown command',
      { ...trace, commands: [{ at: 0, command: { type: 'drop' } }] },
      'commands[0].command.type: ',
    ],
    [
      'an unknown key of a command',
      { ...trace, commands: [create, { at: 0, command: { type: 'list', all: true } }] },
      'commands[1].command: unknown key "all"',
    ],
    [
      'a wrong type in a command',
      { ...trace, commands: [{ at: 0, command: { type: 'add', name: 'a', amount: '1' } }] },
      'commands[0].command.amount: expected number, received string',
    ],
    ['an unknown engine', { ...trace, engine: 'car' }, 'unknown engine "car"; known: toy'],
    [
      'many unknown keys',
      { ...trace, ...Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`key${i}`, i])) },
      'unknown key "key0", "key1", "key2", "key3", "key4" and 495 more',
    ],
    [
      'a very long engine',
      { ...trace, engine: 'c'.repeat(5000) },
      `unknown engine "${'c'.repeat(60)}… (5000 characters)"; known: toy`,
    ],
    [
      'an unknown type',
      { ...trace, commands: [{ at: 0, command: { type: 'ad' } }] },
      'commands[0].command.type: unknown type "ad"; known: create, add, wait, list',
    ],
    [
      'no type',
      { ...trace, commands: [{ at: 0, command: {} }] },
      'commands[0].command.type: is missing; known: create, add, wait, list',
    ],
    ['an unknown release', { ...trace, release: '1' }, 'unknown release "1" of toy; modelled: 2.0.0'],
  ])('with %s is refused with the path to it', (_, json, message) => {
    const line = refusal(json);
    expect(line).toContain(`trace.json: ${message}`);
    expect(line).not.toContain('\n');
  });

  it('has a published schema', () => {
    const schema = JSON.parse(JSON.stringify(traceJsonSchema(toyRelease)));
    expect(schema.required).toEqual(['engine', 'release', 'startedAt', 'commands']);
    expect(schema.properties.commands.items.properties.command.oneOf).toHaveLength(4);
    expect(schema.properties.commands.items.properties.command.$schema).toBe(undefined);
    expect(schema.properties.commands.items.required).toContain('command');
  });
});

describe('a trace file', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pgtwin-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is written whole, one entry a line, and read back', async () => {
    const file = join(folder, 'new', 'trace.json');
    await writeTraceFile(file, trace);
    expect(await readTraceFile(file, format)).toEqual(trace);
    expect(await readdir(join(folder, 'new'))).toEqual(['trace.json']);
    expect((await readFile(file, 'utf8')).split('\n')).toContain(`    ${JSON.stringify(create)},`);
  });

  it('that cannot be written leaves nothing behind', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(writeTraceFile(join(folder, 'file', 'trace.json'), trace)).rejects.toThrow(SetupError);
    await expect(writeTraceFile(folder, trace)).rejects.toThrow(/is a directory/);
    expect(
      (await readdir(tmpdir())).filter((name) => name.endsWith('.tmp') && name.startsWith('.pgtwin-')),
    ).toEqual([]);
  });

  it('that is not there or is no JSON is refused by name', async () => {
    const missing = join(folder, 'missing.json');
    await expect(readTraceFile(missing, format)).rejects.toThrow(`${missing}: there is no such file`);
    const broken = join(folder, 'broken.json');
    await writeFile(broken, '{\n "engine"');
    await expect(readTraceFile(broken, format)).rejects.toThrow(/broken\.json: not JSON: [^\n]*$/);
    await expect(readTraceFile(folder, format)).rejects.toThrow(/cannot be read \(EISDIR\)/);
  });

  it.each([
    ['9007199254740993', '9007199254740992'],
    ['0.1000000000000000000001', '0.1'],
    ['1e400', 'Infinity'],
    ['-1e-400', '0'],
  ])(
    'with a number that JavaScript would change is refused with the path to it: %s',
    async (digits, read) => {
      const file = join(folder, 'digits.json');
      const text = printTrace({
        ...trace,
        commands: [create, { at: 1, command: { ...add, input: { id: [7] } } }],
      });
      await writeFile(file, text.replace('[7]', `[1,${digits}]`));
      await expect(readTraceFile(file, format)).rejects.toThrow(
        `${file}: commands[1].command.input.id[1]: a JavaScript number cannot hold ${digits}, it would become ${read}: use fewer digits, or a string where the value may be any JSON`,
      );
    },
  );
});
