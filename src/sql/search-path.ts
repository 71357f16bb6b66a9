/** Where names without a schema are: what SQL sets the search path to, as far as it can be read. */
import { executedPieces, isFunction } from './executed.ts';
import { identifier, type Piece, sign, word } from './pieces.ts';

export interface SearchPath {
  /** In their order; none where it was not set. */
  readonly schemas: readonly string[];
  /** Those that it may have as well: a block or a function sets them, or a transaction that ends brings them back. */
  readonly others: ReadonlySet<string>;
  /** Whether there are no more than these. */
  readonly isKnown: boolean;
  /** All that it had so far. */
  readonly earlier: ReadonlySet<string>;
}

export const pathNotSet: SearchPath = { schemas: [], others: new Set(), isKnown: true, earlier: new Set() };

/**
 * After one more statement of a script. Each script begins without one: the session is reset in between. What is set for a role or for the
 * database is for sessions to come.
 */
export function pathAfter(pieces: readonly Piece[], before: SearchPath): SearchPath {
  const [first, second] = pieces.slice(0, 2).map(word);
  if (!notYet.has(first!)) {
    const last = (first === 'set' ? settingsIn(pieces) : settingsCalled(pieces)).at(-1);
    if (last !== undefined) return setTo(last, before);
  }
  if (first === 'reset' && (second === 'search_path' || second === 'all')) return setTo([], before);
  if (first === 'discard' && second === 'all') return setTo([], before);
  if (['commit', 'end', 'rollback', 'abort'].includes(first!)) {
    return { ...before, others: new Set([...before.others, ...before.earlier]) };
  }
  if (first === 'update' && pieces.some(({ value }) => value === 'pg_settings')) {
    return { ...before, isKnown: false };
  }
  if (first === 'alter') return before;
  // What a function sets, it sets when somebody calls it.
  return [...executedPieces(pieces)].slice(1).flatMap(settingsIn).reduce(adding, before);
}

/** In the body of a function that has its own. */
export function pathOfFunction(pieces: readonly Piece[], path: SearchPath): SearchPath {
  const own = isFunction(pieces) ? settingsIn(pieces).at(-1) : undefined;
  if (own === undefined) return path;
  return own === 'unknown' ? { ...path, isKnown: false } : { ...path, schemas: own };
}

type Setting = readonly string[] | 'unknown';

function setTo(setting: Setting, before: SearchPath): SearchPath {
  const earlier = new Set([...before.earlier, ...before.schemas]);
  if (setting === 'unknown') return { ...before, isKnown: false, earlier };
  return { ...before, schemas: setting, earlier };
}

const adding = (path: SearchPath, setting: Setting): SearchPath =>
  setting === 'unknown'
    ? { ...path, isKnown: false }
    : { ...path, others: new Set([...path.others, ...setting]) };

/** What these say of a path holds for a function, a role, a database or nobody; a block is looked into apart. */
const notYet: ReadonlySet<string> = new Set(['create', 'alter', 'comment', 'do', 'prepare']);

/** `set search_path to a, b`, `set schema 'a'`, and the call by which pg_dump does it. */
function settingsIn(pieces: readonly Piece[]): Setting[] {
  return pieces.flatMap((piece, at): Setting[] =>
    word(piece) === 'set' ? settingAt(pieces, at) : settingCalled(pieces, at),
  );
}

const settingsCalled = (pieces: readonly Piece[]) => pieces.flatMap((_, at) => settingCalled(pieces, at));

function settingCalled(pieces: readonly Piece[], at: number): Setting[] {
  if (identifier(pieces[at]) !== 'set_config' || sign(pieces[at + 1]) !== '(') return [];
  const [name, comma, value, behind] = pieces.slice(at + 2, at + 6);
  if (name?.kind !== 'text' || name.value.toLowerCase() !== 'search_path') return [];
  const isRead = sign(comma) === ',' && value?.kind === 'text' && sign(behind) === ',';
  return [isRead ? listOf(value.value) : 'unknown'];
}

function settingAt(pieces: readonly Piece[], set: number): Setting[] {
  const at = ['local', 'session'].includes(word(pieces[set + 1])) ? set + 2 : set + 1;
  const value = pieces[at + 1];
  if (word(pieces[at]) === 'schema' && value?.kind === 'text') return [[value.value]];
  if (identifier(pieces[at]) !== 'search_path') return [];
  if (word(value) === 'from') return [];
  const schemas: string[] = [];
  for (let next = at + 2; ; next += 2) {
    const piece = pieces[next];
    if (piece === undefined || piece.kind === 'sign') return ['unknown'];
    if (word(piece) === 'default') return [[]];
    if (piece.value !== '') schemas.push(piece.value);
    if (sign(pieces[next + 1]) !== ',') return [schemas];
  }
}

const listOf = (path: string) =>
  path
    .split(',')
    .map((each) => each.trim())
    .map((each) => (each.startsWith('"') ? each.replaceAll('"', '') : each.toLowerCase()))
    .filter((each) => each !== '');
