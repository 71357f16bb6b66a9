/** The lists of equivalent mutants that releases keep as data. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  eventStoreTextUnderTest,
  eventStoreUuidUnderTest,
} from '../../../../src/harness/event-store/release.ts';
import { readEquivalents } from '../../../../src/harness/mutants/read-equivalents.ts';
import { pgflow0120UnderTest } from '../../../../src/harness/pgflow/0.1.20/release.ts';
import { pgflow081UnderTest } from '../../../../src/harness/pgflow/0.8.1/release.ts';

describe('a list of equivalent mutants', () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'equivalents-'));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it.each([pgflow0120UnderTest, pgflow081UnderTest, eventStoreUuidUnderTest, eventStoreTextUnderTest])(
    'of $engine $release argues for each mutant once',
    ({ mutation }) => {
      const ids = mutation!.equivalents.flatMap(({ mutants }) => Object.keys(mutants));
      expect(ids.length).toBeGreaterThan(0);
      expect(new Set(ids).size).toBe(ids.length);
    },
  );

  it.each([
    ['is no JSON', '[{', /JSON/],
    ['is no list', '{}', /expected array/],
    ['gives no reason', '[{ "mutants": { "0a1fb1ec": "add: + b" } }]', /0.*reason/s],
    [
      'names a mutant by something other than its id',
      '[{ "reason": "r", "mutants": { "add": "x" } }]',
      /add/,
    ],
  ])('that %s is an error that names the file', (_, text, fault) => {
    const file = join(directory, 'list.json');
    writeFileSync(file, text);
    expect(() => readEquivalents(pathToFileURL(file))).toThrow(`no list of equivalent mutants: ${file}: `);
    expect(() => readEquivalents(pathToFileURL(file))).toThrow(fault);
  });

  it('that is not there is an error that names the file', () => {
    const file = join(directory, 'none.json');
    expect(() => readEquivalents(pathToFileURL(file))).toThrow(
      `no list of equivalent mutants: ${file}: ENOENT`,
    );
  });
});
