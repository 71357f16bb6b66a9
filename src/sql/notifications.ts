/** Notifications: they leave the database without a trace in it, so nobody compares them. */
import { deepPieces, type Piece, piecesOf, sign, word } from './pieces.ts';

/** A sentence for the heading where SQL sends some. */
export function notificationRemark(texts: readonly string[]): string[] {
  const isAny = texts.some((sql) => /notify/i.test(sql) && [...deepPieces(piecesOf(sql))].some(sendsAny));
  return isAny
    ? ['not compared: notifications (NOTIFY, pg_notify), which leave no trace in the database']
    : [];
}

const before: ReadonlySet<string> = new Set(['begin', 'then', 'else', 'loop']);

function sendsAny(pieces: readonly Piece[]): boolean {
  return pieces.some((piece, at) => {
    if (word(piece) === 'pg_notify') return sign(pieces[at + 1]) === '(';
    const last = pieces[at - 1];
    const isStatement = last === undefined || sign(last) === ';' || before.has(word(last));
    return word(piece) === 'notify' && isStatement;
  });
}
