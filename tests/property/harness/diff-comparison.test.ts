import { describe, expect, it } from 'vitest';
import type { DiffSupport, Journal } from '../../../src/harness/contract/diff.ts';
import { Groups } from '../../../src/harness/diff/groups.ts';
import { compareJournals } from '../../../src/harness/diff/journal.ts';
import type { Place } from '../../../src/harness/diff/places.ts';
import { comparePlaces } from '../../../src/harness/diff/results.ts';
import { SharedSchema } from '../../../src/harness/diff/shared-schema.ts';
import { TableComparison } from '../../../src/harness/diff/tables.ts';
import { pgflowDiff } from '../../../src/harness/pgflow/diff.ts';
import { withSection } from '../../../src/harness/report/diff-markdown.ts';
import { inWords } from '../../../src/harness/report/diff-words.ts';
import type { Row } from '../../../src/model/kernel/transition.ts';

const whats = (places: readonly Place[]) => places.map(({ what }) => what);

/** More than a function may have arguments. */
const many = <Item>(item: (i: number) => Item) => Array.from({ length: 200_000 }, (_, i) => item(i + 1));

describe('tables of many rows', () => {
  const nothing = { tables: new Set<string>(), columns: new Map(), sequences: new Set<string>() };
  const empty = { ...nothing, functions: new Map(), parameters: new Map(), keys: new Map() } as never;

  it('are followed: a journal', () => {
    const journal = { table: 'toy.sent', id: 'id', kindOf: () => 'one', payload: 'payload' };
    const support = { journals: [journal], leftOut: [], tables: [] } as unknown as DiffSupport;
    const rules = { key: () => ['id'], loose: [] };
    const comparison = new TableComparison(support, new SharedSchema({ from: empty, to: empty }), rules);
    // None of them is new, so that none is compared with all others.
    const sent = new Map([['toy.sent', many(() => ({ id: 0, payload: {} }))]]);
    expect(comparison.next({ from: sent, to: sent })).toEqual([]);
    expect(comparison.next({ from: sent, to: sent })).toEqual([]);
  });

  it('are followed: a queue', () => {
    const queue = new Map([['pgmq.q_f', many((msg_id) => ({ msg_id, message: {}, vt: 0, read_ct: 0 }))]]);
    expect(pgflowDiff.align(queue, queue, queue)).toEqual([]);
  });
});

describe('what was broadcast', () => {
  const journal: Journal = {
    table: 'realtime.sent',
    id: 'id',
    kindOf: ({ payload }) => String((payload as { kind: string }).kind),
    payload: 'payload',
  };
  const sent = (...kinds: (string | [kind: string, step: string])[]): Row[] =>
    kinds.map((each, id) => {
      const [kind, step] = typeof each === 'string' ? [each, 'a'] : each;
      return { id, payload: { kind, step } };
    });
  const compare = (from: Row[], to: Row[]) => whats(compareJournals(journal, from, to));

  it('may be in any order where it is of one kind', () => {
    const [one, other] = [sent(['started', 'a'], ['started', 'b']), sent(['started', 'b'], ['started', 'a'])];
    expect(compare(one, other)).toEqual([]);
  });

  it('has an order between kinds', () => {
    expect(compare(sent('completed', 'started'), sent('started', 'completed'))).toEqual(['sent: the order']);
  });

  it('differs in what one side alone has, told by its kind', () => {
    expect(compare(sent('started'), sent('started', 'completed'))).toEqual(['sent completed (to only)']);
    expect(compare(sent('started', 'started'), sent('started'))).toEqual(['sent started (from only)']);
  });

  it('differs in a key of the payload', () => {
    expect(compare(sent(['failed', 'a']), sent(['failed', 'b']))).toEqual(['sent failed.step']);
  });

  it('is compared without the ids, which count what went before', () => {
    const [row] = sent('started');
    expect(compare([{ ...row, id: 1 }], [{ ...row, id: 7 }])).toEqual([]);
  });
});

describe('what was answered', () => {
  const answer = (...rows: Row[]) => ({ result: { ok: true, rows } as const, finishedAt: 0 });
  const refused = (sqlstate: string) => ({
    result: { ok: false, refusal: { sqlstate } } as const,
    finishedAt: 0,
  });
  const either = (...refusals: { sqlstate: string }[]) => refusals.every(({ sqlstate }) => sqlstate < '23');
  const compare = (from: Parameters<typeof comparePlaces>[0], to: typeof from) => {
    const noted: string[] = [];
    const places = comparePlaces(from, to, false, either, (side, column) => noted.push(`${side} ${column}`));
    return { whats: whats(places), noted };
  };

  it('is compared in the columns that both return', () => {
    expect(compare(answer({ a: 1, b: 2 }), answer({ a: 1, c: 3 }))).toEqual({
      whats: [],
      noted: ['from b', 'to c'],
    });
    expect(compare(answer({ a: 1, b: 2 }), answer({ a: 2 })).whats).toEqual(['returned a']);
  });

  it('tells rows that one side alone returns, and who refuses', () => {
    expect(compare(answer({ a: 1 }), answer()).whats).toEqual(['a returned row (from only)']);
    expect(compare(answer(), refused('23514')).whats).toEqual(['refused with 23514 (to only)']);
    expect(compare(refused('23514'), answer()).whats).toEqual(['refused with 23514 (from only)']);
    expect(compare(refused('23514'), refused('23505')).whats).toEqual(['refusal: sqlstate']);
    // Of two faults either may be met first.
    expect(compare(refused('21000'), refused('22003')).whats).toEqual([]);
    expect(compare(answer(), { ...answer(), finishedAt: 5 }).whats).toEqual(['the instant at which it ends']);
  });
});

describe('what is stored', () => {
  const columns = (...names: string[]) => new Map([['toy.rows', new Set(names)]]);
  const schema = new SharedSchema({
    from: {
      columns: columns('id', 'a', 'old'),
      sequences: new Set(['toy.own']),
      parameters: new Map(),
      keys: new Map(),
    },
    to: {
      columns: columns('id', 'a', 'new'),
      sequences: new Set(),
      parameters: new Map([['toy.f', new Set(['x'])]]),
      keys: new Map(),
    },
  });
  const support = { kindOf: (table: string) => table, leftOut: [], tables: [] } as unknown as DiffSupport;
  const following = () => {
    const comparison = new TableComparison(support, schema, { key: () => ['id'], loose: [] });
    return {
      comparison,
      next: (from: Row[], to: Row[]) =>
        whats(comparison.next({ from: new Map([['toy.rows', from]]), to: new Map([['toy.rows', to]]) })),
    };
  };

  it('is told once where it differs, and again when it differs otherwise', () => {
    const { comparison, next } = following();
    expect(next([{ id: 1, a: 1, old: 0 }], [{ id: 1, a: 2, new: 9 }])).toEqual(['rows.a']);
    expect(comparison.parted).toEqual(['toy.rows']);
    expect(next([{ id: 1, a: 1, old: 5 }], [{ id: 1, a: 2, new: 9 }])).toEqual([]);
    expect(next([{ id: 1, a: 3, old: 5 }], [{ id: 1, a: 2, new: 9 }])).toEqual(['rows.a']);
    expect(next([{ id: 1, a: 2, old: 5 }], [{ id: 1, a: 2, new: 9 }])).toEqual([]);
    expect(comparison.parted).toEqual([]);
  });

  it('tells a row that one side alone has when it appears, whatever becomes of it', () => {
    const { next } = following();
    expect(next([{ id: 1, a: 1, old: 0 }], [])).toEqual(['rows: a row (from only)']);
    expect(next([{ id: 1, a: 2, old: 0 }], [])).toEqual([]);
  });

  it('names what one side alone has', () => {
    expect(schema.onlyIn).toEqual({
      from: ['column toy.rows.old', 'sequence toy.own'],
      to: ['column toy.rows.new', 'function toy.f'],
    });
  });
});

describe('kinds of differences', () => {
  const group = (...names: string[]) => ({
    type: 'f',
    what: names[0]!,
    sample: 0,
    trace: { engine: 'toy', release: '1', startedAt: '2030-01-01T00:00:00.000Z', commands: [] },
    commandsBefore: 0,
    places: names.map((what) => ({ what, where: what, row: '', from: 1, to: 2 })),
    follows: [],
  });

  it('are one where all of the first shows in the second, and little more', () => {
    const groups = new Groups();
    groups.add(group('a', 'b'));
    groups.add(group('c', 'a', 'b'));
    expect(groups.all).toHaveLength(1);
    expect(groups.accountFor({ type: 'f', what: 'c' })).toBe(true);
    expect(groups.accountFor({ type: 'g', what: 'c' })).toBe(false);
  });

  it('are two where more is new than known', () => {
    const groups = new Groups();
    groups.add(group('a'));
    groups.add(group('b', 'a', 'c'));
    expect(groups.all).toHaveLength(2);
    expect(groups.numberOf({ type: 'f', what: 'c' })).toBe(2);
  });
});

describe('queues in a difference of pgflow', () => {
  it('go by one name, also where a queue is called like the sequence of another', () => {
    const sequence = [{ last_value: 3 }];
    expect(pgflowDiff.kindOf('pgmq.q_greet', [])).toBe('pgmq.q_*');
    expect(pgflowDiff.kindOf('pgmq.q_greet_msg_id_seq', sequence)).toBe('pgmq.q_*_seq');
    expect(pgflowDiff.kindOf('pgmq.q_greet_msg_id_seq', [{ msg_id: 1 }])).toBe('pgmq.q_*');
    expect(pgflowDiff.kindOf('pgflow.runs', [])).toBe('pgflow.runs');
  });

  it('have the ids of the other side where both drew the same for the same messages', () => {
    const task = (step_slug: string) => ({ flow_slug: 'f', run_id: 'r', step_slug, task_index: 0 });
    const queue = (...steps: string[]) =>
      new Map([['pgmq.q_f', steps.map((step, i): Row => ({ msg_id: i + 1, message: task(step) }))]]);
    expect(pgflowDiff.align(queue(), queue('a', 'b'), queue('a', 'b'))).toEqual([]);
    expect(pgflowDiff.align(queue('a', 'b'), queue('a', 'b'), queue('b', 'a'))).toEqual([]);
    expect(pgflowDiff.align(queue(), queue('a', 'b'), queue('b', 'c'))).toEqual([]);
    expect(pgflowDiff.align(queue(), queue('a', 'b'), queue('b'))).toEqual([]);
    // The two changes, as a replica, so that no trigger of a project's takes part.
    expect(pgflowDiff.align(queue(), queue('a', 'b'), queue('b', 'a'))).toHaveLength(4);
  });
});

describe('the page on releases', () => {
  it('keeps what is around the section', () => {
    const page = withSection('# Releases\n\nBy hand.\n', 'first');
    expect(withSection(`${page}\nBelow.\n`, 'second')).toBe(`${page.replace('first', 'second')}\nBelow.\n`);
  });
});

describe('a difference in a sentence', () => {
  const names = { from: '0.7.2', to: '0.8.1' };

  it.each([
    ['a_*: a row (to only)', 'a row in an archive exists only in 0.8.1'],
    ['q_*: a row (from only)', 'a row in a queue exists only in 0.7.2'],
    ['step_tasks: a row (from only)', 'a row in step_tasks exists only in 0.7.2'],
    ['table steps (to only)', 'table steps exists only in 0.8.1'],
    ['a returned row (from only)', 'a row is returned only in 0.7.2'],
    ['refused with 23514 (to only)', 'refused with 23514 only in 0.8.1'],
    ['sent step:failed (to only)', 'sent step:failed only in 0.8.1'],
    ['step_states.status', 'step_states.status'],
  ])('%s: %s', (what, sentence) => {
    expect(inWords(what, names)).toBe(sentence);
  });
});

describe('the rows that one side starts with', () => {
  const columns = new Map([['s.log', new Set(['msg'])]]);
  const catalogue = { columns, keys: new Map(), sequences: new Set<string>(), parameters: new Map() };
  const log = (...messages: string[]): Row[] => messages.map((msg) => ({ msg }));
  const initial = { from: new Map([['s.log', log('done', 'done')]]), to: new Map([['s.log', log('done')]]) };
  const schema = new SharedSchema({ from: catalogue, to: catalogue }, initial);
  const kept = (side: 'from' | 'to', ...messages: string[]) =>
    schema.trim(side, 's.log', log(...messages)).map(({ msg }) => msg);

  it('are named, and left out one for one of that side alone', () => {
    expect(schema.onlyIn).toEqual({ from: ['1 row of s.log'], to: [] });
    expect(kept('from', 'done', 'done')).toEqual(['done']);
    expect(kept('to', 'done')).toEqual(['done']);
  });

  it('do not hide another of the same that is written later', () => {
    expect(kept('from', 'done', 'done', 'done')).toEqual(['done', 'done']);
    expect(kept('to', 'done', 'done')).toEqual(['done', 'done']);
  });
});
