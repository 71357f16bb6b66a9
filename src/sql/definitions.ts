/** What a migration creates, alters and drops, and in which schema: read off its statements, not off its words. */
import { identifier, type Piece, piecesOf, sign, word } from './pieces.ts';
import { scriptStatements } from './script-statements.ts';

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
  let path: string | undefined;
  return scriptStatements(sql).flatMap(({ start, end }) => {
    const statement = sql.slice(start, end);
    const pieces = piecesOf(statement);
    const first = word(pieces[0]);
    if (first === 'do') return definitionsWithin(pieces, statement, path);
    path = searchPathSet(pieces, path);
    return verbs.has(first) ? definedAt(pieces, 0, statement, path) : [];
  });
}

/** In a block a statement may follow THEN, ELSE or BEGIN, so each verb is tried; strings are looked into. */
export function definitionsWithin(
  pieces: readonly Piece[],
  statement: string,
  path: string | undefined,
): Definition[] {
  return pieces.flatMap((piece, at) => {
    if (piece.kind === 'text') return definitionsWithin(piecesOf(piece.value), statement, path);
    return verbs.has(word(piece)) ? definedAt(pieces, at, statement, path) : [];
  });
}

/** `set search_path to a, b`, and the call by which pg_dump does it. */
export function searchPathSet(pieces: readonly Piece[], before: string | undefined): string | undefined {
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

export const isKind = (value: string) =>
  namedKinds.has(value) || attachedKinds.has(value) || value === 'schema';

const attachedName = (pieces: readonly Piece[], at: number) =>
  identifier(pieces[word(pieces[at]) === 'if' ? at + 2 : at]);

const shortTypes: Readonly<Record<string, string>> = {
  ...{ int: 'integer', int4: 'integer', int8: 'bigint', int2: 'smallint', bool: 'boolean' },
  ...{ float8: 'double precision', float4: 'real', float: 'double precision', decimal: 'numeric' },
  ...{ varchar: 'character varying', timestamptz: 'timestamp with time zone', char: 'character' },
  ...{ 'timestamp without time zone': 'timestamp', timetz: 'time with time zone' },
};
/** Types of several words begin with one of these, so it is not the name of a parameter. */
const longTypes: ReadonlySet<string> = new Set(
  'double character char bit national timestamp time interval'.split(' '),
);

/** Of `in slug text default 'x', more int`: `text, integer`. What is only given back is none. */
function typesIn(pieces: readonly Piece[]): string {
  const parameters: Piece[][] = [[]];
  let depth = 0;
  for (const piece of pieces) {
    if ('(['.includes(sign(piece) || ' ')) depth++;
    if (')]'.includes(sign(piece) || ' ')) depth--;
    if (depth === 0 && sign(piece) === ',') parameters.push([]);
    else parameters.at(-1)!.push(piece);
  }
  return parameters.flatMap(typeOf).join(', ');
}

function typeOf(parameter: readonly Piece[]): string[] {
  const end = parameter.findIndex((piece) => word(piece) === 'default' || sign(piece) === '=');
  let rest = end < 0 ? parameter : parameter.slice(0, end);
  let mode = '';
  if (['in', 'out', 'inout', 'variadic'].includes(word(rest[0]))) {
    mode = word(rest[0]);
    rest = rest.slice(1);
  }
  if (rest.length === 0 || mode === 'out') return [];
  const isNamed = rest.length > 1 && identifier(rest[1]) !== undefined && !longTypes.has(word(rest[0]));
  if (isNamed) rest = rest.slice(1);
  if (sign(rest[1]) === '.' && ['pg_catalog', 'public'].includes(identifier(rest[0])!)) rest = rest.slice(2);
  const name = rest
    .filter((_, at) => !isLength(rest, at))
    .map(({ value }) => value)
    .join(' ')
    .replace(/ ([.[\]])/g, '$1')
    .replace(/\. /g, '.');
  const [, plain = name, array = ''] = /^(.*?)((?:\[\])*)$/.exec(name) ?? [];
  return [(shortTypes[plain] ?? plain) + array];
}

/** Whether a piece belongs to `(255)`, which a parameter's type has not. */
const isLength = (pieces: readonly Piece[], at: number) => {
  const open = pieces.findIndex((piece) => sign(piece) === '(');
  return open >= 0 && at >= open && at < afterParentheses(pieces, open);
};

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
