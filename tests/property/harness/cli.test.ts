import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../../src/harness/cli/main.ts';
import type { Drawing } from '../../../src/harness/contract/drawing.ts';
import type { Services } from '../../../src/harness/contract/services.ts';
import { ModelBug } from '../../../src/model/kernel/assert.ts';
import { DriverError, ScriptError } from '../../../src/sql/driver.ts';
import { SetupError } from '../../../src/sql/setup-error.ts';
import { openToyDriver, type ToyDriverOptions, toyEngine, toyMachine, toyRelease } from './toy-engine.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pgtwin-'));
});
afterEach(() => rm(folder, { recursive: true }));

const working: Services = { engines: [toyEngine], openDriver: async () => openToyDriver() };
const services = (options: ToyDriverOptions): Services => ({
  ...working,
  openDriver: async () => openToyDriver(options),
});
const opening = (error: unknown): Services => ({ ...working, openDriver: () => Promise.reject(error) });
const wrong = services({ bug: (sum) => (sum > 20 ? sum + 1 : sum) });

const noDrawing: Drawing = {
  graphs: () => [],
  runs: () => [],
  queues: () => [],
  columnType: () => 'other',
};
const failing = (): never => {
  throw new Error('no pen');
};

interface Circumstances {
  readonly with?: Services;
  readonly env?: Record<string, string>;
  readonly signal?: AbortSignal;
  readonly isTTY?: boolean;
}

async function pgtwin(
  line: string[],
  { with: given = working, env = {}, signal, isTTY = false }: Circumstances = {},
) {
  const stdout = Object.assign(new PassThrough(), { isTTY });
  const stderr = Object.assign(new PassThrough(), { isTTY });
  const status = await run(line, {
    stdout,
    stderr,
    env,
    signal: signal ?? new AbortController().signal,
    services: given,
  });
  const text = (stream: PassThrough) => String(stream.read() ?? '');
  return { status, out: text(stdout), err: text(stderr) };
}

const toyVerify = (...more: string[]) => ['verify', '--engine', 'toy', '--out', join(folder, 'out'), ...more];
const files = () => readdir(folder, { recursive: true });

describe('pgtwin replay', () => {
  const kept = async () => {
    await pgtwin(toyVerify('--seed', '3'), { with: wrong });
    const name = (await files()).find((file) => file.endsWith('.json'))!;
    return join(folder, name);
  };

  it('writes the page to the file that is named, or beside the trace', async () => {
    const trace = await kept();
    await rm(trace.replace('.json', '.html'));
    const page = join(folder, 'new', 'page.html');
    const named = await pgtwin(['replay', trace, '--html', page], { with: wrong });
    expect(named.out).toMatch(/^page {4}\S+page\.html$/m);
    expect(await readFile(page, 'utf8')).toContain('The SQL differs from the model after');

    const beside = await pgtwin(['replay', trace, '--html', '--json', '-']);
    expect(beside.status).toBe(0);
    const { page: written } = JSON.parse(beside.out);
    expect(written).toBe(trace.replace('.json', '.html'));
    expect(await readFile(written, 'utf8')).toContain('The SQL agrees with the model');
  });

  it('writes no page unless it is told to', async () => {
    const trace = await kept();
    const before = await files();
    await pgtwin(['replay', trace]);
    expect(await files()).toEqual(before);
  });

  it('cannot write the page where there is no place for it', async () => {
    const { status, err } = await pgtwin(['replay', await kept(), '--html', folder]);
    expect(err).toBe(`pgtwin: ${folder}: is a directory: name a file\n`);
    expect(status).toBe(2);
  });

  it('draws nothing but the graph on standard output', async () => {
    const trace = await kept();
    const { out, err, status } = await pgtwin(['replay', trace, '--format', 'dot']);
    expect(out).toMatch(/^digraph pgtwin \{\n[\s\S]*\}\n$/);
    expect(err).toContain('The SQL agrees with the model');
    expect(status).toBe(0);
    expect((await pgtwin(['replay', trace, '--format', 'mermaid'])).out).toMatch(/^flowchart LR\n/);
    const both = await pgtwin(['replay', trace, '--format', 'dot', '--json', '-']);
    expect([both.status, both.err]).toEqual([
      2,
      'pgtwin: --format and --json - cannot both use standard output: write the JSON to a file; see pgtwin replay --help\n',
    ]);
    expect((await pgtwin(['replay', trace, '--format', 'png'])).err).toContain(
      'Allowed choices are mermaid, dot',
    );
  });
});

describe('pgtwin verify', () => {
  it('ends with 0 where model and SQL agree', async () => {
    const { status, out, err } = await pgtwin(toyVerify());
    expect(out).toMatch(/^pgtwin \d\S*: toy 2\.0\.0, 1 migration · postgres 0\.0 · toy 1\n/);
    expect(out).toMatch(/The SQL agrees with the model: [\d,]+ samples.*\(seed 1,/);
    expect(status).toBe(0);
    expect(err).toBe('');
    expect(await files()).toEqual([]);
  });

  it('ends with 1 at a divergence, and leaves a trace that replays it', async () => {
    const { status, out } = await pgtwin(toyVerify('--seed', '3', '--workers', '2'), { with: wrong });
    expect(status).toBe(1);
    const line = /^replay {2}npx pgtwin (replay \S+)$/m.exec(out)![1]!;
    const endings = (await files()).map((file) => extname(file)).sort();
    expect(endings).toEqual(['', '.html', '.json', '.sql']);

    const again = await pgtwin(line.split(' '), { with: wrong });
    expect(again.status).toBe(1);
    expect(again.out).toContain('The SQL differs from the model after');
    expect(again.out).toContain('counters[0].value  model 21  sql 22');
    const mended = await pgtwin(line.split(' '));
    expect(mended.out).toContain('The SQL agrees with the model: ');
    expect(mended.status).toBe(0);
  });

  it('tells what it found where the page of it cannot be written', async () => {
    const release = { ...toyRelease, drawing: { ...noDrawing, graphs: () => failing() } };
    const engines = [{ ...toyEngine, releases: [release] }];
    const json = join(folder, 'report.json');
    const { status, out } = await pgtwin(toyVerify('--seed', '3', '--json', json), {
      with: { ...wrong, engines },
    });
    expect(status).toBe(1);
    expect(out).toContain('The SQL differs');
    expect(out).not.toMatch(/^page/m);
    const { remarks, divergence } = JSON.parse(await readFile(json, 'utf8'));
    expect(remarks).toContain('the page could not be saved: no pen');
    expect(divergence).toMatchObject({ page: null, file: expect.stringMatching(/json$/) });
    const endings = (await files()).map((file) => extname(file)).sort();
    expect(endings).toEqual(['', '.json', '.json', '.sql']);
  });

  it('ends with 1 where the default campaign reached too little, with 0 where a small one did', async () => {
    const machine = { ...toyMachine, witnesses: [...toyMachine.witnesses, 'never'] };
    const engines = [{ ...toyEngine, releases: [{ ...toyRelease, machine }] }];
    const { status, out } = await pgtwin(toyVerify(), { with: { ...working, engines } });
    expect(out).toContain('1 of 8 branches of the model were never reached:\n  never');
    expect(status).toBe(1);
    const small = await pgtwin(toyVerify('--samples', '5'), { with: { ...working, engines } });
    expect(small.out).toContain('  never');
    expect(small.status).toBe(0);
  });

  it('writes JSON and JUnit to files', async () => {
    const [json, junit] = [join(folder, 'new', 'a.json'), join(folder, 'a.xml')];
    await pgtwin(toyVerify('--samples', '2', '--json', json, '--junit', junit));
    expect(JSON.parse(await readFile(json, 'utf8'))).toMatchObject({ engine: 'toy', seed: 1, samples: 2 });
    expect(await readFile(junit, 'utf8')).toMatch(/^<\?xml/);
  });

  it('writes nothing but JSON to standard output when told to', async () => {
    const { out, err, status } = await pgtwin(toyVerify('--json', '-'), { with: wrong });
    expect(JSON.parse(out)).toMatchObject({ divergence: { model: 21, sql: 22 } });
    expect(err).toContain('The SQL differs');
    expect(status).toBe(1);
  });

  it('ends with 130 when interrupted, and reports what was done', async () => {
    const controller = new AbortController();
    let batches = 0;
    const before = () => {
      if (++batches === 300) controller.abort();
    };
    const { status, out } = await pgtwin(toyVerify('--json', join(folder, 'a.json')), {
      with: services({ before }),
      signal: controller.signal,
    });
    expect(status).toBe(130);
    expect(out).toMatch(/Interrupted after \d+ samples.*seed 1/);
    expect(JSON.parse(await readFile(join(folder, 'a.json'), 'utf8')).interrupted).toBe(true);
  });

  it('draws a progress line on a terminal, but not where NO_COLOR or CI is set', async () => {
    const { out, err } = await pgtwin(toyVerify(), { isTTY: true });
    expect(err).toMatch(/\d+ samples? · /);
    expect(out).toContain('\u001b[32m');
    for (const env of [{ CI: 'true' }, { NO_COLOR: '1' }]) {
      const dull = await pgtwin(toyVerify('--samples', '3'), { isTTY: true, env });
      expect(dull.err).toBe('');
      expect(dull.out).not.toContain('\u001b');
    }
  });

  it('tells the release from the names of the migrations, or asks for it', async () => {
    await writeFile(join(folder, '2.sql'), '');
    const told = await pgtwin(toyVerify('--samples', '1', '--migrations', folder));
    expect(told.out).toContain(`toy 2.0.0, 1 migration · postgres 0.0 · toy 1\n  read from ${folder}`);
    await mkdir(join(folder, 'other'));
    const untold = await pgtwin(toyVerify('--migrations', join(folder, 'other')));
    expect(untold.status).toBe(2);
    expect(untold.err).toMatch(/name it with --release \(modelled: 2\.0\.0\)\n$/);
  });
});

describe('what is documented', () => {
  it('is checked in place of what happens, and diverges', async () => {
    const { status, out } = await pgtwin(toyVerify('--intended', 'counters-have-no-end'));
    expect(out).toContain('the model follows the documentation, not the SQL');
    expect(out).toContain('The SQL differs from the model');
    expect(status).toBe(1);
    const line = /^replay {2}npx pgtwin (replay \S+ --intended counters-have-no-end)$/m.exec(out)![1]!;
    expect((await pgtwin(line.split(' '))).status).toBe(1);
    expect((await pgtwin(line.split(' ').slice(0, 2))).status).toBe(0);
  });

  it('owes no branch', async () => {
    const machine = { ...toyMachine, witnesses: [...toyMachine.witnesses, 'never'] };
    const release: typeof toyRelease = { ...toyRelease, asDocumented: () => ({ ...toyRelease, machine }) };
    const engines = [{ ...toyEngine, releases: [release] }];
    const { status, out } = await pgtwin(toyVerify('--intended', 'counters-have-no-end'), {
      with: { ...working, engines },
    });
    expect(out).toContain('never reached');
    expect(status).toBe(0);
  });

  it('is listed with what happens instead', async () => {
    const { status, out } = await pgtwin(['deviations', '--engine', 'toy']);
    expect(out).toContain('counters-have-no-end\n  A counter goes beyond ten. (2.0.0; toy/toy#7)');
    expect(status).toBe(0);
    const whole = await pgtwin(['deviations', 'counters-have-no-end', '--engine', 'toy']);
    expect(whole.out).toContain('documented  Ten is the most.');
    expect(whole.out).toContain('+0.005 s  select toy.add(');
    expect(whole.out).toContain('https://github.com/toy/toy/issues/7');
    const json = await pgtwin(['deviations', '--engine', 'toy', '--release', '2.0.0', '--json', '-']);
    expect(JSON.parse(json.out)).toMatchObject([{ engine: 'toy', traces: { '2.0.0': { engine: 'toy' } } }]);
  });
});

describe('pgtwin verify --release all', () => {
  const engines = [{ ...toyEngine, releases: [{ ...toyRelease, release: '1.0.0' }, toyRelease] }];
  it('verifies one release after another and ends with the worst of their statuses', async () => {
    const [json, junit] = [join(folder, 'a.json'), join(folder, 'a.xml')];
    const line = toyVerify('--release', 'all', '--samples', '2', '--json', json, '--junit', junit);
    const { status, out } = await pgtwin(line, { with: { ...working, engines } });
    expect(status).toBe(0);
    expect(out).toMatch(/toy 1\.0\.0[\s\S]*agrees[\s\S]*toy 2\.0\.0[\s\S]*agrees/);
    expect(JSON.parse(await readFile(json, 'utf8'))).toMatchObject([
      { release: '1.0.0' },
      { release: '2.0.0' },
    ]);
    expect(await readFile(junit, 'utf8')).toMatch(/<testsuites tests="4"/);
    const bad = await pgtwin(toyVerify('--release', 'all'), { with: { ...wrong, engines } });
    expect(bad.status).toBe(1);
  });
});

describe('pgtwin verify --engine all', () => {
  const other = {
    ...toyEngine,
    name: 'other',
    releases: ['1.0.0', '2.0.0'].map((release) => ({
      ...toyRelease,
      engine: 'other',
      release,
      samplesInAll: 1,
    })),
  };
  const both: Services = { ...working, engines: [toyEngine, other] };
  const verifyAll = async (...more: string[]) => {
    const { status, out, err } = await pgtwin(
      ['verify', '--engine', 'all', '--out', join(folder, 'out'), '--json', join(folder, 'a.json'), ...more],
      { with: both },
    );
    const json = await readFile(join(folder, 'a.json'), 'utf8').then(JSON.parse, () => []);
    const verified = (json as { engine: string; release: string; samples: number }[]).map(
      ({ engine, release, samples }) => `${engine} ${release} ${samples}`,
    );
    return { status, out, err, verified };
  };

  it('verifies every release of every engine, each with its own default budget', async () => {
    const { status, out, verified } = await verifyAll('--release', 'all');
    expect(verified).toEqual(['toy 2.0.0 1200', 'other 1.0.0 1', 'other 2.0.0 1']);
    // One sample does not reach every branch, and a default budget has to.
    expect(status).toBe(1);
    expect(out).toMatch(
      /\n2 of 3 releases: other 1\.0\.0 \(unwitnessed\), other 2\.0\.0 \(unwitnessed\)\.\n$/,
    );
  });

  it('takes the budget that is named, and says that all agree', async () => {
    const { status, out, verified } = await verifyAll('--release', 'all', '--samples', '3');
    expect(verified).toEqual(['toy 2.0.0 3', 'other 1.0.0 3', 'other 2.0.0 3']);
    expect(out).toMatch(/\nAll 3 releases agree with their models\.\n$/);
    expect(status).toBe(0);
  });

  it('verifies the newest release of each engine where none is named', async () => {
    expect((await verifyAll('--samples', '3')).verified).toEqual(['toy 2.0.0 3', 'other 2.0.0 3']);
  });

  it('leaves out an engine that has no such release; the last --release counts', async () => {
    const { verified } = await verifyAll('--release', 'all', '--release', '1.0.0', '--samples', '3');
    expect(verified).toEqual(['other 1.0.0 3']);
    expect((await verifyAll('--release', '7')).err).toBe(
      'pgtwin: no engine has the release "7"; modelled: toy 2.0.0; other 1.0.0, 2.0.0; see pgtwin verify --help\n',
    );
  });

  it('names the engines that it leaves out', async () => {
    const { out } = await verifyAll('--release', '1.0.0', '--samples', '3');
    expect(out).toContain('toy: skipped, as it has no release "1.0.0"\n');
  });

  it('keeps what was done where one of them breaks, and names what was not run', async () => {
    const broken = {
      ...other,
      releases: other.releases.map((each) => ({
        ...each,
        installation: () => Promise.reject(new SetupError('nothing to install')),
      })),
    };
    const json = join(folder, 'partly.json');
    const { status, out, err } = await pgtwin(
      ['verify', '--engine', 'all', '--samples', '3', '--out', join(folder, 'out'), '--json', json],
      { with: { ...working, engines: [toyEngine, broken] } },
    );
    expect([status, err]).toEqual([2, 'pgtwin: nothing to install\n']);
    expect(out).toMatch(/\n1 of 2 releases: other 2\.0\.0 \(not run\)\.\n$/);
    const reports = JSON.parse(await readFile(json, 'utf8')) as { engine: string }[];
    expect(reports.map(({ engine }) => engine)).toEqual(['toy']);
  });

  it('takes a whole campaign of each with another seed, as fewer samples need not reach every branch', async () => {
    const { verified } = await verifyAll('--release', '1.0.0', '--seed', '2');
    expect(verified).toEqual(['other 1.0.0 1200']);
  });

  it('cannot be used with SQL of one engine', async () => {
    const { status, err } = await verifyAll('--schema', 'x.sql');
    expect(err).toMatch(
      /^pgtwin: --engine all cannot be used with --migrations, --schema, --recording or --intended/,
    );
    expect(status).toBe(2);
  });
});

describe('pgtwin explain', () => {
  const explained = {
    ...toyEngine,
    name: 'told',
    releases: ['1.0.0', '2.0.0'].map((release) => ({ ...toyRelease, engine: 'told', release })),
    explain: (value: string, release: string | undefined) => {
      if (value === 'odd') throw new SetupError('expected a value, not "odd"');
      return { text: `${value} of ${release ?? 'none'}`, data: { value, release } };
    },
  };
  const both: Services = { ...working, engines: [toyEngine, explained] };
  const explain = (...line: string[]) => pgtwin(['explain', ...line], { with: both });

  it('says what a value says, of the release that is named', async () => {
    const { status, out, err } = await explain('7', '--engine', 'told', '--release', '1.0.0');
    expect([status, out, err]).toEqual([0, '7 of 1.0.0\n', '']);
    expect((await explain('7', '--engine', 'told')).out).toBe('7 of none\n');
    expect((await explain('--engine', 'told', '--', '-7')).out).toBe('-7 of none\n');
  });

  it('as JSON, on standard output or in a file beside the text', async () => {
    const alone = await explain('7', '--engine', 'told', '--json', '-', '--release', '2.0.0');
    expect(JSON.parse(alone.out)).toEqual({ value: '7', release: '2.0.0' });
    const file = join(folder, 'new', 'told.json');
    const { out } = await explain('7', '--engine', 'told', '--json', file);
    expect(out).toBe('7 of none\n');
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ value: '7' });
  });

  it.each<[string, string[], RegExp]>([
    ['no engine', ['7'], /name an engine with --engine; known here: told; see pgtwin explain --help/],
    ['an unknown engine', ['7', '--engine', 'car'], /unknown engine "car"; known: toy, told/],
    [
      'an engine whose values speak for themselves',
      ['7', '--engine', 'toy'],
      /nothing of "toy" has to be explained; known here: told; see pgtwin explain --help/,
    ],
    ['an unknown release', ['7', '--engine', 'told', '--release', '9'], /unknown release "9" of told/],
    ['what is no value', ['odd', '--engine', 'told'], /expected a value, not "odd"/],
    ['no value', ['--engine', 'told'], /missing required argument 'value'/],
    ['a value too many', ['7', '8', '--engine', 'told'], /too many arguments/],
    [
      'a JSON file that cannot be written',
      ['7', '--engine', 'told', '--json', '/dev/null/x'],
      /\/dev\/null\/x/,
    ],
  ])('ends with 2 and one line: %s', async (_, line, message) => {
    const { status, out, err } = await explain(...line);
    expect([status, out]).toEqual([2, '']);
    expect(err).toMatch(message);
    expect(err).toMatch(/^pgtwin: [^\n]*\n$/);
  });

  it('of the activity ledger: a text, and its JSON', async () => {
    const { engines } = await import('../../../src/harness/engines.ts');
    const ledger = (...line: string[]) =>
      pgtwin(['explain', '--engine', 'activity-ledger', ...line], { with: { ...working, engines } });
    const { status, out } = await ledger('889000001000001');
    expect(out).toMatch(/^889000001000001 \(countdown\)\n {2}Leg 1 was entered and left\.\n/);
    expect(status).toBe(0);
    expect((await ledger('1100000000001', '--release', 'increment')).out).toMatch(/^001100000000001 /);
    const json = JSON.parse((await ledger('799000000000000', '--json', '-')).out);
    expect(json).toMatchObject({ release: 'countdown', value: '799000000000000', isStuck: 'unless' });
    expect(json.next).toMatchObject([{ becomes: '699000000000000' }, { becomes: '799000001000000' }]);
    for (const bad of ['1.5', 'abc', '12345678901234567890', '']) {
      const { status: wrong, out: nothing, err } = await ledger(bad);
      expect([wrong, nothing]).toEqual([2, '']);
      expect(err).toMatch(/^pgtwin: [^\n]*number[^\n]*\n$/);
    }
  });
});

describe('the help', () => {
  it.each([[], ['verify'], ['replay'], ['record'], ['diff'], ['mutants'], ['deviations'], ['explain']])(
    'of %s has an example, and names the engines and their releases',
    async (...command) => {
      const { status, out } = await pgtwin([...command, '--help'], {
        with: { ...working, defaultEngine: 'toy' },
      });
      expect(status).toBe(0);
      expect(out).toMatch(/\nExample:\n {2}pgtwin /);
      expect(out).toContain('\nEngines and releases, the newest last:\n  toy  2.0.0 (default engine)\n');
    },
  );

  it('of the command is what a wrong option points to', async () => {
    const wrongly = async (...line: string[]) => (await pgtwin(line)).err;
    expect(await wrongly('verify', '--sampels', '3')).toMatch(/; see pgtwin verify --help\n$/);
    expect(await wrongly('diff', '--from', 'a')).toMatch(/; see pgtwin diff --help\n$/);
    expect(await wrongly('verify', '--samples', 'few')).toMatch(/; see pgtwin verify --help\n$/);
    expect(await wrongly('verifi')).toBe('pgtwin: unknown command "verifi"; see pgtwin --help\n');
    expect(await wrongly()).toMatch(/^pgtwin: name a command: .*; see pgtwin --help\n$/);
  });
});

describe('what could not run ends with 2 and one line', () => {
  const script = new ScriptError(
    '2_add.sql',
    { line: 7, text: 'create table x (\n  y integr\n)' },
    { kind: 'failure', sqlstate: '42704', message: 'type "integr" does not exist' },
  );
  it.each<[string, string[], RegExp, Services?]>([
    ['no command', [], /name a command: verify, replay, record, diff, mutants, deviations or explain/],
    ['an unknown command', ['verfy'], /unknown command "verfy"/],
    ['an unknown option', ['verify', '--smaples', '3'], /unknown option '--smaples'.*--samples/],
    ['an option of no command', ['--json', 'x'], /unknown option '--json'/],
    ['a word too many', ['verify', 'x'], /too many arguments/],
    ['an option without its value', ['verify', '--seed'], /--seed <n>.*missing/],
    ['a number that is none', ['verify', '--samples', '1e3'], /--samples.*whole number of at least 1/],
    ['no samples', ['verify', '--samples', '0'], /--samples.*at least 1/],
    ['a time that is none', ['verify', '--for', '60'], /--for.*such as 60s/],
    ['two budgets', ['verify', '--for', '1s', '--samples', '1'], /--for and --samples exclude each other/],
    [
      'two reports on one stream',
      ['verify', '--json', '-', '--junit', '-'],
      /cannot both use standard output/,
    ],
    ['an unknown engine', ['verify', '--engine', 'car'], /unknown engine "car"; known: toy/],
    [
      'an unknown release',
      ['verify', '--engine', 'toy', '--release', '9'],
      /unknown release "9" of toy; modelled/,
    ],
    [
      'an unknown deviation',
      ['verify', '--engine', 'toy', '--intended', 'nope'],
      /unknown deviation "nope" of toy: pgtwin deviations lists/,
    ],
    [
      'an unknown deviation to show',
      ['deviations', 'nope', '--engine', 'toy'],
      /unknown deviation "nope" of toy:/,
    ],
    [
      'all releases on one directory',
      ['verify', '--engine', 'toy', '--release', 'all', '--migrations', 'x'],
      /--release all cannot be used with --migrations, --schema, --recording or --intended/,
    ],
    [
      'a missing directory',
      ['verify', '--engine', 'toy', '--migrations', '/no/such'],
      /migrations \/no\/such: there is no such directory/,
    ],
    [
      'a report that cannot be written',
      ['verify', '--json', '/dev/null/x.json'],
      /\/dev\/null\/x\.json: cannot be written/,
    ],
    ['a trace that is not there', ['replay', 'no.json'], /no\.json: there is no such file/],
    ['no trace', ['replay'], /name either a file with a trace, or a recording with --recording/],
    ['a trace and a recording', ['replay', 'a', '--recording', 'b'], /name either a file/],
    ['a sample of a trace', ['replay', 'a', '--sample', '1'], /--sample needs --recording/],
    ['a recording as a test', ['replay', '--recording', 'b', '--as', 'sql'], /--recording and --as exclude/],
    [
      'a recording and a seed',
      ['verify', '--recording', 'b', '--max-commands', '1'],
      /--recording and --max-commands exclude each other/,
    ],
    ['a recording without a file', ['record'], /required option '--out <file>' not specified/],
    [
      'traces and a seed',
      ['record', '--out', 'a', '--traces', 'b', '--seed', '1'],
      /--traces and --seed exclude/,
    ],
    [
      'a recording that is not there',
      ['verify', '--recording', '/no/such'],
      /\/no\/such: there is no such file/,
    ],
    ['a recording where none can be', ['record', '--out', '/dev/full'], /\/dev\/full: is not a regular file/],
    [
      'a missing package',
      ['verify', '--engine', 'toy'],
      /^pgtwin: install x$/m,
      opening(new SetupError('install x')),
    ],
    [
      'a missing package that was imported',
      ['verify', '--engine', 'toy'],
      /^pgtwin: the package fast-check is not installed; install all that this command needs: npm install -D fast-check@4 @pgflow/m,
      opening(new Error("Cannot find package 'fast-check' imported from /a.js")),
    ],
    [
      'a migration that does not install',
      ['verify', '--engine', 'toy'],
      /2_add\.sql:7: cannot be installed: type "integr" does not exist \(SQLSTATE 42704\) at: create table x \($/m,
      opening(script),
    ],
    [
      'a database that does not open',
      ['verify', '--engine', 'toy'],
      /the database crashed, so this is no divergence/,
      opening(new DriverError('x')),
    ],
    [
      'a mistake of ours',
      ['verify', '--engine', 'toy'],
      /there is a bug in pgtwin, so this is no divergence: x/,
      opening(new TypeError('x')),
    ],
  ])('%s', async (_, line, message, given) => {
    const { status, out, err } = await pgtwin(line, given ? { with: given } : {});
    expect(status).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(message);
    expect(err).toMatch(/^pgtwin: [^\n]*\n$/);
  });

  it('a bug in the model, with the trace that shows it again', async () => {
    const machine = {
      ...toyMachine,
      transition: (...[state, command, circumstances]: Parameters<typeof toyMachine.transition>) => {
        // While generating the model has no order to follow: this breaks in lockstep alone.
        if (circumstances.order && state.size === 3) throw new ModelBug('three');
        return toyMachine.transition(state, command, circumstances);
      },
    };
    const broken = { ...working, engines: [{ ...toyEngine, releases: [{ ...toyRelease, machine }] }] };
    const { status, err } = await pgtwin(toyVerify('--json', join(folder, 'a.json')), { with: broken });
    expect(status).toBe(2);
    expect(err).toMatch(
      /^pgtwin: there is a bug in the model, so this is no divergence: three \(seed 1, sample \d+; to run it again: npx pgtwin replay .*\)\n$/,
    );
    expect((await files()).filter((file) => file.endsWith('a.json'))).toEqual([]);
    const again = /npx pgtwin (replay \S+)\)/.exec(err)![1]!;
    expect((await pgtwin(again.split(' '), { with: broken })).err).toBe(
      'pgtwin: there is a bug in the model, so this is no divergence: three\n',
    );
  });

  it('a driver that breaks, with seed and sample, and a stack only when asked for', async () => {
    let batches = 0;
    const before = () => {
      if (++batches > 200) throw new DriverError('exited with 1');
    };
    const { status, err } = await pgtwin(toyVerify(), {
      with: services({ before }),
      env: { PGTWIN_DEBUG: '1' },
    });
    expect(status).toBe(2);
    expect(err).toMatch(
      /^pgtwin: the database crashed, so this is no divergence: exited with 1 \(seed 1, sample \d+/,
    );
    expect(err).toMatch(/\n {4}at /);
  });
});

describe('pgtwin by itself', () => {
  it.each([[['--help']], [['verify', '--help']], [['replay', '--help']], [['deviations', '--help']]])(
    'shows an example: %s',
    async (line) => {
      const { status, out } = await pgtwin(line);
      expect(status).toBe(0);
      expect(out).toMatch(/Example:\n {2}pgtwin /);
    },
  );

  it('tells its version', async () => {
    expect(await pgtwin(['--version'])).toEqual({
      status: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      err: '',
    });
  });
});
