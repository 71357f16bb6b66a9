/** The documents against the sources: tables, links, and what the README has to name. Their snippets are run in the second tier. */
import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { engines } from '../src/harness/engines.ts';
import { findEngine } from '../src/harness/services.ts';
import { deviationsTable } from './support/deviations-table.ts';
import { documentsInDocs, linksIn, root, textOf } from './support/documents.ts';

const readme = await textOf('README.md');

test('the README names every optional package, every engine and every release', async () => {
  const { peerDependencies } = JSON.parse(await textOf('package.json'));
  const [, install = ''] = /\| you use \|([\s\S]*?)\n\n/.exec(readme) ?? [];
  for (const name of Object.keys(peerDependencies)) expect(install).toMatch(new RegExp(`[\` ]${name}[@\`]`));
  const [, table = ''] = /<!-- engines -->\n([\s\S]*)\n<!-- \/engines -->/.exec(readme) ?? [];
  for (const { name, releases } of engines) {
    expect(table).toContain(`| [${name}]`);
    for (const { release } of releases) expect(table).toContain(`\`${release}\``);
  }
});

test.each([
  ['docs/deviations.md', 'pgflow'],
  ['docs/event-store.md', 'event-store'],
  ['docs/dag-cascade.md', 'dag-cascade'],
  ['docs/activity-ledger.md', 'activity-ledger'],
  ['docs/fornext.md', 'state-machine'],
])('the table of deviations in %s is the registry of %s', async (document, engine) => {
  const text = await textOf(document);
  const [, table] = /<!-- deviations -->\n([\s\S]*)\n<!-- \/deviations -->/.exec(text) ?? [];
  expect(table).toBe(deviationsTable(findEngine(engine).deviations ?? []));
});

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

test('every link in the README and the documents to a file of this repository leads to one', async () => {
  const others = ['CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', '.github/pull_request_template.md'];
  const dead: string[] = [];
  for (const document of ['README.md', ...documentsInDocs, ...others]) {
    for (const target of linksIn(await textOf(document))) {
      if (!(await exists(join(root, dirname(document), target)))) dead.push(`${document}: ${target}`);
    }
  }
  expect(dead).toEqual([]);
});

test('every path of the sources that a document names is there', async () => {
  const others = ['README.md', 'CONTRIBUTING.md', 'examples/smallest-engine/README.md'];
  const gone: string[] = [];
  for (const document of [...others, ...documentsInDocs]) {
    const text = await textOf(document);
    for (const [, path = ''] of text.matchAll(
      /[` ]((?:src|tests|examples|scripts|bench)\/[\w./-]*\w)[`/ ]/g,
    )) {
      if (!path.includes('<') && !(await exists(join(root, path)))) gone.push(`${document}: ${path}`);
    }
  }
  expect(gone).toEqual([]);
});
