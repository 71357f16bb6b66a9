/** Where the tokens and statements of a script start and end: enough of SQL's grammar to tell code from text. */

export interface ScriptStatement {
  /** In UTF-16 units of the script, at the statement's first word. */
  readonly start: number;
  readonly end: number;
}

/** White space and comments are no tokens. */
export interface Token {
  /** `name` is an identifier in double quotes, `text` a string or what stands between dollars. */
  readonly kind: 'word' | 'name' | 'text' | 'sign';
  readonly start: number;
  readonly end: number;
}

/** Words, and the beginnings of what a semicolon does not end a statement in, each matched where the scan stands. */
const token =
  /(?<space>[ \t\n\r\f\v]+|--[^\n\r]*)|(?<comment>\/\*)|(?<dollar>\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$)|(?<escaped>[eE]')|(?<quote>['"])|(?<word>[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|\d\w*)|[\s\S]/y;

export function* tokensOf(sql: string, from = 0): Generator<Token> {
  // A mark of the byte order, as the server is not sent it. Elsewhere it is a letter like any beyond ASCII.
  for (let at = from === 0 && sql[0] === '\ufeff' ? 1 : from; at < sql.length; ) {
    token.lastIndex = at;
    const [text, ...rest] = token.exec(sql)!;
    const [space, comment, dollar, escaped, quote, word] = rest;
    const start = at;
    at += text.length;
    if (space !== undefined) continue;
    if (comment !== undefined) {
      const close = endOfComment(sql, start);
      at = close ?? sql.length;
      // One that is never closed is for the server to refuse.
      if (close === undefined) yield { kind: 'sign', start, end: at };
      continue;
    }
    if (dollar !== undefined) {
      const close = sql.indexOf(dollar, at);
      at = close < 0 ? sql.length : close + dollar.length;
    } else if (escaped !== undefined) at = endOfQuoted(sql, at, "'", true);
    else if (quote !== undefined) at = endOfQuoted(sql, at, quote, false);
    const kind = word !== undefined ? 'word' : quote === '"' ? 'name' : isOpened(rest) ? 'text' : 'sign';
    yield { kind, start, end: at };
    if (escaped === undefined) continue;
    for (let next = continuation(sql, at); next !== undefined; next = continuation(sql, at)) {
      at = endOfQuoted(sql, next + 1, "'", true);
      yield { kind: 'text', start: next, end: at };
    }
  }
}

const isOpened = ([, , dollar, escaped, quote]: readonly (string | undefined)[]) =>
  (dollar ?? escaped ?? quote) !== undefined;

/** Behind the closing quote: none is doubled, and in some none stands behind a backslash. By search, as a text may be long. */
function endOfQuoted(sql: string, start: number, quote: string, isEscaped: boolean): number {
  const edge = isEscaped ? /['\\]/g : undefined;
  for (let at = start; ; ) {
    let found = sql.indexOf(quote, at);
    if (edge) {
      edge.lastIndex = at;
      found = edge.exec(sql)?.index ?? -1;
    }
    if (found < 0) return sql.length;
    if (sql[found] === quote && sql[found + 1] !== quote) return found + 1;
    at = found + 2;
  }
}

const gap = /[ \t\f\v]+|(?<newLine>[\n\r]+)|--[^\n\r]*/y;

/** Where a string that ends at `at` goes on: at a quote on another line, with nothing but comments of one line between. */
export function continuation(sql: string, at: number): number | undefined {
  let isOnAnother = false;
  gap.lastIndex = at;
  for (let end = at; ; end = gap.lastIndex) {
    const found = gap.exec(sql);
    if (!found) return isOnAnother && sql[end] === "'" ? end : undefined;
    isOnAnother ||= found[1] !== undefined;
  }
}

/**
 * Statements that hold nothing, as between two semicolons, are left out, as the server leaves them out. A command of psql is
 * one by itself, up to the end of its line. The rows behind COPY FROM STDIN belong to none.
 */
export function scriptStatements(sql: string): ScriptStatement[] {
  const statements: ScriptStatement[] = [];
  let start = -1;
  let end = 0;
  let parentheses = 0;
  // A body in SQL holds semicolons of its own. Each of its statements has one, and none of them begins with END.
  let isBody = false;
  let previous = '';
  let firstWord = '';
  let readsRows = false;
  const finish = (): void => {
    if (start >= 0) statements.push({ start, end });
    start = -1;
    parentheses = 0;
    isBody = false;
    readsRows = false;
  };
  let tokens = tokensOf(sql);
  for (let next = tokens.next(); !next.done; next = tokens.next()) {
    const { kind, start: here, end: after } = next.value;
    const sign = kind === 'sign' ? sql[here]! : '';
    if (sign === '\\') {
      finish();
      const line = endOfLine(sql, here);
      statements.push({ start: here, end: here + sql.slice(here, line).trimEnd().length });
      tokens = tokensOf(sql, line);
      continue;
    }
    if (sign === ';' && parentheses === 0 && !isBody) {
      if (readsRows) tokens = tokensOf(sql, endOfRows(sql, after));
      finish();
      continue;
    }
    if (sign === '(') parentheses += 1;
    if (sign === ')') parentheses = Math.max(0, parentheses - 1);
    const word = kind === 'word' ? sql.slice(here, after).toLowerCase() : '';
    if (word === 'atomic' && previous === 'begin') isBody = true;
    else if (word === 'end' && (previous === ';' || previous === 'atomic')) isBody = false;
    if (start < 0) {
      start = here;
      firstWord = word;
    }
    readsRows ||= firstWord === 'copy' && parentheses === 0 && previous === 'from' && word === 'stdin';
    previous = word || sign;
    end = after;
  }
  finish();
  return statements;
}

function endOfLine(sql: string, from: number): number {
  const found = sql.indexOf('\n', from);
  return found < 0 ? sql.length : found;
}

/** Rows end with a line that is `\.`, or with the file. */
function endOfRows(sql: string, from: number): number {
  const last = /\n\\\.[ \t]*\r?(?=\n|$)/g;
  last.lastIndex = endOfLine(sql, from);
  return last.exec(sql) ? last.lastIndex : sql.length;
}

/** Comments of this kind nest. */
function endOfComment(sql: string, start: number): number | undefined {
  const edge = /\/\*|\*\//g;
  edge.lastIndex = start;
  let depth = 0;
  for (let match = edge.exec(sql); match; match = edge.exec(sql)) {
    depth += match[0] === '/*' ? 1 : -1;
    if (depth === 0) return edge.lastIndex;
  }
  return undefined;
}

/** The line (1-based) on which a statement starts, and its text. */
export function placeOf(sql: string, { start, end }: ScriptStatement): { line: number; text: string } {
  return { line: sql.slice(0, start).split('\n').length, text: sql.slice(start, end) };
}
