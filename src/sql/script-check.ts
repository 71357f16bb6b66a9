/** What a script says that an installation does not do: it would be left out in silence, or undone. */
import { depthZero, piecesOf, word } from './pieces.ts';

/**
 * Why a statement of a script is not executed, and what to do. Undefined where it is. `isKept`: whether all that the script does is
 * to stay in the database.
 */
export function whyRefused(statement: string, isKept: boolean): string | undefined {
  if (statement.startsWith('\\')) {
    const [command] = /^\\\S*/.exec(statement)!;
    return `${command} is a command of psql, not SQL: remove it, or write in SQL what it does`;
  }
  if (!/^(copy|rollback|abort)\b/i.test(statement)) return undefined;
  const words = depthZero(piecesOf(statement)).map(word);
  const [first, ...rest] = words;
  if (first === 'copy') return whyNotCopied(words);
  // Back to a savepoint, it takes back what was tried: that is for the file to know.
  const undoesAll =
    (first === 'rollback' || first === 'abort') &&
    !/^((work|transaction) )?to\b|^prepared/.test(rest.join(' '));
  if (isKept && undoesAll) {
    return 'it undoes what the file has done before: remove it, and the statements that it undoes';
  }
  return undefined;
}

function whyNotCopied(words: readonly string[]): string | undefined {
  const at = words.findIndex((each) => each === 'from' || each === 'to');
  if (words[at + 1] === 'program') return 'a database here starts no program: insert the rows';
  if (words[at + 1] === 'stdin') {
    return 'COPY FROM STDIN takes rows that only psql sends: insert them, for example with pg_dump --inserts';
  }
  return words[at + 1] === 'stdout' ? 'COPY TO STDOUT sends rows that nobody reads: remove it' : undefined;
}

/** What pg_dump writes around a script for psql, and has no other meaning. */
export const isPassedOver = (statement: string): boolean => /^\\(un)?restrict\s+\w+\s*$/.test(statement);

/** Whether it ends the transaction that it stands in. */
export const endsTransaction = (statement: string): boolean =>
  /^(commit|end|rollback|abort)\b/i.test(statement);

/** Of a script that ends within a transaction: the statement that began it, by position; the last where none is seen. */
export function openedBy(statements: readonly string[]): number {
  const at = statements.findLastIndex((statement) => {
    const [first, ...rest] = piecesOf(statement).map(word);
    if (first === 'begin' || first === 'start') return true;
    return endsTransaction(statement) && rest.includes('chain') && !rest.includes('no');
  });
  return at < 0 ? statements.length - 1 : at;
}
