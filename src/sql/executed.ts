/** Which strings in SQL may be executed: those of blocks and functions, and what calls are given. Messages and data are not. */
import { identifier, type Piece, piecesOf, sign, word } from './pieces.ts';
import { scriptStatements } from './script-statements.ts';

/** `isStatement` is false for what stands in a string: a body, with statements of its own. */
export function executedTexts(pieces: readonly Piece[], isStatement = true): ReadonlySet<Piece> {
  const parts = isStatement ? [pieces] : partsOf(pieces);
  const isBlock = !isStatement || word(pieces[0]) === 'do' || isFunction(pieces);
  const looked = parts.filter((part) => {
    const first = word(part[0]);
    if (first === 'comment') return false;
    if (isBlock && !ofData.has(first)) return true;
    return callsAny(part, first === 'raise' ? ofMessages : none);
  });
  return new Set(looked.flat().filter(({ kind }) => kind === 'text'));
}

/** The pieces themselves, and those of every string in them that may be executed: a list for each text. */
export function* executedPieces(
  pieces: readonly Piece[],
  isStatement = true,
): Generator<readonly Piece[], void> {
  yield pieces;
  for (const text of executedTexts(pieces, isStatement)) yield* executedPieces(piecesOf(text.value), false);
}

/** What is executed, without comments and strings; a DO block is, with the strings that it may execute. */
export function codeOf(sql: string): string {
  return scriptStatements(sql)
    .map(({ start, end }) => {
      const pieces = piecesOf(sql.slice(start, end));
      const read = word(pieces[0]) === 'do' ? [...executedPieces(pieces)] : [pieces];
      return read.map(codeAgain).join(' ; ');
    })
    .join(' ; ');
}

const codeAgain = (pieces: readonly Piece[]) =>
  pieces
    .map(({ kind, value }) => (kind === 'text' ? "''" : kind === 'name' ? `"${value}"` : value))
    .join(' ');

/** `create or replace function`, and of a procedure. */
export const isFunction = (pieces: readonly Piece[]): boolean => {
  const kind = word(pieces[1]) === 'or' ? pieces[3] : pieces[1];
  return word(pieces[0]) === 'create' && ['function', 'procedure'].includes(word(kind));
};

const separators: ReadonlySet<string> = new Set(['begin', 'then', 'else', 'loop']);

/** The statements of a body, without the words before them. */
export function partsOf(pieces: readonly Piece[]): Piece[][] {
  const parts: Piece[][] = [[]];
  for (const piece of pieces) {
    if (sign(piece) === ';' || separators.has(word(piece))) parts.push([]);
    else parts.at(-1)!.push(piece);
  }
  return parts;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const none = words('');
/** In a block these only keep or tell what stands in their strings, if they call nothing. */
const ofData = words('raise insert update delete merge');
/** What the texts of a message are put together with. */
const ofMessages = words(
  'format concat concat_ws quote_ident quote_literal quote_nullable left right replace',
);
/** Before parentheses these call nothing that executes a string. */
const notCalled = words(
  'values in any all some array exists not and or on where when then else case select from with as is like ' +
    'check default using key unique primary foreign references conflict enum range over filter within by between ' +
    'table list hash gin gist btree lateral returning distinct ' +
    'varchar char character varying bit numeric decimal float time timestamp interval geography geometry vector ' +
    'coalesce nullif greatest least cast extract row lower upper trim length count sum min max now nextval currval ' +
    'gen_random_uuid uuid_generate_v4 to_json to_jsonb json_build_object jsonb_build_object json_build_array ' +
    'jsonb_build_array jsonb_object array_agg unnest string_agg md5 clock_timestamp current_setting',
);
const ownSchemas = words('pg_catalog extensions');
/** A list of columns may follow the name behind these. */
const beforeNames = words('into table exists only references as with');

function callsAny(part: readonly Piece[], others: ReadonlySet<string>): boolean {
  return part.some((piece, at) => {
    const name = identifier(piece);
    if (name === undefined || sign(part[at + 1]) !== '(') return false;
    const isQualified = sign(part[at - 1]) === '.';
    const isOwn = !isQualified || ownSchemas.has(identifier(part[at - 2]) ?? '');
    if (isOwn && (notCalled.has(name) || others.has(name))) return false;
    return !beforeNames.has(word(part[isQualified ? at - 3 : at - 1]));
  });
}
