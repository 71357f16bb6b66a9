/** Words of the command line, with no database behind it. */
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { run } from '../../../src/harness/cli/main.ts';
import type { Services } from '../../../src/harness/contract/services.ts';
import { defaultServices } from '../../../src/harness/services.ts';
import { SetupError } from '../../../src/sql/setup-error.ts';
import { startPgtwin } from '../../support/process.ts';
import { newFolder } from '../folder.ts';
import { onceIn, type Target } from '../fuzz.ts';
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

/** Runs a command in this process. The name of an outcome is its status; throws where no document knows what came. */
export async function outcomeOfWords(words: readonly string[], withServices: Services): Promise<string> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  // What nobody reads would be waited for.
  stdout.resume();
  const { signal } = new AbortController();
  const status = await run([...words], { stdout, stderr, env: {}, signal, services: withServices });
  return checkEnd(status, String(stderr.read() ?? ''));
}

function checkEnd(status: number | null, err: string): string {
  if (!documented.has(status!)) throw new Error(`status ${status}: ${err}`);
  if (status === 2) {
    const last = err.trimEnd().split('\n').at(-1)!;
    if (!last.startsWith('pgtwin: ')) throw new Error(`status 2 ends with ${JSON.stringify(last)}`);
    checkLine(last);
  }
  return `status ${status}`;
}

let folder: string | undefined;

interface CommandLine {
  readonly words: readonly string[];
  readonly asProcess: boolean;
}

export const commandLine: Target = {
  name: 'command lines',
  arbitrary: () =>
    fc.record({
      words: fc
        .tuple(fc.constantFrom(...commands), fc.array(word, { maxLength: 6 }))
        .map(([command, words]) => [command, ...words]),
      asProcess: onceIn(300),
    }),
  async run({ words, asProcess }: CommandLine) {
    folder ??= newFolder();
    const isOpen = !words.includes('--');
    const takesOut = isOpen && ['verify', 'diff'].includes(words[0]!);
    const line = takesOut ? [...words, '--out', folder] : words;
    if (!asProcess) return outcomeOfWords(line, services);
    // A process has a database: nothing that would work for minutes is begun.
    const begins = ['verify', 'diff', 'mutants'].includes(words[0]!);
    if (begins && !isOpen) return 'not tried';
    const { status, err } = await startPgtwin(begins ? [...line, '--no-such-option'] : line);
    return `${checkEnd(status, err)}, as a process`;
  },
};
