/** Notifications: they leave the database without a trace in it, so nobody compares them. */
import { executedPieces } from './executed.ts';
import { identifier, type Piece, piecesOf, sign, word } from './pieces.ts';
import { scriptStatements } from './script-statements.ts';

/** A sentence for the heading where SQL sends some. */
export function notificationRemark(texts: readonly string[]): string[] {
  return texts.some((sql) => /notify/i.test(sql) && statementsOf(sql).some(sendsAny))
    ? ['not compared: notifications (NOTIFY, pg_notify), which leave no trace in the database']
    : [];
}

const statementsOf = (sql: string) => scriptStatements(sql).map(({ start, end }) => sql.slice(start, end));

const sendsAny = (statement: string) =>
  [...executedPieces(piecesOf(statement))].some((pieces) =>
    pieces.some((piece, at) =>
      identifier(piece) === 'pg_notify' ? sign(pieces[at + 1]) === '(' : isNotify(pieces, at),
    ),
  );

const wordsBefore: ReadonlySet<string> = new Set(['begin', 'then', 'else', 'loop', 'do', 'also', 'instead']);
const signsBefore: ReadonlySet<string> = new Set([';', '>']);
const noChannels: ReadonlySet<string> = new Set(['end', 'else', 'when']);

/** `notify channel`, as a statement, with nothing behind it but what it says. */
function isNotify(pieces: readonly Piece[], at: number): boolean {
  const [before, piece, channel, after] = [pieces[at - 1], ...pieces.slice(at, at + 3)];
  if (word(piece) !== 'notify') return false;
  const isFirst = before === undefined || signsBefore.has(sign(before)) || wordsBefore.has(word(before));
  // A rule may have several statements, in parentheses.
  const isOfRule = pieces.slice(1, 4).some((each) => word(each) === 'rule');
  const isStatement = isFirst || (isOfRule && sign(before) === '(');
  const isEnded = after === undefined || [',', ';', ...(isOfRule ? [')'] : [])].includes(sign(after));
  return isStatement && isEnded && identifier(channel) !== undefined && !noChannels.has(word(channel));
}
