/** Planting: where mutants are found, what they are called, and what is known of them from the start. */
import { describe, expect, it } from 'vitest';
import { entryOf, reasonsOf } from '../../../../src/harness/mutants/equivalents.ts';
import { plantMutants } from '../../../../src/harness/mutants/mutant.ts';
import { select, shareOf } from '../../../../src/harness/mutants/selection.ts';
import { mutated, parser, planted, sqlFunction } from './plant.ts';

const nothing = { functions: [], operators: [], mutants: [], sample: null };

describe('a mutant', () => {
  it('is shown as the lines that change, without the comma of what is left out', () => {
    const body = "\nupdate t\nset a = 1, -- one\n    b = 2\nwhere 'é' <> c;\n";
    const [first, ...others] = planted(body).filter(({ operator }) => operator === 'removal');
    expect(first).toMatchObject({ before: 'set a = 1,', after: 'set', line: 12, file: 'toy.sql' });
    expect(others).toMatchObject([{ before: 'b = 2', after: '', line: 13 }]);
    const inOneLine = planted('update t set a = 1, b = 2').filter(({ operator }) => operator === 'removal');
    expect(inOneLine.map(({ after }) => after)).toEqual(['update t set b = 2', 'update t set a = 1']);
    expect(planted(body).find(({ operator }) => operator === 'comparison')).toMatchObject({
      before: "where 'é' <> c;",
      after: "where 'é' = c;",
      line: 14,
    });
  });

  it('has an id that only its function, place and text decide', () => {
    const [mutant] = planted('select a = b');
    expect(planted('select a = b')[0]!.id).toBe(mutant!.id);
    expect(planted('select a = b, c = d')[0]!.id).toBe(mutant!.id);
    expect(planted('select  a = b')[0]!.id).not.toBe(mutant!.id);
    const ids = planted('select a = b and a = b and a = b where a = b').map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is not planted twice where two operators come to the same', () => {
    const texts = planted('select 1 where not a in (1)').map(({ sql }) => sql);
    expect(new Set(texts).size).toBe(texts.length);
  });
});

describe('SQL within PL/pgSQL', () => {
  it('is found where it stands, whatever stands in front of it', () => {
    const body = `
declare
  a int := 0; b int;
begin
  -- a > 1, says the comment
  raise notice 'a > 1: %', a;
  for b in execute 'select 1' using a loop
    if a > 1 then select a > 1 into b from t where t.a > 1; end if;
    perform f(a > 1);
    return;
  end loop;
end;
`;
    const found = planted(body, 'plpgsql').filter(({ operator }) => operator === 'comparison');
    expect(found.map(({ line, after }) => [line, after])).toEqual(
      [17, 17, 17, 17, 17, 17, 18, 18].map((line) => [line, expect.stringMatching(/a (>=|<=) 1/)]),
    );
    expect(found.every(({ sql }) => sql.includes('-- a > 1, says') && sql.includes("'a > 1: %'"))).toBe(true);
  });

  it('is found in a template, its gaps filled for as long as it is read', () => {
    const body = "begin execute format($q$select %L from %1$I where a > 1$q$, 'é', b); end";
    expect(mutated('comparison', body, 'plpgsql')).toEqual([
      body.replace('>', '<='),
      body.replace('>', '>='),
    ]);
  });
});

describe('a function that cannot be taken apart', () => {
  it('has no mutants, and says why', () => {
    const { mutants, remarks } = plantMutants(parser, [
      sqlFunction('select a = b'),
      { ...sqlFunction(''), signature: 'toy.c()', definition: "CREATE FUNCTION toy.c() AS 'lib' LANGUAGE c" },
      { ...sqlFunction('no SQL'), signature: 'toy.n()' },
    ]);
    expect(mutants.map((mutant) => mutant.function)).toEqual(['toy.f()']);
    expect(remarks).toEqual([
      'no mutants of toy.c(): its body is not between dollar quotes',
      'no mutants of toy.n(): syntax error at or near "no"',
    ]);
  });
});

describe('a CTE that nothing reads', () => {
  it('is never evaluated, so that its mutants are equivalent', () => {
    const sql = 'with a as (select 1 from t where x = y), b as (select * from u where z) select * from b';
    const mutants = planted(sql);
    expect(mutants).toHaveLength(5);
    for (const { after, equivalence } of mutants) {
      const isInA = after.includes('from u where z');
      expect(equivalence).toBe(isInA ? 'nothing reads the CTE a, and so it is never evaluated' : undefined);
    }
  });

  it('may be read by another that nothing reads', () => {
    const reasons = planted('with a as (select x = y), b as (select * from a) select * from c').map(
      ({ equivalence }) => equivalence,
    );
    expect(reasons).toEqual([expect.stringContaining('a')]);
  });

  it('is executed where it changes something', () => {
    const [mutant] = planted('with a as (delete from t where x) select * from c');
    expect(mutant!.equivalence).toBeUndefined();
  });
});

describe('an argument for equivalence', () => {
  const mutants = planted('select a = b from t where c');
  const entries = Object.fromEntries(mutants.map((mutant) => [mutant.id, entryOf(mutant)]));
  const [id] = Object.keys(entries) as [string];

  it('belongs to a mutant, whose function and line are named', () => {
    const reasons = reasonsOf(mutants, [{ reason: 'a is b', mutants: entries }], 'toy 1');
    expect(reasons).toEqual(new Map(mutants.map((mutant) => [mutant.id, 'a is b'])));
    expect(Object.values(entries)).toContain('f: + select a <> b from t where c');
    const [left] = planted('select 1\nwhere a = b\nand c').filter(({ after }) => after === '');
    expect(entryOf(left!)).toBe('f: - and c');
  });

  it.each([
    ['no mutant', '00000000', 'f: + select 1'],
    ['a mutant that is another by now', id, 'f: + select a < b from t where c'],
  ])('that fits %s is an error that names it', (_, stale, entry) => {
    const argued = [{ reason: 'a is b', mutants: { [stale]: entry } }];
    expect(() => reasonsOf(mutants, argued, 'toy 1')).toThrow(
      `the mutant ${stale} of toy 1, "${entry}", is listed as equivalent but does not exist any more: remove it from the list`,
    );
  });
});

describe('a selection', () => {
  const mutants = planted('select a = b, c + d, 1, 2, 3, 4, 5, 6');

  it('is by function, operator and id', () => {
    expect(select(mutants, { ...nothing, functions: ['f'], operators: ['arithmetic'] }, 1)).toHaveLength(1);
    expect(select(mutants, { ...nothing, functions: ['toy.f'] }, 1)).toHaveLength(mutants.length);
    expect(select(mutants, { ...nothing, mutants: [mutants[3]!.id] }, 1)).toEqual([mutants[3]]);
  });

  it.each([
    [{ functions: ['g'] }, 'unknown function "g"; with mutants: f'],
    [{ operators: ['typo'] }, 'unknown operator "typo"; known: comparison, '],
    [{ mutants: ['xyz'] }, 'unknown mutant "xyz"; pgtwin mutants --list shows all'],
  ])('by a name that nothing goes by is refused: %j', (wrong, message) => {
    expect(() => select(mutants, { ...nothing, ...wrong }, 1)).toThrow(message);
  });

  it('at random is the same for the same seed, and hardly another when a mutant is gone', () => {
    const drawn = (from: typeof mutants, seed: number) => select(from, { ...nothing, sample: 5 }, seed);
    expect(drawn(mutants, 1)).toHaveLength(5);
    expect(drawn(mutants, 1)).toEqual(drawn(mutants, 1));
    expect(drawn(mutants, 2)).not.toEqual(drawn(mutants, 1));
    const gone = drawn(mutants, 1)[2];
    const left = drawn(
      mutants.filter((each) => each !== gone),
      1,
    );
    expect(left.filter((each) => drawn(mutants, 1).includes(each))).toHaveLength(4);
  });

  it('is shared out without loss', () => {
    const shares = [1, 2, 3].map((index) => shareOf(mutants, { index, of: 3 }));
    expect(new Set(shares.flat())).toEqual(new Set(mutants));
    expect(shares.map((share) => share.length)).toEqual([5, 5, 4]);
  });
});
