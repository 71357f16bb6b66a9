/** What a migration creates, alters and drops, and in which schema: read off its statements, not off its words. */
import { executedTexts } from './executed.ts';
import { afterParentheses, typesIn } from './parameter-types.ts';
import { identifier, type Piece, piecesOf, sign, word } from './pieces.ts';
import { scriptStatements } from './script-statements.ts';
import { pathAfter, pathNotSet } from './search-path.ts';

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
  /** Of a trigger, a rule and a policy: its own name. */
  readonly attached?: string | undefined;
  /** Of a function, where the statement has them: the types of its parameters, such as `text, integer`. */
  readonly parameters?: string;
  /** The whole statement. */
  readonly statement: string;
}

const named =
  'aggregate, domain, function, index, operator, procedure, routine, sequence, statistics, table, type, view';
const namedKinds: ReadonlySet<string> = new Set(named.split(', '));
/** These have names of their own in the schema of the table that they are on. */
const attachedKinds: ReadonlySet<string> = new Set(['trigger', 'rule', 'policy']);
/** What may stand between the verb and the kind. */
export const modifiers: ReadonlySet<string> = new Set(
  'or replace global local temp temporary unlogged foreign materialized recursive unique constraint'.split(
    ' ',
  ),
);
const callableKinds: ReadonlySet<string> = new Set(['function', 'procedure', 'routine', 'aggregate']);
export const verbs: ReadonlySet<string> = new Set(['create', 'alter', 'drop']);

/**
 * The definitions of a script in their order. Comments and strings are no code; only what a DO block says is looked
 * into, with its strings, since those are what it would execute. A name without a schema is in the first of the
 * search path that the script has set.
 */
export function definitionsIn(sql: string): Definition[] {
  let path = pathNotSet;
  return scriptStatements(sql).flatMap(({ start, end }) => {
    const statement = sql.slice(start, end);
    const pieces = piecesOf(statement);
    const [schema] = path.schemas;
    path = pathAfter(pieces, path);
    const first = word(pieces[0]);
    if (first === 'do') return definitionsWithin(pieces, statement, schema);
    return verbs.has(first) ? definedAt(pieces, 0, statement, schema) : [];
  });
}

/**
 * Those of a block, or of a statement that executes text. In a block a statement may follow THEN, ELSE or BEGIN, so each verb is
 * tried; strings that may be executed are looked into.
 */
export function definitionsWithin(
  pieces: readonly Piece[],
  statement: string,
  schema: string | undefined,
  isStatement = true,
): Definition[] {
  const texts = executedTexts(pieces, isStatement);
  return pieces.flatMap((piece, at) => {
    if (texts.has(piece)) return definitionsWithin(piecesOf(piece.value), statement, schema, false);
    return verbs.has(word(piece)) ? definedAt(pieces, at, statement, schema) : [];
  });
}

/** Those of the statement that begins at `at`: several for DROP; nothing where its name is not there. */
export function definedAt(
  pieces: readonly Piece[],
  at: number,
  statement: string,
  path: string | undefined,
): Definition[] {
  const verb = word(pieces[at]) as Definition['verb'];
  let next = at + 1;
  while (modifiers.has(word(pieces[next]))) next++;
  const said = new Set(pieces.slice(at + 1, next).map(word));
  const isTemporary = said.has('temp') || said.has('temporary');
  const kind = word(pieces[next]);
  if (kind === 'publication') return published(pieces.slice(at), verb, statement);
  if (!isKind(kind)) return [];
  next++;
  const attached = attachedKinds.has(kind) ? { attached: attachedName(pieces, next) } : {};
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
    const ofPath = isTemporary ? 'pg_temp' : path;
    const schema = kind === 'schema' ? first : second === undefined ? ofPath : first;
    const shown = said.has('materialized') ? `materialized ${kind}` : kind;
    const definition = { verb, kind: shown, schema, name: second ?? first, ...attached, statement };
    const open = next;
    // DROP takes several, functions among them with their parameters.
    if (sign(pieces[open]) === '(') next = afterParentheses(pieces, open);
    const isCalled = callableKinds.has(kind) && next > open;
    found.push(
      isCalled ? { ...definition, parameters: typesIn(pieces.slice(open + 1, next - 1)) } : definition,
    );
    more = verb === 'drop' && sign(pieces[next]) === ',';
    next++;
  }
  const to = verb === 'alter' ? changedTo(pieces, at) : undefined;
  // A schema is in itself.
  const changed = kind === 'schema' && to && 'name' in to ? { schema: to.name, name: to.name } : to;
  return changed === undefined ? found : found.flatMap((each) => [each, { ...each, ...changed }]);
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

export const isKind = (value: string) =>
  namedKinds.has(value) || attachedKinds.has(value) || value === 'schema';

const attachedName = (pieces: readonly Piece[], at: number) =>
  identifier(pieces[word(pieces[at]) === 'if' ? at + 2 : at]);

/** `alter ... set schema there` brings an object in, and `rename to` makes it what others may use by that name. */
function changedTo(pieces: readonly Piece[], at: number): { schema: string } | { name: string } | undefined {
  for (let i = at; i < pieces.length && sign(pieces[i]) !== ';'; i++) {
    const to = identifier(pieces[i + 2]);
    if (to === undefined) continue;
    if (word(pieces[i]) === 'set' && word(pieces[i + 1]) === 'schema') return { schema: to };
    const isOfWhole = word(pieces[i]) === 'rename' && word(pieces[i + 1]) === 'to';
    if (isOfWhole && !attachedKinds.has(word(pieces[at + 1]))) return { name: to };
  }
  return undefined;
}
