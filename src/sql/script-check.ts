/** What a script says that an installation does not do: it would be left out in silence, or undone. */
import { piecesOf, word } from './pieces.ts';

/**
 * Why a statement of a script is not executed, and what to do. Undefined where it is. `isKept`: whether all that the script does is
 * to stay in the database.
 */
export function whyRefused(statement: string, isKept: boolean): string | undefined {
  if (statement.startsWith('\\')) {
    const [command] = /^\\\S*/.exec(statement)!;
    return `${command} is a command of psql, not SQL: remove it, or write in SQL what it does`;
  }
  const first = /^[a-z]+/i.exec(statement)?.[0].toLowerCase();
  if (first === 'copy') return whyNotCopied(statement);
  if (isKept && (first === 'rollback' || first === 'abort')) {
    return 'it undoes what the file has done before: remove it, and the statements that it undoes';
  }
  return undefined;
}

function whyNotCopied(statement: string): string | undefined {
  const words = new Set(piecesOf(statement).map(word));
  if (words.has('program')) return 'a database here starts no program: insert the rows';
  if (words.has('stdin')) {
    return 'COPY FROM STDIN takes rows that only psql sends: insert them, for example with pg_dump --inserts';
  }
  return words.has('stdout') ? 'COPY TO STDOUT sends rows that nobody reads: remove it' : undefined;
}

/** What pg_dump writes around a script for psql, and has no other meaning. */
export const isPassedOver = (statement: string): boolean => /^\\(un)?restrict\s+\w+\s*$/.test(statement);

/** Of a script that ends within a transaction: the statement that began it, by position; -1 where none is seen. */
export function openedBy(statements: readonly string[]): number {
  return statements.findLastIndex((statement) => {
    const [first, ...rest] = piecesOf(statement).map(word);
    return first === 'begin' || first === 'start' || rest.includes('chain');
  });
}
