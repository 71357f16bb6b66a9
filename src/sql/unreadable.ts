/** Statements that may define more than can be read off them: they put together what they execute. */
import { type Definition, definedAt, isKind, modifiers, verbs } from './definitions.ts';
import { executedPieces, executedTexts } from './executed.ts';
import { type Piece, piecesOf, sign, word } from './pieces.ts';
import { scriptStatements } from './script-statements.ts';
import { pathAfter, pathNotSet, pathOfFunction, type SearchPath } from './search-path.ts';

/** What text begins with that defines nothing. */
const harmless: ReadonlySet<string> = new Set(
  'grant revoke select insert update delete comment notify truncate refresh copy analyze'.split(' '),
);

type IsMeant = (definition: Definition) => boolean;

/**
 * The statements of a script that may define what `isMeant` asks for, and of which nobody can say. Those are: text that is
 * executed and is no string as a whole; a definition in a string, in the body of a function too, that is meant or breaks
 * off; an event trigger; and a name without a schema where the search path may lead to what is meant, or cannot be read.
 */
export function unreadableIn(sql: string, isMeant: IsMeant): string[] {
  let path = pathNotSet;
  return scriptStatements(sql).flatMap(({ start, end }) => {
    const statement = sql.slice(start, end);
    const pieces = piecesOf(statement);
    const before = path;
    path = pathAfter(pieces, path);
    return isUnreadable(pieces, isMeant, before, pathOfFunction(pieces, path)) ? [statement] : [];
  });
}

/** `path` is that of its own name, `within` that of what it executes. */
function isUnreadable(
  pieces: readonly Piece[],
  isMeant: IsMeant,
  path: SearchPath,
  within: SearchPath,
): boolean {
  return (
    definitionsAt(pieces, 0).some((each) => mayBeMeant(each, isMeant, path)) ||
    definitionsExecuted(pieces).some((each) => mayBeMeant(each, isMeant, within)) ||
    isEventTrigger(pieces) ||
    isPutTogether(pieces)
  );
}

/** In the texts that a statement executes, or that what it makes will execute. */
export const definitionsExecuted = (pieces: readonly Piece[]): Definition[] =>
  textsOf(pieces).flatMap((text) => text.flatMap((_, at) => definitionsAt(text, at)));

/** Whether it executes what is not all there. */
export const isPutTogether = (pieces: readonly Piece[]): boolean =>
  [pieces, ...textsOf(pieces)].some((text, i) => hasOwnEscapes(text) || joinsVerb(text, i === 0)) ||
  textsOf(pieces).some((text) => breaksOff(text) || executesUnknown(text));

const textsOf = (pieces: readonly Piece[]) => [...executedPieces(pieces)].slice(1);

const definitionsAt = (pieces: readonly Piece[], at: number) =>
  verbs.has(word(pieces[at])) ? definedAt(pieces, at, '', undefined) : [];

/** By its schema, or by the search path where it has none. */
function mayBeMeant(definition: Definition, isMeant: IsMeant, path: SearchPath): boolean {
  const isIn = (schema: string) => isMeant({ ...definition, schema });
  if (definition.schema !== undefined || isMeant(definition)) return isMeant(definition);
  if (!path.isKnown || [...path.others].some(isIn)) return true;
  const isNew =
    definition.verb === 'create' && definition.attached === undefined && definition.kind !== 'index';
  // What is new is made in the first that is there, and `public` always is.
  const last = isNew ? path.schemas.indexOf('public') : -1;
  return path.schemas.slice(0, last < 0 ? undefined : last).some(isIn);
}

const isEventTrigger = (pieces: readonly Piece[]) =>
  verbs.has(word(pieces[0])) && word(pieces[1]) === 'event' && word(pieces[2]) === 'trigger';

/** `U&'...' uescape '!'`. */
export const hasOwnEscapes = (pieces: readonly Piece[]) => pieces.some((piece) => word(piece) === 'uescape');

/** `create trigger t on %I`, `create %s`, and `drop table` with the name to follow. */
const breaksOff = (pieces: readonly Piece[]) =>
  pieces.some((piece, at) => {
    if (!verbs.has(word(piece))) return false;
    let next = at + 1;
    while (modifiers.has(word(pieces[next]))) next++;
    if (sign(pieces[next]) === '%') return true;
    return isKind(word(pieces[next])) && definedAt(pieces, at, '', undefined).length === 0;
  });

/** `'create ' || kind`. */
const joinsVerb = (pieces: readonly Piece[], isStatement: boolean) =>
  [...executedTexts(pieces, isStatement)].some((text) => {
    if (sign(pieces[pieces.indexOf(text) + 1]) !== '|') return false;
    return verbs.has(word(piecesOf(text.value).findLast((each) => !modifiers.has(word(each)))));
  });

const notOfBlocks: ReadonlySet<string> = new Set(['function', 'procedure', 'on']);

/** Of a block: whether it executes what is neither a string as a whole nor begins with what is harmless. */
const executesUnknown = (pieces: readonly Piece[]) =>
  pieces.some((piece, at) => {
    if (word(piece) !== 'execute' || notOfBlocks.has(word(pieces[at + 1]))) return false;
    const end = pieces.findIndex((each, i) => i > at && (sign(each) === ';' || word(each) === 'loop'));
    const executed = pieces.slice(at + 1, end < 0 ? undefined : end);
    const [first, second] = executed;
    const isWhole = second === undefined || ['using', 'into'].includes(word(second));
    if (first?.kind === 'text' && isWhole) return false;
    const texts = executed.filter(({ kind }) => kind === 'text').map(({ value }) => piecesOf(value));
    return !isHarmless(executed) || texts.flat().some((each) => verbs.has(word(each)));
  });

/** Whether each statement of the text begins with what defines nothing. Behind a semicolon that may be put in as well. */
function isHarmless(executed: readonly Piece[]): boolean {
  const start = executed.findIndex((each) => !(word(each) === 'format' || sign(each) === '('));
  const template = executed[start];
  if (template?.kind !== 'text') return false;
  const isFormat = executed.slice(0, start).some((each) => word(each) === 'format');
  const texts = isFormat ? [template] : executed.slice(start);
  const statements: Piece[][] = [[]];
  for (const piece of texts.flatMap((each) => (each.kind === 'text' ? piecesOf(each.value) : [each]))) {
    if (sign(piece) === ';') statements.push([]);
    else if (sign(piece) !== '|' && sign(piece) !== ')') statements.at(-1)!.push(piece);
  }
  return statements.every(([first], i) => (first === undefined ? i > 0 : harmless.has(word(first))));
}
