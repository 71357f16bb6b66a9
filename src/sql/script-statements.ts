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

// What a semicolon does not end a statement in, and words, each matched where the scan stands.
const token = new RegExp(
  [
    /(?<space>\s+|--[^\n]*)/,
    /(?<comment>\/\*)/,
    /(?<dollar>\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$)/,
    /(?<text>[eE]'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*')/,
    /(?<name>"(?:[^"]|"")*")/,
    /(?<word>[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|\d\w*)/,
    /(?<sign>[\s\S])/,
  ]
    .map((part) => part.source)
    .join('|'),
  'y',
);

export function* tokensOf(sql: string): Generator<Token> {
  for (let at = 0; at < sql.length; ) {
    token.lastIndex = at;
    const match = token.exec(sql)!;
    const groups = match.groups!;
    const start = at;
    at += match[0].length;
    if (groups.space !== undefined) continue;
    if (groups.comment !== undefined) {
      at = endOfComment(sql, start);
      continue;
    }
    if (groups.dollar !== undefined) {
      const close = sql.indexOf(groups.dollar, at);
      at = close < 0 ? sql.length : close + groups.dollar.length;
    }
    const kind = (['word', 'name', 'sign'] as const).find((each) => groups[each] !== undefined) ?? 'text';
    yield { kind, start, end: at };
  }
}

/** Statements that hold nothing, as between two semicolons, are left out, as the server leaves them out. */
export function scriptStatements(sql: string): ScriptStatement[] {
  const statements: ScriptStatement[] = [];
  let start = -1;
  let end = 0;
  let parentheses = 0;
  // A body in SQL, BEGIN ATOMIC ... END, holds semicolons of its own; CASE ... END nests in it.
  let body = 0;
  let previousWord = '';
  const finish = (): void => {
    if (start >= 0) statements.push({ start, end });
    start = -1;
    parentheses = 0;
    body = 0;
  };
  for (const { kind, start: here, end: after } of tokensOf(sql)) {
    const sign = kind === 'sign' ? sql[here] : '';
    if (sign === ';' && parentheses === 0 && body === 0) {
      finish();
      continue;
    }
    if (sign === '(') parentheses += 1;
    if (sign === ')') parentheses = Math.max(0, parentheses - 1);
    const word = kind === 'word' ? sql.slice(here, after).toLowerCase() : '';
    if (word === 'atomic' && previousWord === 'begin') body = 1;
    else if (body > 0 && word === 'case') body += 1;
    else if (body > 0 && word === 'end') body -= 1;
    previousWord = word;
    if (start < 0) start = here;
    end = after;
  }
  finish();
  return statements;
}

/** Comments of this kind nest. */
function endOfComment(sql: string, start: number): number {
  const edge = /\/\*|\*\//g;
  edge.lastIndex = start;
  let depth = 0;
  for (let match = edge.exec(sql); match; match = edge.exec(sql)) {
    depth += match[0] === '/*' ? 1 : -1;
    if (depth === 0) return edge.lastIndex;
  }
  return sql.length;
}

/**
 * The statement that failed: the one that the server pointed into, else the one after those that completed.
 * @param position 1-based, in characters (code points) of the script
 * @returns the 1-based line on which it starts, and its text
 */
export function failedStatement(
  sql: string,
  completed: number,
  position: number | undefined,
): { line: number; text: string } {
  const statements = scriptStatements(sql);
  const offset = position === undefined ? undefined : utf16Offset(sql, position - 1);
  const found =
    offset === undefined
      ? statements[completed]
      : statements.findLast((statement) => statement.start <= offset);
  const { start, end } = found ?? statements.at(-1) ?? { start: 0, end: sql.length };
  return { line: sql.slice(0, start).split('\n').length, text: sql.slice(start, end) };
}

function utf16Offset(text: string, characters: number): number {
  let offset = 0;
  for (let count = 0; count < characters && offset < text.length; count++) {
    offset += text.codePointAt(offset)! > 0xffff ? 2 : 1;
  }
  return offset;
}
