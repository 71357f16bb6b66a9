/** The tokens of SQL with their values: what is read where only words, names and strings matter. */
import { continuation, type Token, tokensOf } from './script-statements.ts';
import { withEscapes, withUnicodeEscapes } from './string-escapes.ts';

/** A word in lower case, an identifier without its quotes, a sign, or the content of a string. */
export interface Piece {
  readonly kind: 'word' | 'name' | 'text' | 'sign';
  readonly value: string;
}

/** `E'...'`, `U&'...'` and `U&"..."` are read as the server reads them, and strings that only a new line parts are one. */
export function piecesOf(sql: string): Piece[] {
  const tokens = [...tokensOf(sql)];
  const pieces: Piece[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const isUnicode = beginsUnicode(sql, tokens, at);
    if (isUnicode) at += 2;
    const { kind, start, end } = tokens[at]!;
    const text = sql.slice(start, end);
    let value = pieceValue(kind, text);
    if (kind === 'text' && !text.startsWith('$')) {
      while (tokens[at + 1] && continuation(sql, tokens[at]!.end) === tokens[at + 1]!.start) {
        at++;
        value += contentOf(text[0] === "'" ? '' : 'E', sql.slice(tokens[at]!.start, tokens[at]!.end));
      }
    }
    pieces.push({ kind, value: isUnicode ? withUnicodeEscapes(value) : value });
  }
  return pieces;
}

/** `U&` right before a string or a name in quotes. */
function beginsUnicode(sql: string, tokens: readonly Token[], at: number): boolean {
  const [letter, and, quoted] = tokens.slice(at, at + 3);
  if (letter?.kind !== 'word' || quoted === undefined || letter.end + 1 !== quoted.start) return false;
  return and?.end === quoted.start && /^u&["']$/i.test(sql.slice(letter.start, quoted.start + 1));
}

function pieceValue(kind: Piece['kind'], text: string): string {
  switch (kind) {
    case 'word':
      return text.toLowerCase();
    case 'name':
      return text.slice(1, -1).replaceAll('""', '"');
    case 'text':
      return contentOf(text[0] === "'" ? '' : text[0]!, text);
    case 'sign':
      return text;
  }
}

/** `prefix` is `E` in whichever case, or that of a string between dollars. */
function contentOf(prefix: string, text: string): string {
  if (prefix === '$') {
    const edge = text.indexOf('$', 1) + 1;
    return text.slice(edge, -edge);
  }
  const content = text.slice(text.indexOf("'") + 1, -1).replaceAll("''", "'");
  return prefix === '' ? content : withEscapes(content);
}

export const word = (piece: Piece | undefined) => (piece?.kind === 'word' ? piece.value : '');
export const sign = (piece: Piece | undefined) => (piece?.kind === 'sign' ? piece.value : '');
export const identifier = (piece: Piece | undefined) =>
  piece?.kind === 'word' || piece?.kind === 'name' ? piece.value : undefined;

/** Without what is in parentheses, such as a condition, parameters, a query. */
export function depthZero(pieces: readonly Piece[]): Piece[] {
  let depth = 0;
  return pieces.filter((piece) => {
    if (sign(piece) === '(') depth++;
    if (sign(piece) === ')') depth--;
    return depth === 0 && sign(piece) !== ')';
  });
}

/** The pieces themselves, and those of every string in them, in strings as well: a list for each text. */
export function* deepPieces(pieces: readonly Piece[]): Generator<readonly Piece[]> {
  yield pieces;
  for (const piece of pieces) if (piece.kind === 'text') yield* deepPieces(piecesOf(piece.value));
}
