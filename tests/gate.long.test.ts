// Long tier: it runs the whole action, database included.
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type ActionInputs, lintWorkflow } from './support/workflow-linter.ts';

const root = join(import.meta.dirname, '..');
const text = (file: string) => readFile(join(root, file), 'utf8');
const action = await text('action.yml');
const workflows = await Promise.all(
  (await readdir(join(root, '.github/workflows'))).map(async (name) => {
    const path = `.github/workflows/${name}`;
    return { path, content: await text(path) };
  }),
);
const documentation = await text('docs/ci.md');
const [example = '', stepOfDiff = ''] = [...documentation.matchAll(/```yaml\n([\s\S]*?)```/g)].map(
  ([, found]) => found!,
);

interface Action {
  readonly inputs: ActionInputs;
  readonly outputs: Record<string, { description: string }>;
  readonly runs: { steps: { id?: string; run?: string; env?: Record<string, string>; uses?: string }[] };
}
const { inputs, outputs, runs } = parse(action) as Action;

/** Ours as they are; of the others, those that we use, read in their documentation. */
const inputsOf: Readonly<Record<string, ActionInputs>> = {
  pgtwin: inputs,
  'setup-node': { 'node-version': { description: '' } },
  'upload-artifact': Object.fromEntries(
    ['name', 'path', 'include-hidden-files', 'if-no-files-found'].map((name) => [name, { description: '' }]),
  ),
};

const complaints = (path: string, content: string) => lintWorkflow(path, content, inputsOf);

describe('the files of the gate', () => {
  it('are what GitHub takes for an action and for workflows', async () => {
    expect(await complaints('action.yml', action)).toEqual([]);
    expect(workflows.map(({ path }) => path)).toContain('.github/workflows/gate.yml');
    for (const { path, content } of workflows) expect(await complaints(path, content)).toEqual([]);
    expect(example).toContain('uses: OWNER/pgtwin@REF');
    expect(await complaints('.github/workflows/example.yml', example)).toEqual([]);
    const step = example.indexOf('      - uses: OWNER/pgtwin@REF');
    expect(stepOfDiff).toContain('uses: OWNER/pgtwin@REF');
    expect(await complaints('.github/workflows/diff.yml', example.slice(0, step) + stepOfDiff)).toEqual([]);
  });

  it('would be found out if they were not', async () => {
    const wrongs: [string, string, string][] = [
      ['action.yml', action.replace('using: composite', 'using: magic'), 'magic'],
      ['action.yml', action.replace('  node-version: ${{', '  node-versions: ${{'), 'node-versions'],
      ['action.yml', action.replace('shell: bash', 'shelf: bash'), 'shelf'],
      ['.github/workflows/a.yml', example.replace('runs-on', 'runs-of'), 'runs-of'],
      ['.github/workflows/a.yml', example.replace('matrix.shard', 'matrix.shart'), 'shart'],
      ['.github/workflows/a.yml', example.replace('for: 2m', 'fro: 2m'), 'fro'],
      ['.github/workflows/a.yml', example.replace('migrations: supabase/migrations', ''), 'migrations'],
    ];
    for (const [path, content, word] of wrongs) {
      expect([word, (await complaints(path, content)).join('\n')]).toEqual([
        word,
        expect.stringContaining(word),
      ]);
    }
  });

  it('hand every input on, and document each', () => {
    const env = runs.steps.flatMap((step) => Object.values(step.env ?? {}));
    for (const [name, { default: fallback = '' }] of Object.entries(inputs)) {
      if (name !== 'node-version') expect(env).toContain(`\${{ inputs.${name} }}`);
      const [, row] = new RegExp(`^\\| \`${name}\` \\| (.*) \\|`, 'm').exec(documentation) ?? [];
      expect([name, row]).toEqual([name, expect.any(String)]);
      if (fallback !== '') expect(row).toContain(`\`${fallback}\``);
    }
    for (const name of Object.keys(outputs)) expect(documentation).toContain(`\`${name}\``);
  });

  it('name no input and no step that is not there', () => {
    const named = [...action.matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name!);
    expect([...new Set(named)].sort()).toEqual(Object.keys(inputs).sort());
    const steps = [...action.matchAll(/steps\.([\w-]+)/g)].map(([, id]) => id);
    expect(new Set(steps)).toEqual(new Set(runs.steps.flatMap(({ id }) => id ?? [])));
  });

  it('leave no input of a stranger to the shell', () => {
    for (const { run } of runs.steps) expect(run ?? '').not.toContain('${{');
  });

  it('pin every action of another repository by its commit, with its version beside it', () => {
    const files = [
      ...workflows,
      { path: 'action.yml', content: action },
      { path: 'docs/ci.md', content: example },
    ];
    const used = files.flatMap(({ path, content }) =>
      [...content.matchAll(/\buses: *(.*)$/gm)].map(([, what]) => `${path}: ${what}`),
    );
    const isOurs = (line: string) => / (\.\/.*|OWNER\/pgtwin@REF)$/.test(line);
    const others = used.filter((line) => !isOurs(line));
    expect(others.length).toBeGreaterThanOrEqual(7);
    expect(others.filter((line) => !/ [\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual(
      [],
    );
    // The same version is the same commit, wherever it is named.
    expect(new Set(others.map((line) => line.split(': ')[1])).size).toBe(
      new Set(others.map((line) => /: (\S+)@/.exec(line)![1])).size,
    );
  });
});

describe('the forms for issues', () => {
  it('are what GitHub takes for forms', async () => {
    const folder = '.github/ISSUE_TEMPLATE';
    const forms = (await readdir(join(root, folder))).filter((name) => name !== 'config.yml');
    expect(forms.length).toBeGreaterThanOrEqual(3);
    for (const name of forms) {
      const { body, ...head } = parse(await text(`${folder}/${name}`));
      expect(head).toEqual({
        name: expect.any(String),
        description: expect.any(String),
        labels: [expect.any(String)],
      });
      const fields = body.filter(({ type }: { type: string }) => type !== 'markdown');
      expect(new Set(fields.map(({ id }: { id: string }) => id)).size).toBe(fields.length);
      for (const { type, id, attributes } of fields) {
        expect(['input', 'textarea', 'dropdown']).toContain(type);
        expect(id).toMatch(/^[a-z-]+$/);
        expect(attributes.label).toEqual(expect.any(String));
        expect(Array.isArray(attributes.options)).toBe(type === 'dropdown');
      }
    }
    expect(parse(await text(`${folder}/config.yml`))).toEqual({ blank_issues_enabled: false });
  });
});

describe('the gate', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pgtwin-gate-'));
    const packaged = join(root, 'node_modules/@pgflow/core/dist/supabase/migrations');
    const first = '20250429164909_pgflow_initial.sql';
    await cp(join(packaged, first), join(folder, 'sql', first));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** The script of the action as the action calls it, with its defaults. */
  async function gate(given: Readonly<Record<string, string>>) {
    const env = {
      ...process.env,
      PGTWIN: root,
      MIGRATIONS: 'sql',
      RELEASE: '',
      FROM: '',
      ALLOWED: '',
      FOR: '1s',
      SAMPLES: '20',
      SEED: '1',
      SHARD: '1/1',
      OUT: '.pgtwin',
      ARTIFACT: 'pgtwin',
      GITHUB_OUTPUT: join(folder, 'output'),
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
      ...given,
    };
    const script = join(root, 'scripts/gate.sh');
    const ended = await promisify(execFile)('bash', [script], { cwd: folder, env }).then(
      ({ stdout }) => ({ status: 0, stdout }),
      ({ code, stdout }) => ({ status: code as number, stdout: stdout as string }),
    );
    const read = (name: string) => readFile(join(folder, name), 'utf8').catch(() => '');
    return { ...ended, output: await read('output'), summary: await read('summary') };
  }

  it('lets migrations pass that behave as their release', async () => {
    const { status, output, summary } = await gate({ SHARD: '2/3' });
    expect(output).toBe('artifact=pgtwin-2-of-3\nverdict=agreed\npage=\n');
    expect(summary).toMatch(/The SQL agrees with the model: 20 samples.*\(seed 2,/);
    expect(status).toBe(0);
    expect((await readdir(join(folder, '.pgtwin'))).sort()).toEqual(['junit.xml', 'report.json']);
  });

  it('stops those that do not, with a page that shows it', async () => {
    const [name = ''] = await readdir(join(folder, 'sql'));
    const file = join(folder, 'sql', name);
    const sql = await readFile(file, 'utf8');
    const planted = sql.replace(/status = 'completed'/g, "status = 'failed'");
    expect(planted).not.toBe(sql);
    await writeFile(file, planted);
    const { status, output, stdout } = await gate({});
    expect(status).toBe(1);
    expect(output).toMatch(/^artifact=pgtwin\nverdict=diverged\npage=\.pgtwin\/pgflow-0\.1\.20-.*\.html\n$/);
    expect(stdout).toMatch(
      /^::error title=pgtwin::The SQL differs from the model .*; the page is in the artifact/m,
    );
    const page = /^page=(.*)$/m.exec(output)![1]!;
    expect(await readFile(join(folder, page), 'utf8')).toContain('The SQL differs from the model after');
  });

  it('holds migrations against other SQL, and lets pass what is meant', async () => {
    const [name = ''] = await readdir(join(folder, 'sql'));
    const file = join(folder, 'sql', name);
    const sql = await readFile(file, 'utf8');
    await writeFile(file, sql.replace("status = 'completed'", "status = 'failed'"));
    const given = { FROM: '0.1.20', SAMPLES: '2' };
    const found = await gate(given);
    expect(found.status).toBe(1);
    expect(found.output).toMatch(
      /^artifact=pgtwin\nverdict=different\npage=\.pgtwin\/pgflow-0\.1\.20-to-sql-seed1-1\.html\n$/,
    );
    expect(found.stdout).toMatch(
      /^::error title=pgtwin::sql behaves differently from 0\.1\.20 in .*; the page is in the artifact/m,
    );
    const report = JSON.parse(await readFile(join(folder, '.pgtwin/report.json'), 'utf8'));
    const meant = report.groups.flatMap((group: { function: string; places: string[] }) =>
      group.places.map((where) => ({ function: group.function, where, reason: 'it is meant' })),
    );
    await writeFile(join(folder, 'allowed.json'), JSON.stringify(meant));
    await rm(join(folder, 'output'));
    const allowed = await gate({ ...given, ALLOWED: 'allowed.json' });
    expect(allowed.stdout).toContain('0.1.20 and sql behave the same');
    expect(allowed.status).toBe(0);
  });

  it.each([
    [{ ALLOWED: 'allowed.json' }, 'allowed goes with from: the model allows nothing'],
    [{ FROM: '0.1.20', RELEASE: '0.1.20' }, 'release and from exclude each other'],
    [{ SHARD: '5/4' }, 'shard 5/4: there is no such shard'],
    [{ SHARD: '0/4' }, 'shard 0/4: there is no such shard'],
    [{ SHARD: 'one' }, 'shard one: expected one of how many, such as 2/4'],
    [{ SEED: '$(date)' }, 'seed $(date): expected a whole number'],
    [{ MIGRATIONS: 'nowhere' }, 'pgtwin: migrations nowhere: there is no such directory'],
  ])('says in one line what kept it from running: %o', async (given, line) => {
    const { status, stdout } = await gate(given);
    expect(stdout).toContain(`::error title=pgtwin::${line}`);
    expect(status).toBe(2);
  });
});
