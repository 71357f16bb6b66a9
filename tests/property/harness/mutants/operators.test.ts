/** Each operator on a few words of SQL: what was there, and everything that it makes of it. */
import { describe, expect, it } from 'vitest';
import { mutated, mutatedStatements, planted } from './plant.ts';

describe('comparison', () => {
  it.each([
    ['select 1 where a = b', ['select 1 where a <> b']],
    ['select 1 where a != b', ['select 1 where a = b']],
    ['select 1 where a < b', ['select 1 where a <= b', 'select 1 where a >= b']],
    ['select 1 where a >= b', ['select 1 where a > b', 'select 1 where a < b']],
    ['select 1 where a ~ b', ['select 1 where a !~ b']],
    ['select 1 where a is null', ['select 1 where a is NOT null']],
    ['select 1 where a is not null', ['select 1 where a is null']],
    ['select 1 where a is distinct from b', ['select 1 where a is NOT distinct from b']],
    ['select 1 where a in (1)', ['select 1 where a NOT in (1)']],
    ['select 1 where a not in (1)', ['select 1 where a in (1)']],
    ['update t set a = b', []],
    ['select f(a => b)', []],
  ])('turns round %s', (sql, expected) => {
    expect(mutated('comparison', sql).sort()).toEqual([...expected].sort());
  });
});

describe('constant', () => {
  it.each([
    ['select a + 2', ['select a + 1', 'select a + 3']],
    ['select 0', ['select (-1)', 'select 1']],
    ['select -1', ['select (-2)', 'select 0']],
    ['select 1.5', ['select 0.5', 'select 2.5']],
    ['select f(false)', ['select f(true)']],
    ["select 'text'", []],
    ['select a from b where exists (select 1 from c)', []],
    ['select a from b where exists (select 1 from c limit 0)', ['(-1)', '1']],
  ])('moves %s', (sql, expected) => {
    const found = mutated('constant', sql).sort();
    expect(found).toEqual(expected.map((part) => expect.stringContaining(part)));
  });

  it('moves the default of a parameter, which stands in front of the body', () => {
    const defaults = planted('select a', 'sql', 'a integer DEFAULT 5');
    expect(defaults.map(({ sql, line }) => [/DEFAULT \d/.exec(sql)![0], line]).sort()).toEqual([
      ['DEFAULT 4', 10],
      ['DEFAULT 6', 10],
    ]);
  });
});

describe('arithmetic', () => {
  it('makes a sum a difference, and a product a quotient', () => {
    expect(mutated('arithmetic', 'select a + b')).toEqual(['select a - b']);
    expect(mutated('arithmetic', 'select a - b')).toEqual(['select a + b']);
    expect(mutated('arithmetic', 'select a * b')).toEqual(['select a / b']);
    expect(mutated('arithmetic', 'select -a, f(*), t.* from t')).toEqual([]);
  });
});

describe('conjunct', () => {
  it.each([
    ['select 1 from t where a and b and c', ['b and c', 'a and c', 'a and b']],
    ['select 1 from t where a or b', ['b', 'a']],
    ['select 1 from t where a', ['true']],
    ['select 1 from t where (a or b) and c', ['c', '(b) and c', '(a) and c', '(a or b)']],
    ['select 1 from t where a between 1 and 2 and b', ['b', 'a between 1 and 2']],
    ['select 1 from t where a or b and c', ['b and c', 'a or c', 'a or b', 'a']],
    ['select 1 from t where not exists (select 1) and a', ['a', 'not exists (select 1)']],
    ['select 1 from t where case when a then b end and c', ['c', 'case when a then b end']],
  ])('leaves a part out of %s', (sql, conditions) => {
    const expected = conditions.map((condition) => sql.replace(/where .*$/, `where ${condition}`));
    expect(mutated('conjunct', sql).sort()).toEqual(expected.sort());
  });

  it('ends a condition where its clause ends', () => {
    expect(
      mutated('conjunct', 'select a from t join u on t.a = u.a where b group by a having c limit 1'),
    ).toEqual([
      'select a from t join u on true where b group by a having c limit 1',
      'select a from t join u on t.a = u.a where true group by a having c limit 1',
      'select a from t join u on t.a = u.a where b group by a having true limit 1',
    ]);
    const upsert = 'insert into t values (1) on conflict (a) do update set a = 2 where t.b returning *';
    expect(mutated('conjunct', upsert)).toEqual([upsert.replace('t.b', 'true')]);
    expect(mutated('conjunct', 'select a from t left join u on true')).toEqual([]);
  });

  it('leaves comments where they are', () => {
    const sql = 'select 1 from t where a -- the first\n and b -- the second\n';
    expect(mutated('conjunct', sql)).toEqual([
      'select 1 from t where b -- the second\n',
      'select 1 from t where a -- the second\n',
    ]);
  });
});

describe('negation', () => {
  it('negates the condition of a branch', () => {
    expect(mutatedStatements('negation', 'if a > 1 then null; elsif b then null; end if;')).toEqual([
      'if NOT (a > 1) then null; elsif b then null; end if;',
      'if a > 1 then null; elsif NOT (b) then null; end if;',
    ]);
    expect(mutatedStatements('negation', 'while a loop exit when b; end loop;')).toEqual([
      'while NOT (a) loop exit when b; end loop;',
      'while a loop exit when NOT (b); end loop;',
    ]);
  });

  it('negates the conditions of a CASE that is a statement', () => {
    expect(mutatedStatements('negation', 'case when a > 1 then null; else null; end case;')).toEqual([
      'case when NOT (a > 1) then null; else null; end case;',
    ]);
  });

  it('negates the conditions of a CASE, one within another too', () => {
    expect(mutated('negation', 'select case when a and b then case when c then 1 end else 2 end')).toEqual([
      'select case when NOT (a and b) then case when c then 1 end else 2 end',
      'select case when a and b then case when NOT (c) then 1 end else 2 end',
    ]);
    expect(mutated('negation', 'select case a when 1 then 2 end')).toEqual([]);
  });

  it('leaves a NOT out', () => {
    expect(mutated('negation', 'select 1 where not exists (select 1)')).toEqual([
      'select 1 where  exists (select 1)',
    ]);
  });
});

describe('literal', () => {
  const known = "select 1 from t where status in ('new', 'old')";

  it('takes a status for another that the same column knows', () => {
    expect(mutated('literal', known)).toEqual([
      "select 1 from t where status in ('old', 'old')",
      "select 1 from t where status in ('new', 'new')",
    ]);
  });

  it.each([
    ["; update t set status = case when a then 'old' end", "'new'"],
    ["; select jsonb_build_object('status', 'old')", "'status', 'new'"],
    ["; select 1 where (select u.status from u) = 'old'", "= 'new'"],
    ["; select coalesce(t.status, 'old'::text)", "'new'::text"],
  ])('knows a status in%s', (more, expected) => {
    expect(mutated('literal', known + more).some((body) => body.includes(expected))).toBe(true);
    expect(mutated('literal', known + more)).toHaveLength(3);
  });

  it('leaves alone what is compared with nothing else', () => {
    expect(mutated('literal', "select 1 where kind = 'map' and name <> '' and name ~ 'x'")).toEqual([]);
  });
});

describe('removal', () => {
  it('leaves out an assignment, a PERFORM and other statements without a result', () => {
    expect(mutatedStatements('removal', 'a := a + 1; perform f(a);', 'a int;')).toEqual([
      'NULL; perform f(a);',
      'a := a + 1; NULL;',
    ]);
    expect(mutatedStatements('removal', 'select b into a from t; delete from t; return;', 'a int;')).toEqual([
      'NULL; delete from t; return;',
      'select b into a from t; NULL; return;',
      'select b into a from t; delete from t; NULL;',
    ]);
    expect(mutatedStatements('removal', "raise exception 'a;b %', a;", 'a int;')).toEqual(['NULL;']);
  });

  it('leaves out what a variable starts with', () => {
    expect(mutated('removal', 'declare a int := 1; begin end', 'plpgsql')).toEqual([
      'declare a int ; begin end',
    ]);
  });

  it('leaves out one of the assignments of an UPDATE; the only one then sets the column to itself', () => {
    expect(mutated('removal', 'update t set a = 1, b = f(2, 3), c = 4 from u where d')).toEqual([
      'update t set b = f(2, 3), c = 4 from u where d',
      'update t set a = 1, c = 4 from u where d',
      'update t set a = 1, b = f(2, 3) from u where d',
    ]);
    expect(mutated('removal', 'update x.t set a = a + 1 from u where t.b = u.b')).toEqual([
      'update x.t set a = t.a from u where t.b = u.b',
    ]);
    expect(mutated('removal', 'with c as (update t as "T" set a = f(1, 2) returning *) select 1')).toEqual([
      'with c as (update t as "T" set a = "T".a returning *) select 1',
    ]);
    expect(mutated('removal', 'update t set a = t.a')).toEqual([]);
    expect(mutated('removal', 'update t set (a, b) = (1, 2)')).toEqual([]);
  });
});

describe('coalesce', () => {
  it('swaps the arguments', () => {
    expect(mutated('coalesce', 'select coalesce(f(a, b), 0) + 1')).toEqual([
      'select coalesce(0, f(a, b)) + 1',
    ]);
  });
});

describe('order', () => {
  it('leaves ORDER BY out, or turns it round', () => {
    expect(mutated('order', 'select a from t order by a, b desc limit 1')).toEqual([
      'select a from t  limit 1',
      'select a from t order by a DESC, b desc limit 1',
      'select a from t order by a, b ASC limit 1',
    ]);
    expect(mutated('order', 'select array_agg(a order by b) from t')).toEqual([
      'select array_agg(a ) from t',
      'select array_agg(a order by b DESC) from t',
    ]);
  });
});

describe('payload', () => {
  it('leaves a key out of a JSON object', () => {
    expect(mutated('payload', "select jsonb_build_object('a', f(1, 2), 'b', 3, 'c', 4)")).toEqual([
      "select jsonb_build_object('b', 3, 'c', 4)",
      "select jsonb_build_object('a', f(1, 2), 'c', 4)",
      "select jsonb_build_object('a', f(1, 2), 'b', 3)",
    ]);
    expect(mutated('payload', "select json_build_object('a', 1)")).toEqual(['select json_build_object()']);
  });
});

describe('aggregate', () => {
  it('leaves FILTER and DISTINCT out', () => {
    expect(mutated('aggregate', 'select count(distinct a) filter (where (b)) from t')).toEqual([
      'select count( a) filter (where (b)) from t',
      'select count(distinct a)  from t',
    ]);
    expect(mutated('aggregate', 'select distinct a from t')).toEqual(['select  a from t']);
    expect(mutated('aggregate', 'select a is distinct from b')).toEqual([]);
  });
});
