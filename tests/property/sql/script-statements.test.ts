/** What the statements of a script are, and which of them an installation refuses. */
import { describe, expect, test } from 'vitest';
import { isPassedOver, openedBy, whyRefused } from '../../../src/sql/script-check.ts';
import { placeOf, scriptStatements } from '../../../src/sql/script-statements.ts';

const split = (sql: string) => scriptStatements(sql).map(({ start, end }) => sql.slice(start, end));

describe('the statements of a script', () => {
  test('a command of psql is one by itself, up to the end of its line', () => {
    expect(split(`\\set x on\nselect 1;\\echo it's\nselect 2 \\gexec\n\\i a.sql \r\nselect '\\no';`)).toEqual(
      ['\\set x on', 'select 1', "\\echo it's", 'select 2', '\\gexec', '\\i a.sql', "select '\\no'"],
    );
  });

  test('the rows behind COPY FROM STDIN belong to none', () => {
    const rows = "1\tit's\n2\t;\n3\t\\.no\n";
    expect(split(`COPY public.t (a, b) FROM stdin;\n${rows}\\.\n\nselect 1;`)).toEqual([
      'COPY public.t (a, b) FROM stdin',
      'select 1',
    ]);
    expect(split(`copy t from stdin;\r\n${rows}\\.\r\nselect 1`)).toEqual(['copy t from stdin', 'select 1']);
    expect(split(`copy t from stdin;\n${rows}`)).toEqual(['copy t from stdin']);
    expect(split(`copy t from 'stdin'; select 1`)).toHaveLength(2);
  });

  test('a comment that is never closed is part of one, for the server to refuse', () => {
    expect(split('select 1; /* a /* b */ select 2; select 3;')).toEqual([
      'select 1',
      '/* a /* b */ select 2; select 3;',
    ]);
    expect(split('select 1 /* a')).toEqual(['select 1 /* a']);
  });

  test('a comment ends with its line, however the line ends', () => {
    expect(split('-- a\rselect 1;-- b\r\nselect 2;-- c\nselect 3')).toEqual([
      'select 1',
      'select 2',
      'select 3',
    ]);
  });

  test('only what the server takes for white space parts them', () => {
    expect(split('\ufeffselect 1;\f\v select 2;\u00a0')).toEqual(['select 1', 'select 2', '\u00a0']);
    expect(split('select 1;\ufeff')).toEqual(['select 1', '\ufeff']);
  });

  test('a body in SQL ends with the END that begins none of its statements', () => {
    const body = (text: string) => `create function f() returns int begin atomic ${text} end`;
    for (const text of [
      'select 1;',
      '',
      'select case when a then 1 else 2 end; select 2;',
      'select a as end, b.end, c as case; select t.case from t;',
      "select 'end'; /* end */ select 1;",
    ]) {
      expect(split(`${body(text)}; select 3;`)).toEqual([body(text), 'select 3']);
    }
  });

  test('a string with escapes goes on with them on another line', () => {
    for (const between of ['\n', ' \r', '-- a\n', ' -- a\n  -- b\r\n\t', '\n--\n']) {
      expect(split(`select E'a\\''${between}'b\\'; c'; select 2`)).toHaveLength(2);
    }
    // On the same line, behind a comment of another kind, or without escapes, it is another string.
    for (const [first, between] of [
      ['E', ' '],
      ['E', '/*\n*/'],
      ['', '\n'],
    ]) {
      expect(split(`select ${first}'a'${between}'b\\'; c'; select 2`)).toHaveLength(2);
    }
  });

  test.each([
    ['a string', (n: number) => `select '${'x'.repeat(n)}'`],
    ['a string of quotes', (n: number) => `select '${"''".repeat(n / 2)}'`],
    ['a string of escapes', (n: number) => `select E'${'\\n'.repeat(n / 2)}'`],
    ['a name', (n: number) => `select "${'x""'.repeat(n / 3)}"`],
    ['lines between strings', (n: number) => `select E''${'\n--\n'.repeat(n / 4)}''`],
    ['white space', (n: number) => `select${' '.repeat(n)}1`],
    ['a comment of comments', (n: number) => `select 1/*${'/**/'.repeat(n / 4)}*/`],
    ['a body', (n: number) => `do $$${'x'.repeat(n)}$$`],
    ['digits', (n: number) => `select ${'1'.repeat(n)}`],
  ])('%s of nine million characters is in one statement', (_, sql) => {
    expect(scriptStatements(sql(9_000_000))).toHaveLength(1);
  });

  test('the line of a statement is the one on which it starts', () => {
    const sql = 'select 1;\n\n-- a\n  select\n2;';
    expect(scriptStatements(sql).map((each) => placeOf(sql, each))).toEqual([
      { line: 1, text: 'select 1' },
      { line: 4, text: 'select\n2' },
    ]);
  });
});

describe('an installation', () => {
  test.each([
    ['\\set x on', '\\set is a command of psql, not SQL'],
    ['\\', '\\ is a command of psql, not SQL'],
    ['copy t from stdin', 'COPY FROM STDIN takes rows that only psql sends'],
    ['COPY t FROM STDIN (format csv)', 'COPY FROM STDIN takes rows that only psql sends'],
    ["copy t from program 'ls'", 'a database here starts no program'],
    ["copy (select 1) to program 'cat'", 'a database here starts no program'],
    ['copy t to stdout', 'COPY TO STDOUT sends rows that nobody reads'],
    ['rollback', 'it undoes what the file has done before'],
    ['ROLLBACK WORK', 'it undoes what the file has done before'],
    ['rollback and no chain', 'it undoes what the file has done before'],
    ['abort', 'it undoes what the file has done before'],
  ])('refuses %s', (statement, why) => {
    expect(whyRefused(statement, true)).toContain(why);
  });

  test.each([
    "copy t from '/stdin'",
    "select 'rollback'",
    'select 1',
    'begin',
    'commit',
    'savepoint a',
    'ROLLBACK TO SAVEPOINT a',
    'rollback work to a',
    'rollback transaction to savepoint a',
    "rollback prepared 'a'",
    'rollbacks()',
    "copy t from '/a' where program = stdin",
    "copy (select a from stdin) to '/a'",
  ])('executes %s', (statement) => {
    expect(whyRefused(statement, true)).toBeUndefined();
  });

  test('a script that is no installation may end by undoing all it did', () => {
    expect(whyRefused('rollback', false)).toBeUndefined();
    expect(whyRefused('\\set x on', false)).toBeDefined();
  });

  test('passes over what pg_dump writes around a script, and nothing else of psql', () => {
    expect(isPassedOver('\\restrict cLNfVsBCcfYVXE5gZ')).toBe(true);
    expect(isPassedOver('\\unrestrict cLNfVsBCcfYVXE5gZ')).toBe(true);
    for (const other of ['\\restrict', '\\restricted a', '\\set restrict a'])
      expect(isPassedOver(other)).toBe(false);
  });

  test('names the statement that leaves a transaction open', () => {
    expect(openedBy(['begin', 'commit', 'START TRANSACTION', 'select 1'])).toBe(2);
    expect(openedBy(['begin', 'commit and chain', 'select 1'])).toBe(1);
    expect(openedBy(['begin', 'insert into chain select 1'])).toBe(0);
    expect(openedBy(['begin', 'commit and no chain', 'begin', 'select end from chain'])).toBe(2);
    expect(openedBy(['select 1', 'select 2'])).toBe(1);
  });
});
