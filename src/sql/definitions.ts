/** What a migration creates, alters and drops, and in which schema: read off its statements, not off its words. */
import { scriptStatements, tokensOf } from './script-statements.ts';

/** One object that a statement defines. */
export interface Definition {
  readonly verb: 'create' | 'alter' | 'drop';
  /** `function`, `table`, `trigger`, ... */
  readonly kind: string;
  /**
   * Of a trigger, a rule, a policy and a new index: that of its table; of a publication, that of each table that the
   * statement names. Unknown where the search path decides.
   */
  readonly schema: string | undefined;
  /** Of the object, or of its table. */
  readonly name: string;
  /** The whole statement. */
  readonly statement: string;
}

/** A word in lower case, an identifier without its quotes, a sign, or the content of a string. */
interface Piece {
  readonly kind: 'word' | 'name' | 'text' | 'sign';
  readonly value: string;
}

const named =
  'aggregate, domain, function, index, operator, procedure, routine, sequence, statistics, table, type, view';
const namedKinds: ReadonlySet<string> = new Set(named.split(', '));
/** These have names of their own in the schema of the table that they are on. */
const attachedKinds: ReadonlySet<string> = new Set(['trigger', 'rule', 'policy']);
/** What may stand between the verb and the kind. */
const modifiers: ReadonlySet<string> = new Set(
  'or replace global local temp temporary unlogged foreign materialized recursive unique constraint'.split(
    ' ',
  ),
);
const verbs: ReadonlySet<string> = new Set(['create', 'alter', 'drop']);

/**
 * The definitions of a script in their order. Comments and strings are no code; only what a DO block says is looked
 * into, with its strings, since those are what it would execute. A name without a schema is in the first of the
 * search path that the script has set.
 */
export function definitionsIn(sql: string): Definition[] {
  let path: string | undefined;
  return scriptStatements(sql).flatMap(({ start, end }) => {
    const statement = sql.slice(start, end);
    const pieces = piecesOf(statement);
    const first = word(pieces[0]);
    if (first === 'do') return inBlock(pieces, statement, path);
    path = searchPathSet(pieces, path);
    return verbs.has(first) ? definedAt(pieces, 0, statement, path) : [];
  });
}

function piecesOf(sql: string): Piece[] {
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

const word = (piece: Piece | undefined) => (piece?.kind === 'word' ? piece.value : '');
const sign = (piece: Piece | undefined) => (piece?.kind === 'sign' ? piece.value : '');
const identifier = (piece: Piece | undefined) =>
  piece?.kind === 'word' || piece?.kind === 'name' ? piece.value : undefined;

/** In a block a statement may follow THEN, ELSE or BEGIN, so each verb is tried. */
function inBlock(pieces: readonly Piece[], statement: string, path: string | undefined): Definition[] {
  return pieces.flatMap((piece, at) => {
    if (piece.kind === 'text') return inBlock(piecesOf(piece.value), statement, path);
    return verbs.has(word(piece)) ? definedAt(pieces, at, statement, path) : [];
  });
}

/** `set search_path to a, b`, and the call by which pg_dump does it. */
function searchPathSet(pieces: readonly Piece[], before: string | undefined): string | undefined {
  const values = pieces.map(({ value }) => value);
  if (word(pieces[0]) === 'reset') return undefined;
  if (word(pieces[0]) === 'set') {
    const at = values.indexOf('search_path');
    return at > 0 && at < 3 ? firstSchema(pieces[at + 2]?.value) : before;
  }
  const call = values.indexOf('set_config');
  if (word(pieces[0]) !== 'select' || call < 0 || values[call + 2] !== 'search_path') return before;
  return firstSchema(values[call + 4]);
}

const firstSchema = (path = '') => path.split(',')[0]!.trim().replaceAll('"', '') || undefined;

function definedAt(
  pieces: readonly Piece[],
  at: number,
  statement: string,
  path: string | undefined,
): Definition[] {
  const verb = word(pieces[at]) as Definition['verb'];
  let next = at + 1;
  while (modifiers.has(word(pieces[next]))) next++;
  const kind = word(pieces[next]);
  if (kind === 'publication') return published(pieces.slice(at), verb, statement);
  if (!isKind(kind)) return [];
  next++;
  if (attachedKinds.has(kind) || (kind === 'index' && verb === 'create')) {
    const link = kind === 'rule' && verb === 'create' ? 'to' : 'on';
    while (next < pieces.length && word(pieces[next]) !== link) next++;
    next++;
  }
  const found: Definition[] = [];
  for (let more = true; more; ) {
    while (['if', 'not', 'exists', 'only', 'concurrently'].includes(word(pieces[next]))) next++;
    const first = identifier(pieces[next]);
    if (first === undefined) break;
    const isQualified = sign(pieces[next + 1]) === '.';
    const second = isQualified ? identifier(pieces[next + 2]) : undefined;
    next += isQualified ? 3 : 1;
    const schema = kind === 'schema' ? first : second === undefined ? path : first;
    found.push({ verb, kind, schema, name: second ?? first, statement });
    // DROP takes several, functions among them with their parameters.
    if (sign(pieces[next]) === '(') next = afterParentheses(pieces, next);
    more = verb === 'drop' && sign(pieces[next]) === ',';
    next++;
  }
  const moved = schemaMovedTo(pieces, at);
  return moved === undefined ? found : found.flatMap((each) => [each, { ...each, schema: moved }]);
}

/** A publication is in no schema, but a table in it has to have an identity for its rows to be changed. */
function published(from: readonly Piece[], verb: Definition['verb'], statement: string): Definition[] {
  const end = from.findIndex((piece) => sign(piece) === ';');
  const pieces = end < 0 ? from : from.slice(0, end);
  const schemas = pieces.flatMap((piece, at) => {
    const name = identifier(piece);
    const isSchema = sign(pieces[at + 1]) === '.' || word(pieces[at - 1]) === 'schema';
    return name !== undefined && isSchema ? [name] : [];
  });
  const name = identifier(pieces[2]) ?? '';
  return [...new Set(schemas)].map((schema) => ({ verb, kind: 'publication', schema, name, statement }));
}

const isKind = (value: string) => namedKinds.has(value) || attachedKinds.has(value) || value === 'schema';

function afterParentheses(pieces: readonly Piece[], open: number): number {
  let depth = 0;
  for (let at = open; at < pieces.length; at++) {
    if (sign(pieces[at]) === '(') depth++;
    if (sign(pieces[at]) === ')' && --depth === 0) return at + 1;
  }
  return pieces.length;
}

/** `alter ... set schema there` brings an object in. */
function schemaMovedTo(pieces: readonly Piece[], at: number): string | undefined {
  if (word(pieces[at]) !== 'alter') return undefined;
  const set = pieces.findIndex((_, i) => word(pieces[i]) === 'set' && word(pieces[i + 1]) === 'schema');
  return set < 0 ? undefined : identifier(pieces[set + 2]);
}
