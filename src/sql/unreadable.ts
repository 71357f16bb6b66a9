/** Statements that may define more than can be read off them: they put together what they execute. */
import { type Definition, definedAt, definitionsWithin, isKind, modifiers, verbs } from './definitions.ts';
import { deepPieces, type Piece, piecesOf, sign, word } from './pieces.ts';
import { scriptStatements } from './script-statements.ts';

/** What text begins with that defines nothing. */
const harmless: ReadonlySet<string> = new Set(
  'grant revoke select insert update delete comment notify truncate refresh copy analyze'.split(' '),
);

/**
 * The statements of a script that may define what `isMeant` asks for, and of which nobody can say. Those are: text that is
 * executed and is no string as a whole; a definition in a string, in the body of a function too, that is meant or breaks
 * off; an event trigger; and a name without a schema where `isPathUnknown`.
 */
export function unreadableIn(
  sql: string,
  isMeant: (definition: Definition) => boolean,
  isPathUnknown: boolean,
): string[] {
  const isPath = isPathUnknown || changesPath(sql);
  return statementsOf(sql).filter((statement) => {
    const pieces = piecesOf(statement);
    if (word(pieces[0]) === 'comment') return false;
    const isOpen = isPath || (/\bsearch_path\b/i.test(statement) && /\bpgflow\b/i.test(statement));
    const mayBeMeant = (each: Definition) => isMeant(each) || (each.schema === undefined && isOpen);
    return (
      definitionsWithin(pieces, statement, undefined).some(mayBeMeant) ||
      isEventTrigger(pieces) ||
      textsOf(pieces).some((text) => breaksOff(text) || executesUnknown(text))
    );
  });
}

/** Whether names without a schema may be in any schema after it. A setting of a function is for its own body. */
export const changesPath = (sql: string): boolean =>
  statementsOf(sql).some((statement) => {
    const [first, ...rest] = piecesOf(statement);
    const isOfFunction =
      word(first) === 'create' || (word(first) === 'alter' && word(rest[0]) === 'function');
    return !isOfFunction && [...deepPieces(rest)].flat().some(({ value }) => value === 'search_path');
  });

const statementsOf = (sql: string) => scriptStatements(sql).map(({ start, end }) => sql.slice(start, end));

const isEventTrigger = (pieces: readonly Piece[]) =>
  verbs.has(word(pieces[0])) && word(pieces[1]) === 'event' && word(pieces[2]) === 'trigger';

/** The strings in it, and those in them. */
const textsOf = (pieces: readonly Piece[]) => [...deepPieces(pieces)].slice(1);

/** `create trigger t on %I`, `create %s`, and `drop table` with the name to follow. */
const breaksOff = (pieces: readonly Piece[]) =>
  pieces.some((piece, at) => {
    if (!verbs.has(word(piece))) return false;
    let next = at + 1;
    while (modifiers.has(word(pieces[next]))) next++;
    if (sign(pieces[next]) === '%') return true;
    return isKind(word(pieces[next])) && definedAt(pieces, at, '', undefined).length === 0;
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
    const start = executed.findIndex((each) => !(word(each) === 'format' || sign(each) === '('));
    const isKnown = executed[start]?.kind === 'text' && harmless.has(word(texts[0]?.[0]));
    return !isKnown || texts.flat().some((each) => verbs.has(word(each)));
  });
