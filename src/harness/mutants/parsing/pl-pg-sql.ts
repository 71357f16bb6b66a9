/** The SQL in a body of PL/pgSQL, and its statements: the parser tells what they are and on which line, we where. */
import { toBytes, toText } from './bytes.ts';
import type { Piece, Role, Statement } from './source.ts';
import type { Fields, SqlParser } from './sql-parser.ts';
import { type Token, tokensOf } from './tokens.ts';
import { as, nodesOf, type TreeNode } from './tree.ts';

/** How the parser numbers what an expression is. */
const mode = { statement: 0, expression: 2, firstAssignment: 3 } as const;

export function plPgSqlPieces(
  parser: SqlParser,
  definition: string,
  body: string,
): { pieces: Piece[]; statements: Statement[] } {
  const tokens = tokensOf(body, parser.scan(toText(body)), 0);
  const place = new Places(body, tokens);
  const [root] = (parser.parsePlPgSql(definition).plpgsql_funcs ?? []) as Fields[];
  const { datums, action } = as('PLpgSQL_function', root)!;
  const pieces: Piece[] = [];
  const statements: Statement[] = [];

  // Variables are listed before the first statement, wherever they are declared.
  for (const node of nodesOf(datums)) {
    if (node.type !== 'PLpgSQL_expr' || node.field !== 'default_val') continue;
    place.goTo(lineOf(node));
    const piece = pieceOf(node, place);
    pieces.push(piece);
    statements.push({ ...fromTheSignBefore(tokens, piece), substitute: '' });
  }
  place.goTo(1);
  for (const node of nodesOf(action)) {
    const line = node.fields.lineno;
    if (typeof line === 'number') place.advanceTo(line);
    if (node.type === 'PLpgSQL_expr') {
      const piece = pieceOf(node, place);
      pieces.push(...partsOf(piece, node, tokens));
      if (isRemovable(node)) statements.push({ ...place.upToSemicolon(piece.start), substitute: 'NULL' });
    } else if (node.type === 'PLpgSQL_stmt_raise' || isBareReturn(node)) {
      const word = node.type === 'PLpgSQL_stmt_raise' ? 'raise' : 'return';
      statements.push({ ...place.statementOf(word), substitute: 'NULL' });
    }
  }
  return { pieces, statements };
}

/** The line of the statement that it is part of. */
function lineOf({ parent }: TreeNode): number {
  const line = parent?.fields.lineno;
  return typeof line === 'number' || parent === undefined ? Number(line ?? 1) : lineOf(parent);
}

const removable = new Set(['PLpgSQL_stmt_assign', 'PLpgSQL_stmt_perform', 'PLpgSQL_stmt_execsql']);
const isRemovable = ({ parent }: TreeNode) => removable.has(parent?.type ?? '');
/** The one that the parser puts behind the last statement is on no line. */
const isBareReturn = ({ type, fields }: TreeNode) =>
  type === 'PLpgSQL_stmt_return' && fields.lineno !== undefined && fields.expr === undefined;

const conditional = new Set([
  'PLpgSQL_stmt_if',
  'PLpgSQL_if_elsif',
  'PLpgSQL_stmt_while',
  'PLpgSQL_stmt_exit',
  'PLpgSQL_case_when',
]);

function pieceOf(node: TreeNode, place: Places): Piece {
  const { fields, parent, field } = node;
  const isPerform = parent?.type === 'PLpgSQL_stmt_perform';
  const { start, end } = place.find(toBytes(String(fields.query)), isPerform, lineOf(node));
  const isCondition = /^(cond|expr)$/.test(field) && conditional.has(parent?.type ?? '');
  const role: Role = fields.parseMode === mode.expression ? 'expression' : 'statement';
  if (isCondition) return { start, end, role: 'condition' };
  return isPerform ? { start, end, role, filled: place.asSelect(start, end) } : { start, end, role };
}

/** Of an assignment what is assigned; everything else whole. */
function partsOf(piece: Piece, { fields }: TreeNode, tokens: readonly Token[]): Piece[] {
  if (Number(fields.parseMode) < mode.firstAssignment) return [piece];
  const sign = tokens.find(
    ({ start, word }) => start >= piece.start && start < piece.end && (word === ':=' || word === '='),
  );
  return sign ? [{ start: sign.end, end: piece.end, role: 'expression' }] : [];
}

/** `:= 0` of a declaration. */
function fromTheSignBefore(tokens: readonly Token[], { start, end }: Piece) {
  const sign = tokens.findLast((token) => token.end <= start);
  return { start: sign?.start ?? start, end };
}

/** Finds the texts of the tree in the body, from statement to statement. */
class Places {
  readonly #body: string;
  readonly #tokens: readonly Token[];
  readonly #ends: ReadonlySet<number>;
  readonly #lines: readonly number[];
  #at = 0;

  constructor(body: string, tokens: readonly Token[]) {
    this.#body = body;
    this.#tokens = tokens;
    this.#ends = new Set(tokens.map(({ end }) => end));
    const lines = [0];
    for (let at = body.indexOf('\n'); at >= 0; at = body.indexOf('\n', at + 1)) lines.push(at + 1);
    this.#lines = lines;
  }

  goTo(line: number): void {
    this.#at = this.#lines[line - 1] ?? 0;
  }

  advanceTo(line: number): void {
    this.#at = Math.max(this.#at, this.#lines[line - 1] ?? 0);
  }

  /** The parser leaves blanks where INTO and its variables were, and writes SELECT for PERFORM. */
  find(query: string, isPerform: boolean, line: number): { start: number; end: number } {
    // A loop over a query is printed with the query behind the body.
    const found =
      this.#from(this.#at, query, isPerform) ?? this.#from(this.#lines[line - 1] ?? 0, query, isPerform);
    if (!found) throw new Error(`its body has no "${toText(query).slice(0, 60)}"`);
    this.#at = Math.max(this.#at, found.end);
    return found;
  }

  #from(at: number, query: string, isPerform: boolean): { start: number; end: number } | undefined {
    for (const { start } of this.#tokens) {
      if (start < at) continue;
      const isHere = isPerform
        ? /^perform/i.test(this.#body.slice(start, start + 7)) &&
          matches(this.#body, start + 7, query.slice('SELECT'.length))
        : matches(this.#body, start, query);
      if (!isHere) continue;
      const end = start + query.length + (isPerform ? 1 : 0);
      // Not where it is but the beginning of something longer.
      if (this.#ends.has(end) || query.endsWith(' ')) return { start, end };
    }
    return undefined;
  }

  asSelect(start: number, end: number): string {
    return ` SELECT${this.#body.slice(start + 7, end)}`;
  }

  /** From the next word of that kind up to its semicolon. */
  statementOf(word: string): { start: number; end: number } {
    return this.upToSemicolon(
      this.#tokens.find((token) => token.start >= this.#at && token.word === word)!.start,
    );
  }

  upToSemicolon(start: number): { start: number; end: number } {
    return { start, end: this.#tokens.find((token) => token.start > start && token.word === ';')!.start };
  }
}

function matches(body: string, at: number, query: string): boolean {
  for (let i = 0; i < query.length; i++) {
    if (query[i] !== body[at + i] && query[i] !== ' ') return false;
  }
  return true;
}
