/** Words of the command line, with no database behind it. */

import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { run } from '../../../src/harness/cli/main.ts';
import { defaultServices } from '../../../src/harness/services.ts';
import { SetupError } from '../../../src/sql/setup-error.ts';
import type { Target } from '../fuzz.ts';
import { checkLine } from '../outcome.ts';

const services = {
  ...defaultServices,
  openDriver: async () => {
    throw new SetupError('there is no database');
  },
};

const commands = ['verify', 'replay', 'diff', 'deviations', 'mutants', 'help', 'explore', ''];
const options = [
  ...[
    '--engine',
    '--release',
    '--migrations',
    '--schema',
    '--intended',
    '--samples',
    '--for',
    '--sample',
    '--seed',
  ],
  ...['--max-commands', '--workers', '--as', '--format', '--from', '--to', '--trace', '--allowed', '--merge'],
  ...[
    '--fail-under',
    '--shard',
    '--function',
    '--operator',
    '--mutant',
    '--help',
    '--version',
    '--list',
    '--',
    '-x',
  ],
];
const values = [
  ...[
    'pgflow',
    'pgmq',
    'event-store',
    'all',
    '0.8.1',
    '0.1.20',
    'text',
    'uuid',
    '1',
    '0',
    '-1',
    '1.5',
    '1e9',
    '60s',
  ],
  ...[
    '5m',
    'NaN',
    '',
    ' ',
    '-',
    '/dev/null',
    '/nonexistent',
    '.',
    'stalled-tasks-are-never-retried',
    'pgtap',
    'sql',
  ],
  ...[
    'ts',
    'mermaid',
    '1/8',
    '9/8',
    '101',
    '__proto__',
    'constructor',
    '\u001b[31m',
    '::error ::x',
    '99999999999999999999',
  ],
];
const word = fc.oneof(fc.constantFrom(...options), fc.constantFrom(...values), fc.string({ maxLength: 8 }));

const documented = new Set([0, 1, 2, 130]);
let folder: Promise<string> | undefined;

export const commandLine: Target = {
  name: 'command lines',
  arbitrary: () =>
    fc
      .tuple(fc.constantFrom(...commands), fc.array(word, { maxLength: 6 }))
      .map(([command, words]) => [command, ...words]),
  async run(words: string[]) {
    folder ??= mkdtemp(join(tmpdir(), 'pgtwin-fuzz-out-'));
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const { signal } = new AbortController();
    const takesOut = ['verify', 'diff'].includes(words[0]!) && !words.includes('--');
    const line = takesOut ? [...words, '--out', await folder] : words;
    const status = await run(line, { stdout, stderr, env: {}, signal, services });
    if (!documented.has(status)) throw new Error(`status ${status}`);
    const err = String(stderr.read() ?? '');
    if (status === 2) {
      const lines = err.trimEnd().split('\n');
      const last = lines.at(-1)!;
      if (!last.startsWith('pgtwin: ')) throw new Error(`status 2 ends with ${JSON.stringify(last)}`);
      checkLine(last);
    }
    return `status ${status}`;
  },
};
