import { describe, expect, it } from 'vitest';
import {
  absent,
  compareInstants,
  compareObservations,
  compareResults,
} from '../../../src/harness/lockstep/comparison.ts';
import type { Row } from '../../../src/model/kernel/transition.ts';

const rules = { key: () => ['id'], loose: [] };
const compare = (
  model: readonly Row[],
  sql: readonly Row[],
  how: Parameters<typeof compareObservations>[2] = rules,
) => compareObservations(new Map([['pgflow.runs', model]]), new Map([['pgflow.runs', sql]]), how);
const results = (model: readonly Row[], sql: readonly Row[], isOrdered = false) =>
  compareResults({ ok: true, rows: model }, { ok: true, rows: sql }, isOrdered).map(({ where }) => where);

describe('two observations', () => {
  it('that are equal do not differ, whatever the order of rows and of keys in JSON', () => {
    const model = [
      { id: 1, input: { a: [1, { b: 2 }], c: null }, at: 5 },
      { id: 2, input: undefined, at: Number.NaN },
    ];
    const sql = [
      { at: Number.NaN, id: 2, input: undefined },
      { id: 1, input: { c: null, a: [1, { b: 2 }] }, at: 5 },
    ];
    expect(compare(model, sql)).toEqual([]);
    expect(compare([], [])).toEqual([]);
  });

  it('differ in the column that differs, named by the row’s place and key', () => {
    const model = [
      { id: 1, status: 'started' },
      { id: 'x y', status: 'started' },
    ];
    const sql = [
      { id: 1, status: 'started' },
      { id: 'x y', status: 'failed' },
    ];
    expect(compare(model, sql)).toEqual([
      { where: 'runs[1].status', table: 'pgflow.runs', row: 'id=x y', model: 'started', sql: 'failed' },
    ]);
  });

  it.each<[string, unknown, unknown]>([
    ['SQL NULL and null in JSON', undefined, null],
    ['a number and its text', 1, '1'],
    ['a number and the same beyond 2^53', 9007199254740992, 9007199254740993n],
    ['null and an object', null, {}],
    ['an array and an object', [], {}],
    ['objects with __proto__ of their own', JSON.parse('{"__proto__": 1}'), JSON.parse('{"__proto__": 2}')],
    ['an own __proto__ and none', JSON.parse('{"__proto__": {}}'), {}],
    ['an array and a longer one', [1], [1, 1]],
    ['true and 1', true, 1],
  ])('tell %s apart', (_, model, sql) => {
    expect(compare([{ id: 1, value: model }], [{ id: 1, value: sql }])).toHaveLength(1);
    expect(compare([{ id: 1, value: sql }], [{ id: 1, value: model }])).toHaveLength(1);
  });

  it('differ in a row, a column or a table that one side lacks', () => {
    const row = { id: 1, status: 'started' };
    expect(compare([row], [])).toMatchObject([{ where: 'runs[0]', row: 'id=1', model: row, sql: absent }]);
    expect(compare([], [row])).toMatchObject([{ where: 'runs[0]', row: 'id=1', model: absent, sql: row }]);
    expect(compare([row], [{ id: 1 }])).toMatchObject([{ where: 'runs[0].status', sql: absent }]);
    expect(compare([{ id: 1, output: undefined }], [{ id: 1, input: undefined }])).toMatchObject([
      { where: 'runs[0].output', sql: absent },
      { where: 'runs[0].input', model: absent },
    ]);
    const queue = new Map([['pgmq.q_a', [row]]]);
    expect(compareObservations(queue, new Map(), rules)).toMatchObject([{ where: 'q_a', sql: absent }]);
    expect(compareObservations(new Map(), queue, rules)).toMatchObject([{ where: 'q_a', model: absent }]);
  });

  it('pair rows of the same key, or of no key, by their order', () => {
    const keyless = { key: () => [], loose: [] };
    expect(compare([{ v: 1 }, { v: 2 }], [{ v: 1 }, { v: 3 }], keyless)).toMatchObject([
      { where: 'runs[1].v', model: 2, sql: 3 },
    ]);
  });

  it('are allowed to differ in a column that is listed as loose, but not to lack it', () => {
    const loose = { ...rules, loose: [{ table: 'pgflow.runs', column: 'at', reason: 'the test wants it' }] };
    expect(compare([{ id: 1, at: 1 }], [{ id: 1, at: 2 }], loose)).toEqual([]);
    expect(compare([{ id: 1, at: 1, n: 1 }], [{ id: 1, at: 2, n: 2 }], loose)).toMatchObject([
      { where: 'runs[0].n' },
    ]);
    expect(compare([{ id: 1, at: 1 }], [{ id: 1 }], loose)).toHaveLength(1);
  });
});

describe('two results', () => {
  it('are the same rows in any order, where the SQL promises none', () => {
    const [a, b, c] = [{ n: 1 }, { n: 2 }, { n: 3 }];
    expect(results([a, b, b], [b, a, b])).toEqual([]);
    expect(results([a, b, b], [a, a, b])).toEqual(['result[1].n']);
    expect(results([a], [a, c])).toEqual(['result[1]']);
    expect(results([a, b], [b, a], true)).toEqual(['result[0].n', 'result[1].n']);
  });

  it('pair rows without a promised order by the fewest columns that differ, so that no order is told as a difference', () => {
    const row = (id: number, name: string, more = 0) => ({ id, name, more });
    const model = [row(1, 'a'), row(2, 'b'), row(3, 'c')];
    expect(results(model, [row(3, 'c', 1), row(1, 'a', 1), row(2, 'b', 1)])).toEqual([
      'result[0].more',
      'result[1].more',
      'result[2].more',
    ]);
    // A row that has no counterpart is alone, wherever it stands.
    expect(results(model, [row(9, 'x', 9), row(3, 'c', 1), row(1, 'a'), row(2, 'b', 1)])).toEqual([
      'result[0]',
      'result[1].more',
      'result[3].more',
    ]);
    expect(results(model, [row(3, 'c', 1), row(1, 'a', 1)])).toEqual([
      'result[0].more',
      'result[1].more',
      'result[1]',
    ]);
    // Where an order is promised, it is part of the answer.
    expect(results(model.slice(0, 2), [row(2, 'b', 1), row(1, 'a', 1)], true)).toHaveLength(6);
  });

  it('of many rows that all differ are paired in no time to speak of', () => {
    const rows = (more: number) => Array.from({ length: 2000 }, (_, id) => ({ id, more }));
    expect(results(rows(0), rows(1).reverse()).length).toBeGreaterThan(100);
  });

  it('are not the same where one is a refusal', () => {
    const refused = { ok: false, refusal: { sqlstate: '23505', constraint: 'k' } } as const;
    expect(compareResults({ ok: true, rows: [] }, refused, true)).toMatchObject([{ where: 'result' }]);
    expect(compareResults(refused, refused, true)).toEqual([]);
  });

  it('are the same refusal by SQLSTATE, constraint, column, and the message where the model states one', () => {
    const refused = (refusal: { sqlstate: string; constraint?: string; column?: string; message?: string }) =>
      ({ ok: false, refusal }) as const;
    const where = (...[model, sql]: Parameters<typeof refused>[0][]) =>
      compareResults(refused(model!), refused(sql!), true).map((each) => each.where);
    expect(where({ sqlstate: '22003' }, { sqlstate: '22003', message: 'integer out of range' })).toEqual([]);
    expect(where({ sqlstate: 'P0001', message: 'a' }, { sqlstate: 'P0001', message: 'b' })).toEqual([
      'result.message',
    ]);
    expect(where({ sqlstate: '23514', constraint: 'a' }, { sqlstate: '23514', constraint: 'b' })).toEqual([
      'result.constraint',
    ]);
    expect(where({ sqlstate: '23502', column: 'a' }, { sqlstate: '23503' })).toEqual([
      'result.sqlstate',
      'result.column',
    ]);
  });
});

it('a refusal agrees with any of those that the model allows in its place', () => {
  const model = { ok: false, refusal: { sqlstate: '22023' }, alternatives: [{ sqlstate: '22003' }] } as const;
  const where = (sqlstate: string) =>
    compareResults(model, { ok: false, refusal: { sqlstate } }, true).map((each) => each.where);
  expect(where('22023')).toEqual([]);
  expect(where('22003')).toEqual([]);
  expect(where('22004')).toEqual(['result.sqlstate']);
});

it('instants differ by a millisecond', () => {
  expect(compareInstants(5, 5)).toEqual([]);
  expect(compareInstants(5, 6)).toMatchObject([{ where: 'finishedAt', model: 5, sql: 6 }]);
});
