/** A function taken apart: its tokens, the pieces of SQL in it with their trees, and its statements. */
import { toBytes, toText } from './bytes.ts';
import { type DeadRange, deadRanges } from './dead-code.ts';
import { plPgSqlPieces } from './pl-pg-sql.ts';
import type { SqlFunction } from './sql-function.ts';
import type { Fields, SqlParser } from './sql-parser.ts';
import { templatePieces } from './template.ts';
import { type Token, tokensOf } from './tokens.ts';
import { nodesOf, type TreeNode } from './tree.ts';

/** SQL within a function that parses by itself. */
export interface Fragment {
  readonly nodes: readonly TreeNode[];
  readonly tokens: readonly Token[];
  /** The index of the token at which a node starts. */
  tokenAt(location: number): number;
  /** What the text is to the statement that it is in. */
  readonly role: Role;
}

export type Role = 'header' | 'statement' | 'expression' | 'condition';

/** A statement of PL/pgSQL that could be left out, without its semicolon. */
export interface Statement {
  readonly start: number;
  readonly end: number;
  /** What stands in its place. */
  readonly substitute: string;
}

export interface Source {
  readonly function: SqlFunction;
  /** The definition, a character a byte. */
  readonly text: string;
  readonly bodyStart: number;
  readonly bodyEnd: number;
  readonly fragments: readonly Fragment[];
  readonly statements: readonly Statement[];
  /** What is never executed. */
  readonly dead: readonly DeadRange[];
}

/** A piece of a body, to be parsed. */
export interface Piece {
  /** Where it starts in the body. */
  readonly start: number;
  readonly end: number;
  readonly role: Role;
  /** What the parser gets in place of the text, of the same length: a template with its gaps filled. */
  readonly filled?: string;
}

/** Throws where the body is in another language than SQL and PL/pgSQL, or does not parse. */
export function sourceOf(parser: SqlParser, of: SqlFunction): Source {
  const text = toBytes(of.definition);
  const { bodyStart, bodyEnd, headerEnd } = bodyOf(parser, text);
  const body = text.slice(bodyStart, bodyEnd);
  const { pieces, statements } =
    of.language === 'plpgsql'
      ? plPgSqlPieces(parser, of.definition, body)
      : { pieces: [{ start: 0, end: body.length, role: 'statement' } as Piece], statements: [] };

  const header = fragmentOf(parser, text, { start: 0, end: headerEnd, role: 'header' }, of.definition);
  const own = pieces.map((piece) => fragmentOf(parser, text, moved(piece, bodyStart)));
  const templates = own.flatMap((fragment) => templatePieces(parser, fragment));
  const fragments = [header, ...own, ...templates.map((piece) => fragmentOf(parser, text, piece))];
  return {
    function: of,
    text,
    bodyStart,
    bodyEnd,
    fragments,
    statements: statements.map((each) => moved(each, bodyStart)),
    dead: fragments.flatMap(deadRanges),
  };
}

const moved = <T extends { readonly start: number; readonly end: number }>(range: T, by: number): T => ({
  ...range,
  start: range.start + by,
  end: range.end + by,
});

/** The body is the last constant of the definition. */
function bodyOf(parser: SqlParser, text: string) {
  const token = parser.scan(toText(text)).findLast(({ tokenName }) => tokenName === 'SCONST');
  const quote = token && /^\$\w*\$/.exec(text.slice(token.start, token.end))?.[0];
  if (!token || !quote) throw new Error('its body is not between dollar quotes');
  return {
    headerEnd: token.start,
    bodyStart: token.start + quote.length,
    bodyEnd: token.end - quote.length,
  };
}

/** What the parser is to be given in front of a piece. */
const prefixes: Readonly<Record<Role, string>> = {
  header: '',
  statement: '',
  expression: 'SELECT ',
  condition: 'SELECT ',
};

/** `parsed` is what is parsed in place of the piece, which it starts with. */
function fragmentOf(parser: SqlParser, text: string, piece: Piece, parsed?: string): Fragment {
  const bytes = piece.filled ?? text.slice(piece.start, piece.end);
  const own = toText(bytes);
  const prefix = prefixes[piece.role];
  const tree: Fields = parser.parse(parsed ?? prefix + own);
  const tokens = tokensOf(bytes, parser.scan(own), piece.start);
  const indices = new Map(tokens.map(({ start }, index) => [start, index]));
  return {
    nodes: [...nodesOf(tree)],
    tokens,
    role: piece.role,
    tokenAt: (location) => indices.get(location - prefix.length + piece.start) ?? -1,
  };
}
