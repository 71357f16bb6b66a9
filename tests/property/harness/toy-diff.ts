/** Releases of the toy whose SQL can be held against each other: each a database with a bug of its own, or none. */
import type { DiffSupport } from '../../../src/harness/contract/diff.ts';
import type { Engine } from '../../../src/harness/contract/engine.ts';
import type { Services } from '../../../src/harness/contract/services.ts';
import { openToyDriver, type ToyBug, type ToyDriverOptions, toyEngine } from './toy-engine.ts';

/** By release what is stored in place of a sum. */
const bugs: Readonly<Record<string, ToyBug | undefined>> = {
  '1.0.0': undefined,
  '1.1.0': (sum) => (sum > 20 ? sum + 1 : sum),
  '1.2.0': (sum, { amount }) => (amount === 7 ? 0 : sum),
  '2.0.0': undefined,
};

const toyDiff: DiffSupport = {
  releases: async () => Object.keys(bugs),
  sameSql: (release) => (release === '1.0.1' ? '1.0.0' : release in bugs ? release : undefined),
  source: 'directory',
  installation: async (side) => {
    const name = 'release' in side ? side.release : '2.0.0';
    return { scripts: [{ name: 'toy.sql', sql: name }], migrations: 1, remarks: [] };
  },
  schemas: ['toy'],
  vocabularies: [{ release: '2.0.0', needs: [] }],
  remarks: () => [],
  kindOf: (table) => table,
  tables: [],
  leftOut: [],
  comparable: (_, result) => result,
  mayRefuseEither: () => false,
  mayDrawIds: () => false,
  align: () => [],
};

export const toyWithDiff: Engine = { ...toyEngine, diff: toyDiff };

export const toyServices = (options: ToyDriverOptions = {}): Services => ({
  engines: [toyWithDiff],
  openDriver: async ({ scripts }) => openToyDriver({ ...options, bug: bugs[scripts[0]!.sql] }),
});
