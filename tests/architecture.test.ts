/** The walls between the rooms: who may import what, over every file of `src/`. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { writersIn } from './support/file-writers.ts';
import { faultsIn } from './support/import-check.ts';
import { importsOf } from './support/import-scan.ts';

const src = fileURLToPath(new URL('../src/', import.meta.url));

function sources(): Map<string, string> {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.m?ts$|\.mjs$/.test(file))
    .sort();
  return new Map(files.map((file) => [file, readFileSync(`${src}${file}`, 'utf8')]));
}

describe('the source files', () => {
  it('import only what their room may import, in no circle, and load no more than their entry point promises', () => {
    const tree = sources();
    expect(tree.size).toBeGreaterThan(50);
    expect(faultsIn(tree)).toEqual([]);
  });
});

describe('the disk', () => {
  /** Files that may have what the others may not, and why. */
  const exempt: Readonly<Record<string, string>> = {
    'harness/pgflow/twin/flow/dsl-version.ts': 'reads one file, where there is Node',
    'sql/pglite/worker-from-source.mjs': 'in development alone, where no TypeScript is loaded yet',
  };

  it('is changed by the files of one house alone', () => {
    const others = [...sources()].filter(([file]) => !file.startsWith('files/') && !(file in exempt));
    expect(writersIn(new Map(others))).toEqual([]);
    const twin = sources().get('harness/pgflow/twin/flow/dsl-version.ts')!;
    expect(twin.match(/files\??\.\w+/g)).toEqual(['files.readFileSync']);
  });

  it.each([
    [`import { rename, readFile } from 'node:fs/promises';`, 'imports rename'],
    [`import { writeFileSync as save } from 'node:fs';`, 'imports writeFileSync'],
    [`import { open } from 'fs/promises';`, 'imports open'],
    [`import { type Stats, createWriteStream } from 'node:fs';`, 'imports createWriteStream'],
    [`import { promises } from 'node:fs';`, 'imports promises'],
    [`import fs from 'node:fs';`, 'imports all of the file system'],
    [`import * as fs from 'node:fs';`, 'imports all of the file system'],
    [`export { rm } from 'node:fs/promises';`, 'has all of the file system'],
    [`const fs = await import('node:fs');`, 'has all of the file system'],
    [`import fs = require('fs');`, 'has all of the file system'],
    [`process.getBuiltinModule('node:fs');`, 'has all of the file system'],
  ])('is in reach of a file with %s', (line, what) => {
    expect(writersIn(new Map([['sql/a.ts', `// a\n${line}`]]))).toEqual([
      `src/sql/a.ts:2: ${what}; only src/files/ may change the disk`,
    ]);
  });

  it('is not in reach of a file that reads', () => {
    const text = `import { type Stats, readFile as read } from 'node:fs/promises';\nimport type fs from 'node:fs';`;
    expect(writersIn(new Map([['sql/a.ts', text]]))).toEqual([]);
  });
});

describe('the folders', () => {
  const folders = new Map<string, string[]>();
  for (const file of sources().keys()) {
    const folder = file.slice(0, file.lastIndexOf('/'));
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }

  it('of the harness are rooms: nothing lies loose but the entry point, the list of engines and the composition root, which has two files', () => {
    expect(folders.get('harness')).toEqual([
      'harness/engines.ts',
      'harness/index.ts',
      'harness/recordings.ts',
      'harness/services.ts',
    ]);
  });

  it('hold at most 30 files each', () => {
    expect([...folders].filter(([, files]) => files.length > 30).map(([folder]) => folder)).toEqual([]);
  });

  it('hold no file of more than 300 lines', () => {
    const long = [...sources()].filter(([, text]) => text.trimEnd().split('\n').length > 300);
    expect(long.map(([file]) => file)).toEqual([]);
  });
});

/** A small house in which everything is where it belongs. */
const sound: Readonly<Record<string, string>> = {
  'model/index.ts': `export { machine } from './pgflow/1/machine.ts';`,
  'model/kernel/jsonb.ts': `import type { SqlError } from './sql-error.ts';`,
  'model/kernel/sql-error.ts': '',
  'model/pgmq/send.ts': `import { x } from '../kernel/jsonb.ts';`,
  'model/pgmq/commands.ts': `import * as z from 'zod';`,
  'model/pgflow/1/machine.ts': `import { send } from '../../pgmq/send.ts';`,
  'files/write.ts': `import { rename } from 'node:fs/promises';\nimport '../sql/setup-error.ts';`,
  'sql/driver.ts': '',
  'sql/setup-error.ts': '',
  'sql/result.ts': `import type { SqlError } from '../model/kernel/sql-error.ts';`,
  'sql/pglite/open.ts': `import { PGlite } from '@electric-sql/pglite';\nimport { x } from '../driver.ts';`,
  'sql/pgmq/calls.ts': `import { x } from '../driver.ts';`,
  'sql/pgflow/calls.ts': `import type { C } from '../../model/pgmq/commands.ts';\nimport '../pgmq/calls.ts';`,
  'harness/index.ts': `export { x } from './services.ts';\nexport { engines } from './engines.ts';`,
  'harness/services.ts': `import { engines } from './engines.ts';\nawait import('../sql/pglite/open.ts');`,
  'harness/engines.ts': `import { pgflow } from './pgflow/engine.ts';`,
  'harness/contract/engine.ts': `import type fc from 'fast-check';\nimport type { D } from '../../sql/driver.ts';`,
  'harness/trace/format.ts': `import { z } from 'zod';\nimport type { E } from '../contract/engine.ts';`,
  'harness/lockstep/lockstep.ts': `import type { T } from '../trace/format.ts';`,
  'harness/campaign/campaign.ts': `import { Lockstep } from '../lockstep/lockstep.ts';`,
  'harness/commands/verify.ts': `import { run } from '../campaign/campaign.ts';`,
  'harness/report/text.ts': `import type { R } from '../commands/verify.ts';`,
  'harness/report/html/write-page.ts': `import './page-data.ts';\nawait import('@dagrejs/dagre');`,
  'harness/report/html/page-data.ts': '',
  'harness/report/html/client/main.ts': `import type { D } from '../page-data.ts';`,
  'harness/evidence/files.ts': `import { writePage } from '../report/html/write-page.ts';\nimport '../../files/write.ts';`,
  'harness/cli/main.ts': `import { Command } from 'commander';\nimport '../services.ts';`,
  'harness/twin/json.ts': `import '../../model/kernel/jsonb.ts';`,
  'harness/twin/agreement.ts': `await import('../lockstep/lockstep.ts');`,
  'harness/pgflow/engine.ts': `import { release } from './1/release.ts';`,
  'harness/pgflow/1/release.ts': `import { machine } from '../../../model/pgflow/1/machine.ts';`,
  'harness/pgflow/twin/index.ts': `import type { AnyFlow } from '@pgflow/dsl';\nimport './backend/sql.ts';`,
  'harness/pgflow/twin/backend/sql.ts': `await import('../../1/release.ts');\nimport '../../../twin/agreement.ts';`,
  'harness/pgflow/twin/vitest.ts': `import { expect } from 'vitest';`,
  'harness/pgflow/twin/fast-check.ts': `import fc from 'fast-check';`,
  'harness/pgflow/twin/client/client.ts': `import type { IPgflowClient } from '@pgflow/core';`,
  'harness/event-store/engine.ts': '',
  'harness/event-store/keys.ts': '',
  'harness/event-store/twin/index.ts': `import './sql.ts';\nimport '../../twin/json.ts';`,
  'harness/activity-ledger/engine.ts': '',
  'harness/activity-ledger/twin/index.ts': '',
  'harness/state-machine/engine.ts': '',
  'harness/state-machine/twin/index.ts': '',
  'harness/state-machine/twin/vitest.ts': `import { expect } from 'vitest';`,
  'harness/dag-cascade/engine.ts': '',
  'harness/dag-cascade/twin/index.ts': `import '../../twin/json.ts';`,
  'harness/event-store/twin/sql.ts': `await import('../../../sql/pglite/open.ts');\nawait import('../keys.ts');`,
};

const faultsWith = (changes: Readonly<Record<string, string>>) =>
  faultsIn(new Map(Object.entries({ ...sound, ...changes })));

describe('the check of the import rules', () => {
  it('finds no fault in a house where everything is where it belongs', () => {
    expect(faultsWith({})).toEqual([]);
  });

  it.each<[string, string, string, string]>([
    ['the kernel imports an engine', 'model/kernel/sql-error.ts', `import '../pgmq/send.ts';`, 'the kernel'],
    ['the kernel imports a package', 'model/kernel/sql-error.ts', `import 'zod';`, 'the kernel'],
    ['the kernel reads the clock of Node', 'model/kernel/sql-error.ts', `import 'node:os';`, 'the kernel'],
    [
      'the queue imports what is built on it',
      'model/pgmq/send.ts',
      `import '../pgflow/1/machine.ts';`,
      'the model of',
    ],
    [
      'a model touches SQL',
      'model/pgmq/send.ts',
      `import type { D } from '../../sql/driver.ts';`,
      'the model of',
    ],
    ['a model writes a file', 'model/pgmq/send.ts', `import '../../files/write.ts';`, 'the model of'],
    ['a report writes a file', 'harness/report/text.ts', `import '../../files/write.ts';`, 'the room report'],
    [
      'a twin writes a file',
      'harness/pgflow/twin/run.ts',
      `import '../../../files/write.ts';`,
      'the twin of an engine',
    ],
    ['what touches the disk asks a database', 'files/write.ts', `import '../sql/driver.ts';`, 'what touches'],
    ['a model draws random numbers', 'model/pgmq/send.ts', `import fc from 'fast-check';`, 'the model of'],
    [
      'the SQL borrows logic',
      'sql/pgflow/calls.ts',
      `import { C } from '../../model/pgmq/commands.ts';`,
      'the SQL of',
    ],
    [
      'types come with a loading import',
      'sql/pgflow/calls.ts',
      `import { type C } from '../../model/pgmq/commands.ts';`,
      'the SQL of',
    ],
    ['the SQL of the queue knows pgflow', 'sql/pgmq/calls.ts', `import '../pgflow/calls.ts';`, 'the SQL of'],
    [
      'the SQL of an engine opens a database',
      'sql/pgmq/calls.ts',
      `import '../pglite/open.ts';`,
      'the SQL of',
    ],
    [
      'a shared file of sql knows an engine',
      'sql/driver.ts',
      `import './pgmq/calls.ts';`,
      'the shared files of sql',
    ],
    [
      'a shared file of sql borrows logic of the kernel',
      'sql/result.ts',
      `import '../model/kernel/jsonb.ts';`,
      'the shared files of sql',
    ],
    ['a database knows an engine', 'sql/pglite/open.ts', `import '../pgmq/calls.ts';`, 'a database knows'],
    [
      'a shared room knows a model',
      'harness/lockstep/lockstep.ts',
      `import type { M } from '../../model/pgmq/send.ts';`,
      'the room lockstep of the shared harness',
    ],
    [
      'a shared room knows a release',
      'harness/contract/engine.ts',
      `import '../pgflow/1/release.ts';`,
      'the room contract of the shared harness',
    ],
    [
      'a shared room asks the list of engines',
      'harness/commands/verify.ts',
      `import { engines } from '../engines.ts';`,
      'the room commands of the shared harness',
    ],
    [
      'a shared room opens a database',
      'harness/commands/verify.ts',
      `await import('../../sql/pglite/open.ts');`,
      'the room commands of the shared harness',
    ],
    [
      'a room looks into one that comes after it, for a type alone',
      'harness/trace/format.ts',
      `import type { L } from '../lockstep/lockstep.ts';`,
      'of the other rooms only contract',
    ],
    [
      'a command writes its report',
      'harness/commands/verify.ts',
      `import '../report/text.ts';`,
      'the room commands of the shared harness',
    ],
    [
      'a report asks a database',
      'harness/report/text.ts',
      `import type { D } from '../../sql/driver.ts';`,
      'the room report of the shared harness',
    ],
    [
      'a shared room is a command line',
      'harness/report/text.ts',
      `import { Command } from 'commander';`,
      'the room report of the shared harness',
    ],
    [
      'a database is loaded at once',
      'harness/services.ts',
      `import '../sql/pglite/open.ts';`,
      'the composition root',
    ],
    [
      'the list of engines looks behind the door of an engine',
      'harness/engines.ts',
      `import { release } from './pgflow/1/release.ts';`,
      'the list of engines',
    ],
    [
      'the entry point knows an engine',
      'harness/index.ts',
      `export { release } from './pgflow/1/release.ts';`,
      'the entry point',
    ],
    ['a file lies loose in the harness', 'harness/stray.ts', `import './engines.ts';`, 'belongs to no room'],
    [
      'one engine knows another',
      'harness/event-store/keys.ts',
      `import '../../model/pgflow/1/machine.ts';`,
      'the harness of an engine',
    ],
    [
      'an engine writes evidence',
      'harness/pgflow/1/release.ts',
      `import '../../evidence/files.ts';`,
      'the harness of an engine',
    ],
    [
      'an engine asks the list of engines',
      'harness/pgflow/1/release.ts',
      `import '../../engines.ts';`,
      'the harness of an engine',
    ],
    [
      'the script of a page loads what only Node has',
      'harness/report/html/client/main.ts',
      `import '../page-data.ts';`,
      'the script of a page',
    ],
    [
      'a page is loaded into Node',
      'harness/evidence/files.ts',
      `import '../report/html/client/main.ts';`,
      'the room evidence of the shared harness',
    ],
    [
      'another room than report lays out graphs',
      'harness/lockstep/lockstep.ts',
      `import '@dagrejs/dagre';`,
      'the room lockstep of the shared harness',
    ],
    ['the command knows an engine', 'harness/cli/main.ts', `import '../pgflow/engine.ts';`, 'the command'],
    [
      'the command opens a database',
      'harness/cli/main.ts',
      `await import('../../sql/pglite/open.ts');`,
      'the command',
    ],
    [
      'what all twins share knows an engine',
      'harness/twin/json.ts',
      `import type { M } from '../../model/pgmq/send.ts';`,
      'what all twins share',
    ],
    ['what all twins share loads a package', 'harness/twin/json.ts', `import 'zod';`, 'what all twins share'],
    [
      'what all twins share loads the lockstep at once',
      'harness/twin/json.ts',
      `import '../lockstep/lockstep.ts';`,
      'what all twins share',
    ],
    [
      'the twin of an engine loads SQL at once',
      'harness/pgflow/twin/run.ts',
      `import '../../../sql/driver.ts';`,
      'the twin of an engine',
    ],
    [
      'the twin of an engine loads a shared room at once',
      'harness/pgflow/twin/run.ts',
      `import '../../report/text.ts';`,
      'the twin of an engine',
    ],
    [
      'the twin of an engine knows the command',
      'harness/pgflow/twin/run.ts',
      `await import('../../cli/main.ts');`,
      'the twin of an engine',
    ],
    [
      'the twin of an engine loads a database at once',
      'harness/event-store/twin/index.ts',
      `import '../../../sql/pglite/open.ts';`,
      'the twin of an engine',
    ],
    [
      'the twin of an engine loads its harness at once',
      'harness/event-store/twin/index.ts',
      `import '../keys.ts';`,
      'the twin of an engine',
    ],
    [
      'the twin of an engine knows another engine',
      'harness/event-store/twin/index.ts',
      `import type { S } from '../../../model/pgmq/send.ts';`,
      'the twin of an engine',
    ],
    [
      'the twin of an engine knows the twin of another',
      'harness/event-store/twin/index.ts',
      `import type { S } from '../../pgflow/twin/index.ts';`,
      'the twin of an engine',
    ],
    [
      'the twin of an engine loads a package',
      'harness/event-store/twin/index.ts',
      `import 'zod';`,
      'the twin of an engine',
    ],
    [
      'a file re-exports what it may not import',
      'model/kernel/sql-error.ts',
      `export * from '../pgmq/send.ts';`,
      'the kernel',
    ],
    [
      'a type is imported in passing',
      'model/kernel/sql-error.ts',
      `let x: import('../pgmq/send.ts').X;`,
      'the kernel',
    ],
    ['a file is in no room', 'elsewhere.ts', `import './model/index.ts';`, 'belongs to no room'],
    ['a file is imported that is not there', 'sql/driver.ts', `import './gone.ts';`, 'no source file'],
    ['an import is worked out at run time', 'sql/driver.ts', 'await import(name);', 'name it'],
  ])('finds the fault where %s', (_, file, text, rule) => {
    const faults = faultsWith({ [file]: `// a first line\n${text}` });
    expect(faults.length).toBeGreaterThan(0);
    expect(faults[0]).toContain(`src/${file}:2: `);
    expect(faults[0]).toContain(rule);
  });

  it('finds a circle of files, but not one of types within a room', () => {
    const other = 'model/kernel/sql-error.ts';
    expect(faultsWith({ [other]: `import type { J } from './jsonb.ts';` })).toEqual([]);
    const faults = faultsWith({
      'model/kernel/jsonb.ts': `import './sql-error.ts';`,
      [other]: `import './jsonb.ts';`,
    });
    expect(faults).toEqual([
      'src/model/kernel/jsonb.ts:1 -> src/model/kernel/sql-error.ts:1 -> src/model/kernel/jsonb.ts: files import each other in a circle',
    ]);
  });

  it('finds a circle of rooms, even one of types, and one that takes a detour', () => {
    const deeper = { 'harness/pgflow/1/deep/a.ts': `import type { B } from '../b.ts';` };
    expect(faultsWith({ ...deeper, 'harness/pgflow/1/b.ts': '' })).toEqual([]);
    expect(
      faultsWith({ ...deeper, 'harness/pgflow/1/b.ts': `import type { A } from './deep/a.ts';` }),
    ).toEqual([
      'src/harness/pgflow/1/b.ts:1 -> src/harness/pgflow/1/deep/a.ts:1: the rooms harness/pgflow/1 and harness/pgflow/1/deep import each other in a circle',
    ]);
    const detour = faultsWith({
      'harness/pgflow/a/a.ts': `await import('../b/b.ts');`,
      'harness/pgflow/b/b.ts': `import type { C } from '../c/c.ts';`,
      'harness/pgflow/c/c.ts': `import type { A } from '../a/a.ts';`,
    });
    expect(detour).toContain(
      'src/harness/pgflow/a/a.ts:1 -> src/harness/pgflow/b/b.ts:1 -> src/harness/pgflow/c/c.ts:1: the rooms harness/pgflow/a and harness/pgflow/b import each other in a circle',
    );
  });

  it('finds a folder of the harness that is neither a room of the plan nor an engine', () => {
    expect(faultsWith({ 'harness/html/page.ts': `import '../contract/engine.ts';` })).toEqual([
      'src/harness/html/page.ts: belongs to no room of the harness, and to no engine, as there is no src/harness/html/engine.ts: add the room to the import rules',
    ]);
  });

  it('finds that more files ask for the list of engines than may', () => {
    const one = { 'harness/cli/subjects.ts': `import { engines } from '../engines.ts';` };
    expect(faultsWith(one)).toEqual([]);
    const faults = faultsWith({ ...one, 'harness/cli/help.ts': `import { engines } from '../engines.ts';` });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain('at most 3 files may');
  });

  it('finds what an entry point loads by a detour, and the way there', () => {
    // Allowed where it stands, but not on this way.
    const faults = faultsWith({
      'harness/services.ts': '',
      'harness/index.ts': `import '../sql/pglite/open.ts';`,
    });
    expect(faults).toHaveLength(2);
    expect(faults[1]).toBe(
      'src/harness/index.ts:1 -> src/sql/pglite/open.ts:1 -> @electric-sql/pglite; pgtwin/verify loads PGlite and the parser of SQL on demand alone',
    );
    expect(faultsWith({ 'harness/pgflow/twin/index.ts': `import { Flow } from '@pgflow/dsl';` })).toEqual([
      'src/harness/pgflow/twin/index.ts:1 -> @pgflow/dsl; pgtwin loads no package at all',
    ]);
    expect(
      faultsWith({
        'harness/index.ts': `import './report/html/write-page.ts';`,
        'harness/report/html/write-page.ts': `import '@dagrejs/dagre';`,
      }),
    ).toEqual([
      'src/harness/index.ts:1 -> src/harness/report/html/write-page.ts:1 -> @dagrejs/dagre; pgtwin/verify loads what lays out a page on demand alone',
    ]);
    expect(
      faultsWith({ 'model/pgmq/commands.ts': `import 'zod';`, 'model/pgmq/send.ts': `import 'left-pad';` }),
    ).toContain(
      'src/model/index.ts:1 -> src/model/pgflow/1/machine.ts:1 -> src/model/pgmq/send.ts:1 -> left-pad; pgtwin/model loads no package but zod',
    );
  });
});

describe('an entry point', () => {
  it('that is not there is a fault, not a check that is left out', () => {
    const { 'model/index.ts': _, ...rest } = sound;
    expect(faultsIn(new Map(Object.entries(rest)))).toEqual([
      'src/model/index.ts: no such entry point; pgtwin/model loads no package but zod',
    ]);
  });
});

describe('what a file imports', () => {
  it('is told with its line and with what is left of it when compiled', () => {
    const text = [
      `import a, { type B } from './a.ts';`,
      `import type { C } from './c.ts';`,
      `import './d.ts';`,
      `export { e } from './e.ts';`,
      `export type { F } from './f.ts';`,
      `const g = () => import('./g.ts');`,
      `type H = import('./h.ts').H;`,
      `// import './no.ts'`,
      `const no = "import './no.ts'";`,
    ].join('\n');
    expect(importsOf('x.ts', text).map(({ specifier, line, kind }) => [specifier, line, kind])).toEqual([
      ['./a.ts', 1, 'static'],
      ['./c.ts', 2, 'type'],
      ['./d.ts', 3, 'static'],
      ['./e.ts', 4, 'static'],
      ['./f.ts', 5, 'type'],
      ['./g.ts', 6, 'dynamic'],
      ['./h.ts', 7, 'type'],
    ]);
  });
});
