/** The tokens of SQL with their values: what is read where only words, names and strings matter. */
import { scriptStatements, tokensOf } from './script-statements.ts';

/** A word in lower case, an identifier without its quotes, a sign, or the content of a string. */
export interface Piece {
  readonly kind: 'word' | 'name' | 'text' | 'sign';
  readonly value: string;
}

export function piecesOf(sql: string): Piece[] {
  return [...tokensOf(sql)].map(({ kind, start, end }) => ({
    kind,
    value: pieceValue(kind, sql.slice(start, end)),
  }));
}

function pieceValue(kind: Piece['kind'], text: string): string {
  switch (kind) {
    case 'word':
      return text.toLowerCase();
    case 'name':
      return text.slice(1, -1).replaceAll('""', '"');
    case 'text':
      return contentOf(text);
    case 'sign':
      return text;
  }
}

/** Escapes of an E'' string are left alone: no definition is made of them. */
function contentOf(text: string): string {
  if (text.startsWith('$')) {
    const edge = text.indexOf('$', 1) + 1;
    return text.slice(edge, -edge);
  }
  return text.slice(text.indexOf("'") + 1, -1).replaceAll("''", "'");
}

export const word = (piece: Piece | undefined) => (piece?.kind === 'word' ? piece.value : '');
export const sign = (piece: Piece | undefined) => (piece?.kind === 'sign' ? piece.value : '');
export const identifier = (piece: Piece | undefined) =>
  piece?.kind === 'word' || piece?.kind === 'name' ? piece.value : undefined;

/** The pieces themselves, and those of every string in them, in strings as well: a list for each text. */
export function* deepPieces(pieces: readonly Piece[]): Generator<readonly Piece[]> {
  yield pieces;
  for (const piece of pieces) if (piece.kind === 'text') yield* deepPieces(piecesOf(piece.value));
}

/** What is executed, without comments and strings; a DO block is, with the strings that it may execute. */
export function codeOf(sql: string): string {
  return scriptStatements(sql)
    .map(({ start, end }) => {
      const pieces = piecesOf(sql.slice(start, end));
      const read = word(pieces[0]) === 'do' ? [...deepPieces(pieces)] : [pieces];
      return read.map(textOf).join(' ; ');
    })
    .join(' ; ');
}

const textOf = (pieces: readonly Piece[]) =>
  pieces
    .map(({ kind, value }) => (kind === 'text' ? "''" : kind === 'name' ? `"${value}"` : value))
    .join(' ');
