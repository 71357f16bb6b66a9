/** Runs of mutants on a database in memory: what becomes of each, resumed, shared out and put together again. */
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../../../src/harness/cli/main.ts';
import type { AnyRelease, Engine } from '../../../../src/harness/contract/engine.ts';
import type { Services } from '../../../../src/harness/contract/services.ts';
import { entryOf } from '../../../../src/harness/mutants/equivalents.ts';
import { mutantsJson } from '../../../../src/harness/report/mutants-json.ts';
import type { MutantsOptions } from '../../../../src/harness/services.ts';
import { runMutants } from '../../../../src/harness/services.ts';
import type { ToyState } from '../toy-engine.ts';
import { mutableToy, newLog } from './mutable-toy.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pgtwin-'));
});
afterEach(() => rm(folder, { recursive: true }));

const log = newLog();
const budget = { engine: 'toy', samples: 20, silenceMs: 100 } as const;
const toyRun = (more: Partial<MutantsOptions> = {}) =>
  runMutants({ ...budget, services: mutableToy(newLog()), ...more });

/** Without what is different each time. */
const stable = (report: object): string =>
  JSON.stringify(report, (key, value) => (key === 'seconds' ? undefined : value), 1);

async function pgtwin(line: string[], services: Services = mutableToy(newLog()), signal?: AbortSignal) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const controller = new AbortController();
  const io = { stdout, stderr, env: {}, signal: signal ?? controller.signal, services };
  const status = await run(['mutants', ...line], io);
  const text = (stream: PassThrough) => String(stream.read() ?? '');
  return { status, out: text(stdout), err: text(stderr) };
}

/** Those that neither hang nor break, which takes its time. */
const quick = [
  '--engine',
  'toy',
  '--samples',
  '20',
  ...['arithmetic', 'order'].flatMap((each) => ['--operator', each]),
];

describe('a run of mutants', () => {
  it('ends where the model contradicts itself, mutant or not: that kills none', async () => {
    const services = mutableToy(newLog());
    const [engine] = services.engines as unknown as [Engine];
    const [release] = engine.releases as unknown as [AnyRelease];
    const law = {
      title: 'a counter is at most two',
      violation: (state: ToyState) => [...state.values()].find(({ value }) => value > 2)?.value.toString(),
    };
    const lawful = { ...release, machine: { ...release.machine, invariants: [law] } };
    const engines = [{ ...engine, releases: [lawful] } as unknown as Engine];
    await expect(toyRun({ services: { ...services, engines }, operators: ['order'] })).rejects.toThrow(
      'a counter is at most two',
    );
  });

  it('tells those that are found from those that are not, do not install, break or run for ever', async () => {
    const report = await toyRun();
    const found = report.mutants.map(({ operator, outcome, by, after }) => [operator, after, outcome, by]);
    expect(found).toEqual(
      expect.arrayContaining([
        ['arithmetic', 'select value - amount', 'killed', 'divergence'],
        ['comparison', 'where name <> who and amount >= 0', 'killed', 'timeout'],
        ['conjunct', 'where amount >= 0', 'killed', 'broken'],
        ['comparison', 'where name = who and amount < 0', 'not-installed', null],
        ['order', '', 'survived', null],
        ['order', 'order by name DESC;', 'survived', null],
      ]),
    );
    expect(report).toMatchObject({
      interrupted: false,
      shard: null,
      remarks: [],
      seed: 1,
      samples: 20,
      forMs: null,
    });
    expect(report.mutants).toHaveLength(report.chosen);
  });

  it('shrinks what it finds to the few commands that it takes', async () => {
    const { mutants } = await toyRun({ operators: ['arithmetic'] });
    expect(mutants).toHaveLength(1);
    const [{ trace, where, sample, samples } = {}] = mutants;
    expect(trace!.length).toBeLessThanOrEqual(2);
    expect(where).toBe('result[0].value');
    expect(samples).toBe(sample! + 1);
  });

  it('gives up a database that a mutant has spoilt, so that no other is found for it', async () => {
    const services = mutableToy(log);
    const report = await runMutants({ ...budget, operators: ['conjunct', 'order'], services });
    const killed = report.mutants.filter(({ outcome }) => outcome === 'killed').map(({ after }) => after);
    expect(killed).toContain('where name = who');
    expect(report.mutants.filter(({ operator }) => operator === 'order')).toMatchObject([
      { outcome: 'survived' },
      { outcome: 'survived' },
    ]);
    expect(log.opened).toBeGreaterThan(2);
    expect(log.closed).toBe(log.opened);
  });

  it('is the same whenever it is run, however many databases there are', async () => {
    const once = stable(mutantsJson(await toyRun()));
    expect(stable(mutantsJson(await toyRun()))).toBe(once);
    expect(stable(mutantsJson(await toyRun({ workers: 3 })))).toBe(once);
  });

  it('does not try what is argued to be equivalent, unless it is asked for by name', async () => {
    const [first, second] = (await toyRun({ operators: ['order'] })).mutants;
    const argued = (mutant = first!) => [
      { reason: 'one row has no order', mutants: { [mutant.id]: entryOf(mutant) } },
    ];
    const services = mutableToy(newLog(), argued());
    const report = await toyRun({ operators: ['order'], services });
    expect(report.mutants).toMatchObject([
      { id: first!.id, outcome: 'equivalent', where: 'one row has no order', samples: 0 },
      { id: second!.id, outcome: 'survived' },
    ]);
    const asked = await toyRun({ mutants: [first!.id], services });
    expect(asked.mutants).toMatchObject([{ outcome: 'survived' }]);

    const [sum] = (await toyRun({ operators: ['arithmetic'] })).mutants;
    const wrong = await toyRun({ mutants: [sum!.id], services: mutableToy(newLog(), argued(sum)) });
    expect(wrong.remarks).toEqual([`${sum!.id} is listed as equivalent, but verify kills it`]);
  });

  it('ends where an argument fits no mutant any more, before anything is tried', async () => {
    const services = mutableToy(log, [{ reason: 'none', mutants: { '1234567a': 'add: + b' } }]);
    const { status, err } = await pgtwin(quick, services);
    expect(err).toBe(
      'pgtwin: the mutant 1234567a of toy 2.0.0, "add: + b", is listed as equivalent but does not exist any more: remove it from the list\n',
    );
    expect(status).toBe(2);
    expect(log.closed).toBe(log.opened);
  });
});

describe('a run that was interrupted', () => {
  it('goes on where it was, and comes to what it would have come to', async () => {
    const resume = join(folder, 'state');
    const controller = new AbortController();
    const options = { operators: ['arithmetic', 'order', 'constant'], resume };
    const first = await toyRun({ ...options, signal: controller.signal, onResult: () => controller.abort() });
    expect(first.interrupted).toBe(true);
    expect(first.mutants).toHaveLength(1);
    // It was ended in the middle of a line.
    await appendFile(resume, '{"id":"');

    const seen = newLog();
    const second = await toyRun({ ...options, services: mutableToy(seen) });
    expect(seen.installed).not.toContain(first.mutants[0]!.id);
    expect(second.interrupted).toBe(false);
    const whole = await toyRun({ ...options, resume: undefined });
    expect(stable(mutantsJson(second))).toBe(stable(mutantsJson(whole)));
    const again = newLog();
    expect(stable(mutantsJson(await toyRun({ ...options, services: mutableToy(again) })))).toBe(
      stable(mutantsJson(whole)),
    );
    expect(again.installed).toEqual([]);
  });

  it('ends with 130 and says how to go on', async () => {
    const resume = join(folder, 'state');
    const controller = new AbortController();
    controller.abort();
    const { status, out } = await pgtwin([...quick, '--resume', resume], undefined, controller.signal);
    expect(status).toBe(130);
    expect(out).toContain(`Run the same command to continue: ${resume} has the results so far.`);
    expect((await pgtwin([...quick, '--resume', resume])).status).toBe(0);
  });

  it('does not go on with the results of another', async () => {
    const resume = join(folder, 'state');
    await toyRun({ operators: ['order'], resume });
    const { status, err } = await pgtwin([...quick, '--resume', resume]);
    expect(err).toMatch(/state: it has the results of another run \(selection .*\); choose another file\n$/);
    expect(status).toBe(2);
    for (const text of [
      '[]\n',
      'no JSON\n',
      'no line',
      `${(await readFile(resume, 'utf8')).split('\n')[0]}\n{}\n`,
    ]) {
      await writeFile(resume, text);
      const wrong = await pgtwin([
        '--engine',
        'toy',
        '--samples',
        '20',
        '--operator',
        'order',
        '--resume',
        resume,
      ]);
      expect([wrong.status, wrong.err]).toEqual([2, expect.stringContaining(`pgtwin: ${resume}: `)]);
      expect(await readFile(resume, 'utf8')).toBe(text);
    }
  });
});

describe('shares', () => {
  const share = async (index: number, of: number, more: string[] = []) => {
    const file = join(folder, `${index}-${of}${more.join('')}.json`);
    await pgtwin([...quick, '--shard', `${index}/${of}`, '--json', file, ...more]);
    return file;
  };

  it('are together what one machine finds, to the byte apart from the times', async () => {
    const files = [await share(2, 2), await share(1, 2)];
    const [whole, merged] = [join(folder, 'whole.json'), join(folder, 'merged.json')];
    await pgtwin([...quick, '--json', whole]);
    const { status, out } = await pgtwin(['--merge', ...files, '--json', merged]);
    expect(status).toBe(0);
    expect(out).toContain('1 of 3 mutants killed (33.3 %)');
    const read = async (file: string) => stable(JSON.parse(await readFile(file, 'utf8')));
    expect(await read(merged)).toBe(await read(whole));
  });

  it('are not put together where one is missing, there twice, or of another run', async () => {
    const [one, two, other] = [await share(1, 2), await share(2, 2), await share(2, 2, ['--seed', '7'])];
    const message = async (...files: string[]) => (await pgtwin(['--merge', ...files])).err;
    expect(await message(one)).toBe('pgtwin: share 2/2 is missing\n');
    expect(await message(one, two, two)).toContain('share 2/2 is in');
    expect(await message(one, other)).toContain('are from different runs');
    expect(await message(one, await share(1, 3))).toContain('share 1/3, the others are of 2');
    await writeFile(one, JSON.stringify({ ...JSON.parse(await readFile(one, 'utf8')), pgtwin: '0.0.1' }));
    expect(await message(one, two)).toContain('written by pgtwin 0.0.1, but this is');
    await writeFile(one, '{}');
    expect(await message(one, two)).toMatch(/not a report of pgtwin mutants: pgtwin: /);
    expect(await message(join(folder, 'gone.json'))).toContain('there is no such file');
    expect((await pgtwin(['--merge', one])).status).toBe(2);
  });

  it.each([['0/2'], ['3/2'], ['1'], ['a/b']])('such as %s are refused', async (text) => {
    const { status, err } = await pgtwin(['--shard', text]);
    expect(err).toContain('expected a share such as 1/8');
    expect(status).toBe(2);
  });
});

describe('pgtwin mutants', () => {
  it('shows a table, the survivors as a diff, and ends with 0 unless more was asked for', async () => {
    const { status, out } = await pgtwin(quick);
    expect(out).toMatch(
      /^pgtwin \d\S*: toy 2\.0\.0, 1 migration · postgres 0\.0 · toy 1\n3 mutants, 20 samples each \(seed 1\)\n/,
    );
    expect(out).toMatch(
      /function +killed +survived +equivalent +score +trace +seconds\nadd +1 +2 +0 +33\.3 %/,
    );
    expect(out).toMatch(
      /Survivors\n {2}\w{8} {2}order in add {2}toy\.add\(text,integer\)\n {4}- order by name;\n {4}\+ /,
    );
    expect(out).toMatch(/1 of 3 mutants killed \(33\.3 %\); median trace \d commands?\.\n$/);
    expect(status).toBe(0);
    expect((await pgtwin([...quick, '--fail-under', '33'])).status).toBe(0);
    const strict = await pgtwin([...quick, '--fail-under', '90']);
    expect(strict.out).toContain('Fewer mutants were killed than --fail-under 90 asks for.\n');
    expect(strict.status).toBe(1);
  });

  it('lists the mutants without trying them', async () => {
    const seen = newLog();
    const { status, out } = await pgtwin([...quick, '--list'], mutableToy(seen));
    expect(out).toContain('    - select value + amount\n    + select value - amount\n');
    expect(status).toBe(0);
    expect(seen).toEqual({ opened: 1, closed: 1, installed: [] });
    const json = await pgtwin([...quick, '--list', '--json', '-']);
    expect(JSON.parse(json.out)).toHaveLength(3);
  });

  it('writes a page that needs nothing else', async () => {
    const html = join(folder, 'mutants.html');
    await pgtwin([...quick, '--html', html]);
    const page = await readFile(html, 'utf8');
    expect(page).toContain('<h2>Survivors (2)</h2>');
    expect(page).toContain('<ins>+ select value - amount</ins>');
    expect(page).toContain('toy.create(');
    expect(page).not.toMatch(/<script|https?:|src=|@import/);
  });

  it('says in one line what keeps it from running', async () => {
    const line = async (...more: string[]) => {
      const { status, err } = await pgtwin([...quick, ...more]);
      expect(status).toBe(2);
      expect(err.match(/\n/g)).toHaveLength(1);
      return err;
    };
    expect(await line('--function', 'gone')).toContain('unknown function "gone"; with mutants: add');
    expect(await line('--operator', 'typo')).toContain('unknown operator "typo"; known: comparison');
    expect(await line('--mutant', 'zzz')).toContain('unknown mutant "zzz"');
    expect(await line('--fail-under', '101')).toContain('expected a number up to 100');
    expect(await line('--merge', 'a', '--list')).toContain('--merge and --list exclude each other');
    const engines = [
      { ...mutableToy(log).engines[0]!, releases: [{ ...mutableToy(log).engines[0]!.releases[0]! }] },
    ];
    const { mutation: _, ...bare } = engines[0]!.releases[0]!;
    const services = { ...mutableToy(log), engines: [{ ...engines[0]!, releases: [bare] }] };
    expect((await pgtwin(quick, services)).err).toContain(
      'has no mutants: its engine does not name the functions to change',
    );
  });
});
