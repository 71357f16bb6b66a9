/** What a user's SQL adds to an engine, and what of it is left out of a comparison. */
import { describe, expect, it } from 'vitest';
import { generateTrace } from '../../../src/harness/campaign/generate.ts';
import { Additions } from '../../../src/harness/contract/additions.ts';
import type { ExecutableRelease } from '../../../src/harness/contract/engine.ts';
import { engines } from '../../../src/harness/engines.ts';
import { tell } from '../../../src/harness/report/told.ts';
import type { Row } from '../../../src/model/kernel/transition.ts';

type Release = ExecutableRelease<unknown, { type: string }>;

const release = {
  machine: { initialState: null },
  project: () =>
    new Map<string, Row[]>([
      ['toy.runs', []],
      ['toy.queues', []],
      ['toy.runs_id_seq', [{ last_value: 0 }]],
    ]),
  columns: { 'toy.runs': ['id', 'status'], 'toy.queues': ['name'] },
  comparison: { key: (table: string) => (table === 'toy.runs' ? ['id'] : ['name']) },
} as unknown as Release;

const catalogue = {
  columns: new Map([
    ['toy.runs', new Set(['id', 'status', 'note', 'owner'])],
    ['toy.queues', new Set(['name', 'size'])],
    ['toy.log', new Set(['id'])],
  ]),
  sequences: new Set(['toy.runs_id_seq', 'toy.log_id_seq', 'toy.runs_owner_seq', 'toy.counter']),
  parameters: new Map(),
  keys: new Map(),
};
const mine = { name: 'mine', size: 1 };
const atStart = new Map<string, Row[]>([
  ['toy.runs', []],
  ['toy.queues', [mine]],
  ['toy.runs_id_seq', [{ last_value: 0 }]],
  ['toy.runs_owner_seq', [{ last_value: 0 }]],
  ['toy.log', [{ id: 1 }]],
  ['toy.log_id_seq', [{ last_value: 1 }]],
  ['toy.counter', [{ last_value: 0 }]],
]);
const additions = new Additions(release, atStart, catalogue);
const seen = (tables: Record<string, Row[]>) =>
  Object.fromEntries(additions.leaveOutOf(new Map(Object.entries(tables))));

describe('what is there just after installing, and not in the model', () => {
  it('is named, sequences of what is named apart', () => {
    expect(additions.names).toEqual([
      'table toy.log',
      'column toy.runs.note',
      'column toy.runs.owner',
      'column toy.queues.size',
      'sequence toy.counter',
      '1 row of toy.queues',
    ]);
    expect(new Additions(release, release.project(null), { ...catalogue, columns: new Map() }).isEmpty).toBe(
      true,
    );
  });

  it('is left out: tables, sequences, columns, rows', () => {
    expect(
      seen({
        'toy.runs': [{ id: 1, status: 'done', note: 'x', owner: 7 }],
        'toy.queues': [{ name: 'f', size: 0 }, mine],
        'toy.log': [{ id: 1 }, { id: 2 }],
        'toy.counter': [{ last_value: 5 }],
        'toy.runs_id_seq': [{ last_value: 1 }],
      }),
    ).toEqual({
      'toy.runs': [{ id: 1, status: 'done' }],
      'toy.queues': [{ name: 'f' }],
      'toy.runs_id_seq': [{ last_value: 1 }],
    });
  });

  it('hides nothing that comes later', () => {
    expect(seen({ 'toy.late': [] })).toEqual({ 'toy.late': [] });
    // A second row like the first, a row of it that is changed, and a column that nobody had.
    expect(seen({ 'toy.queues': [mine, mine] })).toEqual({ 'toy.queues': [{ name: 'mine' }] });
    expect(seen({ 'toy.queues': [{ name: 'yours', size: 1 }] })).toEqual({
      'toy.queues': [{ name: 'yours' }],
    });
    expect(seen({ 'toy.queues': [{ name: 'f', late: 1 }] })).toEqual({
      'toy.queues': [{ name: 'f', late: 1 }],
    });
  });

  it('gives the same rows for the same rows, so that what did not change is not compared again', () => {
    const rows: Row[] = [{ id: 1, status: 'done', note: 'x', owner: 7 }];
    expect(seen({ 'toy.runs': rows })['toy.runs']).toBe(seen({ 'toy.runs': rows })['toy.runs']);
  });
});

describe('in a result', () => {
  const whole = { id: 1, status: 'done', note: 'x', owner: 7 };
  const returned = (row: Row) => additions.leaveOutOfResult({ ok: true, rows: [row] });

  it.each<[string, Row, Row]>([
    ['a whole row', whole, { id: 1, status: 'done' }],
    ['a whole row without a known column', { id: 1, note: null, owner: null }, { id: 1 }],
    ['whole rows within JSON', { all: { runs: [whole] } }, { all: { runs: [{ id: 1, status: 'done' }] } }],
  ])('%s has no added columns', (_, row, left) => {
    expect(returned(row)).toEqual({ ok: true, rows: [left] });
  });

  it.each<[string, Row]>([
    ['what has only some of them', { id: 1, note: 'x' }],
    ['what has something else', { ...whole, more: 1 }],
    ['what has not the key', { status: 'done', note: 'x', owner: 7 }],
    ['values of a user', { id: { note: [1, null] } }],
  ])('%s stays as it is', (_, row) => {
    expect(returned(row)).toEqual({ ok: true, rows: [row] });
  });

  it('a refusal is none', () => {
    const refused = { ok: false, refusal: { sqlstate: '23502', column: 'note' } } as const;
    expect(additions.leaveOutOfResult(refused)).toBe(refused);
  });
});

describe('the columns that a model knows', () => {
  const releases = engines.flatMap((engine) => engine.releases).filter(({ columns }) => columns);

  it.each(releases.map((each) => [`${each.engine} ${each.release}`, each] as const))(
    'are those of its rows: %s',
    (_, each) => {
      const found = new Map<string, Set<string>>();
      for (let index = 0; index < 40; index++) {
        const trace = generateTrace(each, { seed: 1, index, maxCommands: 30 });
        for (const { after } of tell(each, trace)) {
          for (const [table, [row]] of after) {
            if (row && each.columns![table]) found.set(table, new Set(Object.keys(row)));
          }
        }
      }
      // In 0.1.20 nothing registers a worker, and nothing is broadcast.
      const empty = each.release.startsWith('0.1.20') ? ['pgflow.workers', 'realtime.sent'] : [];
      expect([...found.keys(), ...empty].sort()).toEqual(Object.keys(each.columns!).sort());
      for (const [table, columns] of found)
        expect([...columns].sort()).toEqual(each.columns![table]!.toSorted());
    },
  );
});
